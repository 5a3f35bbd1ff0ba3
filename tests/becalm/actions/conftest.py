"""The desk and the stream that cases are tested with, and a carrier with a file for a platform."""

import json
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from sqlalchemy import select

from becalm.actions.carrying import carry_out
from becalm.actions.connectors import RecordedFile
from becalm.store import Action

_SPEC = spec_from_file_location("case_fixtures", Path(__file__).parents[1] / "cases" / "conftest.py")
assert _SPEC
assert _SPEC.loader
_cases = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_cases)

store, stream, policy, changed, strict, desk, fresh_stream = (
    _cases.store, _cases.stream, _cases.policy, _cases.changed, _cases.strict, _cases.desk, _cases.fresh_stream,
)  # fmt: skip
Desk = _cases.Desk

SHOWN, FREE = "shown", "free"
AFTER = {"hide": "hidden", "remove": "removed", "restore": SHOWN}


class Platform:
    """A file that stands for a platform: what was written, folded into how things stand there."""

    def __init__(self, path):
        self.path = path
        self.connector = RecordedFile(path)

    @property
    def lines(self):
        text = self.path.read_text("utf-8") if self.path.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    @property
    def kinds(self):
        return [line["kind"] for line in self.lines]

    @property
    def keys(self):
        return Counter(line["key"] for line in self.lines)

    def stands(self, comment):
        """How a comment stands after everything that was written."""
        state = SHOWN
        for line in self.lines:
            if (line["target_kind"], line["target"]) == ("comment", comment) and line["kind"] in AFTER:
                state = AFTER[line["kind"]]
        return state


@pytest.fixture
def platform(tmp_path):
    return Platform(tmp_path / "outbox" / "actions.jsonl")


@pytest.fixture
def carrier(platform):
    """Makes what carries out what is due at a desk's time, by the file or another connector."""

    def carrier(desk):
        def carry(connector=None, clock=None):
            way = connector or platform.connector
            return carry_out(desk.store, desk.policy, lambda _: way, clock or (lambda: desk.now))

        return carry

    return carrier


@pytest.fixture
def carry(desk, carrier):
    return carrier(desk)


@pytest.fixture
def desk_under(stream):
    """A desk with one case of spam under another policy."""

    def desk_under(policy):
        made = Desk(stream, policy)
        stream.say("cheap watches", by="spammer", name="spam", spam=0.9)
        made.open()
        made.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
        return made

    return desk_under


@pytest.fixture
def rows(store):
    def rows(**wanted):
        with store.reading() as session:
            return list(session.scalars(select(Action).filter_by(**wanted).order_by(Action.id)))

    return rows


@pytest.fixture(scope="session")
def told(changed):
    """The shipped policy with everything that its notices need."""
    links = "https://tea.example"
    about = (
        f"about_us: {{brand: Lantern Tea, policy_link: {links}/rules, support_link: {links}/help, "
        f"appeal_link: {links}/appeal, help_link: {links}/safe}}"
    )
    return changed(
        {"# about_us: {brand: , policy_link: , support_link: , appeal_link: , help_link: }": about,
         "    severity: 0.45\n": "    severity: 0.45\n    machine_may_act: true\n    machine_daily_limit: 9\n"},
        version="told",
    )  # fmt: skip


@pytest.fixture(scope="session")
def made_desk():
    return Desk


@pytest.fixture(scope="session")
def made_platform(tmp_path_factory):
    """Makes a new platform each time it is called."""
    return lambda: Platform(tmp_path_factory.mktemp("platform") / "actions.jsonl")
