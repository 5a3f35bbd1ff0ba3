"""Authors who contest what was decided about them."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.appeals.intake import Opened, appeal
from becalm.cases import give_strikes, rank_offenders, stream_time
from becalm.cases.deciding import Ruling, decide
from becalm.policy import Policy
from becalm.store import Appeal, Notice, Offender, stable_id

_SPEC = spec_from_file_location("case_fixtures", Path(__file__).parents[1] / "cases" / "conftest.py")
assert _SPEC
assert _SPEC.loader
_cases = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_cases)

store, stream, policy, changed, strict, fresh_stream = (
    _cases.store, _cases.stream, _cases.policy, _cases.changed, _cases.strict, _cases.fresh_stream,
)  # fmt: skip


class Court(_cases.Desk):  # type: ignore[misc, name-defined]
    """A desk whose decisions can be contested."""

    def decide(self, name: str, action: str = "hide", outcome: str = "upheld", by: str = "moderator-1", **said: Any):
        """The id of the decision on the case of that name."""
        ruling = Ruling(action, outcome, **said)
        return self.do(decide, self.ids.get(name, name), by, ruling=ruling).decision.id

    def appeal(self, decision: str, by: str = "rudi", text: str = "I was quoting", **more: Any) -> Opened:
        said = {"platform": "youtube", "author_id": by, "decision": decision, "text": text, **more}
        with self.store.writing() as session:
            return appeal(session, self.policy, self.now, **said)

    def answer(self, case_id: str, action: str, by: str = "moderator-2", note: str = "It quotes a song."):
        return self.do(decide, case_id, by, ruling=Ruling(action, note=note))

    def appeal_of(self, case_id: str) -> Appeal:
        with self.store.reading() as session:
            return session.get_one(Appeal, case_id)

    def told(self, by: str = "rudi") -> list[str]:
        with self.store.reading() as session:
            which = (Notice.recipient == f"youtube:{by}", Notice.audience == "appellant", Notice.state != "cancelled")
            return list(session.scalars(select(Notice.action).where(*which).order_by(Notice.owed_at, Notice.id)))

    def strikes(self, by: str = "rudi") -> float:
        """What the accounts stage makes of them now."""
        with self.store.writing() as session:
            give_strikes(session, self.policy)
            rank_offenders(session, self.policy, stream_time(session))
            account = stable_id("youtube", by)
            return session.scalar(select(Offender.strikes).where(Offender.account_id == account)) or 0.0


@pytest.fixture
def court(stream: Any, policy: Policy) -> Court:
    """`rude` and `spam` are cases about one author each, and `tea` is a campaign by three."""
    court = Court(stream, policy)
    stream.say("you fools", by="rudi", name="rude", abuse=0.9)
    stream.say("cheap watches", by="spammer", name="spam", spam=0.9)
    texts = ["buy tea", "buy teas", "buy the tea"]
    for number, text in enumerate(texts):
        stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    stream.regroup(tea=("campaign", texts))
    court.open()
    court.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
    return court
