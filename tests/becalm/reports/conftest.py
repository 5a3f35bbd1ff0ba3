"""Users who report what is in a store, and the desk where that is decided."""

from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from becalm.cases.deciding import Ruling, decide
from becalm.policy import Policy
from becalm.reports.intake import Received, report
from becalm.reports.intake import reporter_id as id_of
from becalm.store import Action, Case, Comment, Notice, Report
from becalm.store.upsert import add

_SPEC = spec_from_file_location("case_fixtures", Path(__file__).parents[1] / "cases" / "conftest.py")
assert _SPEC
assert _SPEC.loader
_cases = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_cases)

store, stream, policy, changed, strict, fresh_stream, run = (
    _cases.store, _cases.stream, _cases.policy, _cases.changed, _cases.strict, _cases.fresh_stream, _cases.run,
)  # fmt: skip


class Hotline(_cases.Desk):  # type: ignore[misc, name-defined]
    """A desk that users can report to."""

    def report(
        self, name: str, by: str = "zoe", reason: str = "abuse", at: datetime | None = None, **more: str
    ) -> Received:
        said: dict[str, Any] = {"platform": "youtube", "comment_id": name, "reporter": by, "reason": reason, **more}
        with self.store.writing() as session:
            return report(session, self.policy, self.now, **said, reported_at=at or self.now)

    def decide(self, case_id: str, action: str = "hide", outcome: str = "upheld", by: str = "moderator-1", **said: Any):
        return self.do(decide, case_id, by, ruling=Ruling(action, outcome, **said))

    def reports(self) -> dict[tuple[str, str], Report]:
        """By the comment's name and the reporter's key."""
        with self.store.reading() as session:
            rows = session.execute(select(Report)).scalars().all()
            keys = {id_of("youtube", key): key for key in map(str, self.keys)}
            return {(one.comment_name, keys.get(one.reporter_id, "?")): one for one in rows}

    keys = ("zoe", "yan", "xia", *(f"r{number}" for number in range(40)))

    def told(self, by: str) -> list[str]:
        """The actions of the notices that somebody is owed, in the order they were noted."""
        with self.store.reading() as session:
            statement = select(Notice.action).where(Notice.recipient == f"youtube:{by}", Notice.state != "cancelled")
            return list(session.scalars(statement.order_by(Notice.owed_at, Notice.id)))

    def send(self) -> None:
        """Whatever waits to be told is sent."""
        with self.store.writing() as session:
            which = select(Notice.id, Notice.case_id).where(Notice.state == "waiting")
            waiting = dict(session.execute(which).all())
            add(session, Action, [
                {"key": each, "case_id": case_id, "decision_id": None, "kind": "message", "level": 0,
                 "platform": "youtube", "target_kind": "address", "target": each, "notice_id": each, "detail": {},
                 "state": "done", "attempts": 1, "misses": 0, "attempts_at_most": 8, "planned_at": self.now,
                 "next_at": self.now, "done_at": self.now}
                for each, case_id in waiting.items()
            ])  # fmt: skip
            session.execute(update(Notice).where(Notice.id.in_(waiting)).values(state="ready"))

    def reasons(self, case_id: str) -> list[str]:
        with self.store.reading() as session:
            return [each["text"] for each in session.scalars(select(Case.reasons).where(Case.id == case_id)).one()]

    def track(self, by: str, upheld: int, dismissed: int) -> None:
        """A reporter with a past: one comment reported and decided for each."""
        with self.store.reading() as session:
            known = len(session.scalars(select(Comment.id)).all())
        for number in range(upheld + dismissed):
            name = f"past{known}-{number}"
            self.stream.say(f"said {name}", by=f"w{name}", name=name)
            case_id = self.report(name, by, at=self.now - timedelta(days=1)).case_id
            assert case_id
            self.decide(case_id, *(("hide", "upheld") if number < upheld else ("none", "dismissed")), rule="abuse")


@pytest.fixture
def hotline(stream: Any, policy: Policy) -> Hotline:
    """`rude` is a case by its rule, `quiet` is in none, and `angry` is a customer who waits for help."""
    desk = Hotline(stream, policy)
    stream.say("you fools", by="rudi", name="rude", abuse=0.9)
    stream.say("hmm", by="quill", name="quiet")
    stream.say("it broke", by="ann", name="angry", complaint=0.9)
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
    return desk
