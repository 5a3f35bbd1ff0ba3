import pytest

from becalm.signals.addresses import find_addresses


@pytest.mark.parametrize(
    "text",
    [
        "she lives at 14 Maple Street",
        "my address is 221b Old Mill Road",
        "send it to 9 Harbour View Lane, Springtown 90210",
        "her place is at 14 Maple Street",
        "visit him, 14 Maple Street",
        "er wohnt Ahornstraße 12",
        "vive en calle del Olmo 27",
    ],
)
def test_where_somebody_lives_is_found(text):
    assert len(list(find_addresses(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["the shop on 5 Long Street is nice", "a 2 hour drive", "3 miles down the road", "I live 5 minutes away", "lane 4"],
)
def test_a_street_alone_is_nobodys_address(text):
    assert list(find_addresses(text)) == []
