import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.phone_numbers import find_phones


@pytest.mark.parametrize(
    "text",
    [
        "call me +44 7700 900123",
        "0049 30 1234567 is mine",
        "(202) 555-0143",
        "202-555-0143!",
        "1-202-555-0143",
        "whatsapp 7700900123",
        "tel: 5550143",
        "meine Handy Nummer 0171 5550143",
        "llámame al 612 345 678",
        "(604) 555-0143",
        "Telefone:(21)3657-0143",
        "06 12 34 56 78",
        "98765 43210",
        "+91 98765 43210",
        "tel:5550143",
    ],
)
def test_a_phone_number_is_found(text):
    (found,) = find_phones(text)
    assert found.kind == "phone number"


@pytest.mark.parametrize(
    "text",
    [
        "142,460",
        "142.460.000 views",
        "1 000 000 people",
        "2013-11-07 12:37:15",
        "07.11.2013",
        "2013-2014",
        "order number 12345678",
        "order 555-014-3321 never came",
        "call of 1000000",
        "text 1234567 people",
        "https://video.example.com/watch/20255501430",
        "20255501430",
        "$2025550143",
        "abc-202-555-0143",
        "192.168.100.200",
        "3.14159265358",
        "flight 1181 at 10:45",
        "ISBN 9781234567897",
        "12345",
        "10:45 12345678",
        "800 000 000 000 000",
        "+999 123 456 789",
    ],
)
def test_dates_amounts_and_order_numbers_are_no_phones(text):
    assert list(find_phones(text)) == []


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_masked_phone_shows_its_last_two_digits_only(digits):
    (found,) = find_phones(f"my phone: +1{digits}")
    assert found.masked == f"•••• {digits[-2:]}"
