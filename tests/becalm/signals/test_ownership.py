"""Whose private data it is."""

import pytest

from becalm.signals.private_data import find_private_data

PHONE = "+44 7911 123456"

OWN = [
    f"my number is {PHONE}",
    f"call me on {PHONE}",
    f"Please text me: {PHONE}",
    f"she never answered, so here is my new number {PHONE}",
    f"{PHONE} is my number",
    f"{PHONE} that's my number",
    "I paid with card 4111 1111 1111 1111 and nothing came",
    "I live at 14 Maple Street",
    "we live at 14 Maple Street",
    "you can email me, jane.doe@example.org",
    "my card 4111 1111 1111 1111 was charged twice",
    "my IBAN is DE89 3704 0044 0532 0130 00",
    f"meine Nummer ist {PHONE}",
    f"mi número es {PHONE}",
    f"mon numéro est le {PHONE}",
    "ich wohne Ahornstraße 12",
    "my ssn is 536-90-4399",
]
OF_OTHERS = [
    f"her number is {PHONE}",
    f"his phone: {PHONE}",
    f"your number is {PHONE}",
    f"call him on {PHONE}",
    f"call her, {PHONE}",
    f"my ex's number is {PHONE}",
    f"my old boss's number is {PHONE}",
    f"my idol's number is {PHONE}",
    f"our neighbour's phone {PHONE}",
    f"Jane's number is {PHONE}",
    f"Jane Doe: {PHONE}",
    f"text Jane on {PHONE}",
    f"Mrs Miller, {PHONE}",
    f"my number is nobody's business but her number is {PHONE}",
    f"{PHONE} is her number",
    "she lives at 14 Maple Street",
    "you live at 14 Maple Street",
    "Jane lives at 14 Maple Street",
    "the man who was so rude lives at 14 Maple Street",
    "my boss lives at 14 Maple Street",
    "he lives at 14 Maple Street",
    "sie wohnt Ahornstraße 12",
    "su número es " + PHONE,
    "mail him: jane.doe@example.org",
    "Jane Doe SSN 536-90-4399",
    "their card is 4111 1111 1111 1111",
]
UNCLEAR = [PHONE, f"hi {PHONE}", "jane.doe@example.org", f"Call Now {PHONE}", f"Hello There {PHONE}"]


def whose(text):
    (found,) = find_private_data(text)
    return found["whose"]


@pytest.mark.parametrize("text", OWN)
def test_ones_own(text):
    assert whose(text) == "own"


@pytest.mark.parametrize("text", OF_OTHERS)
def test_somebody_elses(text):
    assert whose(text) == "another's"


@pytest.mark.parametrize("text", UNCLEAR)
def test_nothing_beside_it_tells(text):
    assert whose(text) == "unclear"


def test_each_has_its_own():
    found = find_private_data(f"my number is {PHONE}, her number is +44 7911 123457")
    assert [data["whose"] for data in found] == ["own", "another's"]


def test_the_reason_says_whose_it_is(score):
    reasons = score(f"her number is {PHONE}").reasons
    assert [reason.text for reason in reasons if reason.signal == "private_data"] == [
        "shows private data (phone number, somebody else's): •••• 56"
    ]
