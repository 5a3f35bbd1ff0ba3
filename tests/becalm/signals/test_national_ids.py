"""Numbers that states give to people."""

import pytest

from becalm.signals.national_ids import find_national_ids

# Made up or taken from the documentation of the authorities; each passes its check digits.
BY_SHAPE = [
    "536-90-4399", "529.982.247-25", "756.9217.0769.85", "85.07.30-033.28", "2 95 10 99 126 111 93", "RCCMNL83S18D969H",
    "BOXW310820HNERXN09", "131052-308T", "360426199101010071", "971013-9019902",
]  # fmt: skip
BY_WORD = [
    "social security number 536904399", "SIN 123-456-782", "my NI number is AB 12 34 56 C", "NHS 943-476-5870",
    "DNI 12345678Z", "nie X1234567L", "Steuer-ID 36 574 261 809", "cpf 52998224725", "BSN 111222333",
    "PESEL: 44051401359", "personnummer 880320-0016", "cpr 211062-5629", "fødselsnummer 151086 95088",
    "TC kimlik no 17291716060", "aadhaar 2341 2341 2346", "PAN ACUPA7085R", "tfn 123 456 782", "id 7503305044089",
]  # fmt: skip


@pytest.mark.parametrize("number", BY_SHAPE)
def test_some_are_known_by_their_shape(number):
    (found,) = find_national_ids(f"look: {number}, ok")
    assert (found.kind, found.start, found.end) == ("national id", 6, 6 + len(number))
    assert found.masked == f"•••• {number[-2:]}"


@pytest.mark.parametrize("text", BY_WORD)
def test_others_by_the_word_for_them(text):
    (found,) = find_national_ids(f"so {text} it is")
    assert found.kind == "national id"


@pytest.mark.parametrize("text", BY_WORD)
def test_without_the_word_they_are_just_numbers(text):
    number = text[min(place for place, each in enumerate(text) if each.isdigit()) :]
    assert list(find_national_ids(f"so {number} it is")) == []


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456", "529.982.247-26", "756.9217.0769.86", "RCCMNL83S18D969A", "131052-308U", "cpf 52998224726",
        "DNI 12345678A", "PESEL 44051401358", "part 536-90-4399", "order 536-90-4399",
    ],
)  # fmt: skip
def test_a_wrong_check_digit_or_another_number_is_none(text):
    assert list(find_national_ids(text)) == []
