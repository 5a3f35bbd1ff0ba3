import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.payment_data import find_cards, find_ibans

CARDS = ["4111111111111111", "5500 0000 0000 0004", "3400-0000-0000-009", "6011 0000 0000 0004"]
IBANS = ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "es91 2100 0418 4502 0005 1332"]


@pytest.mark.parametrize("number", CARDS)
def test_a_card_number_is_found_by_its_check_digit(number):
    (found,) = find_cards(f"my card is {number}, thanks")
    assert (found.kind, found.start, found.end) == ("payment card", 11, 11 + len(number))
    assert number not in found.masked


@pytest.mark.parametrize("number", ["4111111111111112", "1234 5678 9012 3456", "0000000000000000", "411111111111111"])
def test_a_number_with_a_wrong_check_digit_or_length_is_no_card(number):
    assert list(find_cards(number)) == []


@pytest.mark.parametrize("iban", IBANS)
def test_an_account_is_found_by_its_checksum(iban):
    (found,) = find_ibans(f"pay to {iban} please")
    assert found.kind == "bank account"
    assert found.masked == f"{iban[:2].upper()}•••• {iban[-2:]}"


@pytest.mark.parametrize(
    "text", ["DE89 3704 0044 0532 0130 01", "XX89370400440532013000", "at20 people came to the show", "IBAN"]
)
def test_a_wrong_checksum_or_country_is_no_account(text):
    assert list(find_ibans(text)) == []


@pytest.mark.parametrize("iban", IBANS)
def test_words_after_an_account_are_no_part_of_it(iban):
    (found,) = find_ibans(f"pay to {iban} please send it now 2026")
    assert (found.start, found.end) == (7, 7 + len(iban))


@given(st.text("0123456789", min_size=15, max_size=15))
def test_of_ten_card_numbers_that_differ_in_the_last_digit_one_is_found(digits):
    assert sum(bool(list(find_cards(f"4{digits[1:]}{last}"))) for last in "0123456789") == 1


@given(st.text("0123456789", min_size=18, max_size=18))
def test_changing_a_digit_of_an_account_hides_it(digits):
    right = [one for number in range(2, 99) if list(find_ibans(one := f"DE{number:02}{digits}"))]
    assert len(right) == 1
    changed = str(9 - int(right[0][4])) + digits[1:]
    assert list(find_ibans(right[0][:4] + changed)) == []
