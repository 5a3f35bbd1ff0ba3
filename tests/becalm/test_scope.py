import pytest

from becalm.scope import EVERYWHERE, Scope


@pytest.mark.parametrize(
    ("channels", "heard"),
    [
        ((), True),
        (("lantern-tea",), True),
        (("clipshare/lantern-tea",), True),
        (("clipshare/*",), True),
        (("other", "clipshare/*"), True),
        (("lantern",), False),
        (("clipshare",), False),
        (("photos/lantern-tea",), False),
        (("photos/*",), False),
    ],
)
def test_a_list_listens_on_its_channels_only(channels, heard):
    assert Scope(channels=channels).covers("clipshare", "lantern-tea", "en") is heard


@pytest.mark.parametrize(
    ("languages", "language", "heard"),
    [
        ((), "de", True),
        (("de",), "de", True),
        (("de",), "de-AT", True),
        (("de-AT",), "DE", True),
        (("de",), "de_CH", True),
        (("de",), "en", False),
        (("de",), "den", False),
        (("de",), None, True),
        (("de",), "", True),
    ],
)
def test_a_list_hears_its_languages_and_those_that_nobody_told(languages, language, heard):
    assert Scope(languages=languages).covers("clipshare", "lantern-tea", language) is heard


def test_a_list_without_scope_listens_everywhere():
    assert EVERYWHERE.covers("", "", None)
