"""Which decision on a case is in force, told from the log alone."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Decision
from .record import Decided

COLUMNS = tuple(getattr(Decision, field.name) for field in fields(Decided))


@dataclass(frozen=True, slots=True)
class Force:
    """`in_force` is what holds (a reversal says that nothing is done any more), `pending` waits for a second person,
    `last` is the newest entry that was not undone."""

    in_force: Decided | None = None
    pending: Decided | None = None
    last: Decided | None = None

    @property
    def state(self) -> str:
        """The state of the case."""
        return "held" if self.pending else "decided" if self.in_force else "open"


def decisions_of(session: Session, *case_ids: str) -> list[Decided]:
    """Everything in the log about these cases, in order."""
    statement = select(*COLUMNS).where(Decision.case_id.in_(case_ids)).order_by(Decision.seq)
    return [Decided(*row) for row in session.execute(statement)]


def force_of(decisions: Sequence[Decided]) -> Force:
    """What the log of one case comes to. A newer decision or proposal ends what was pending."""
    undone = {each.overrides for each in decisions if each.kind == "undo"}
    force = Force()
    proposed: dict[str | None, Decided] = {}
    for each in decisions:
        if each.kind == "undo" or (each.id and each.id in undone):
            continue
        if each.kind == "proposal":
            proposed[each.id] = each
            force = Force(force.in_force, each, each)
        elif each.kind == "approval":
            force = Force(proposed[each.answers], None, each)
        elif each.kind == "refusal":
            force = Force(force.in_force, None, each)
        else:
            force = Force(each, None, each)
    return force
