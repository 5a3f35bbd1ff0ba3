"""Of private data that a campaign carries, only the masked form is shown."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from becalm import cli
from becalm.campaigns.published import masked_markers
from becalm.store import Signals, stable_id

NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
PHONE, MAIL, TAX_CODE = "+44 7911 123456", "jane.q.doe@example.org", "RSSMRA85T10A562S"
MARKERS = [
    {"kind": "phone", "value": "447911123456", "texts": 2},
    {"kind": "e-mail", "value": MAIL, "texts": 2},
    {"kind": "chat", "value": "447911123456", "texts": 1},
    {"kind": "word", "value": "7911", "texts": 1},
]
# Normalising takes the code's digits for letters.
UNDONE = "my tax code is rssmra8stioas62s so call me for your cups"


@pytest.fixture
def carrying(pushes, home):
    """A home with a campaign whose wordings are full of private data."""
    raw = f"Call me on {PHONE} or write to {MAIL} for your kettle"
    pushes.campaign("c1", [raw.lower(), raw.lower().replace("kettle", "teapot"), UNDONE], markers=MARKERS)
    hidden = pushes.comment(UNDONE, NEWEST, raw=f"My tax code is {TAX_CODE} so call me for your cups")
    with pushes.save().writing() as session:
        session.add(
            Signals(
                comment_id=stable_id("clipshare", hidden), scored_text_id=stable_id(UNDONE), scorer="", spam=0, abuse=0,
                off_topic=0, complaint=0, praise=0, sentiment=0, keywords=[], reasons=[],
                private_data=[{"kind": "national id", "start": 15, "masked": "•••• 2S", "whose": "own"}],
            )
        )  # fmt: skip
    return home


@pytest.mark.parametrize("options", [[], ["--json"], ["c1"], ["c1", "--json"]])
def test_no_way_to_look_at_a_campaign_shows_private_data(carrying, options):
    done = CliRunner().invoke(cli.becalm, ["campaigns", "--home", str(carrying), *options])
    assert done.exit_code == 0
    shown = " ".join(done.stdout.lower().split())
    assert "call me on •••• 56" in shown
    private = (PHONE, "jane", TAX_CODE.lower(), "8stioas62s", "447911", "7911")
    assert [value for value in private if value in shown] == []


def test_wordings_that_differ_in_private_data_only_are_one_once_it_is_masked(pushes, home):
    pushes.campaign("c1", [f"call me on +44 7911 1234{number}6 for your kettle" for number in range(5)])
    pushes.save()
    done = CliRunner().invoke(cli.becalm, ["campaigns", "--home", str(home), "c1", "--json"])
    (group,) = json.loads(done.stdout)["groups"]
    assert (group["wordings"], group["comments"], group["compared_comments"]) == (5, 5, 5)
    assert "".join(part for part in group["parts"] if isinstance(part, str)).startswith("call me on ••••")


def test_markers_that_are_no_numbers_are_shown_whole():
    markers = [
        {"kind": "chat", "value": "golden_lantern24", "texts": 1},
        {"kind": "domain", "value": "a1234567.example", "texts": 1},
    ]
    assert masked_markers(markers) == markers
