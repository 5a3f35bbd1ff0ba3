"""Statements of reasons made and checked: what is good may leave the house, the rest is held back."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from becalm.policy import Policy, load_policy
from becalm.settings import Settings
from becalm.statements.checking import note_checks
from becalm.statements.making import Made, make_statements
from becalm.store import Store
from expectations.run import Quality
from expectations.statement_rows import statements_to_check
from expectations.statements import check_statements


@dataclass(frozen=True, slots=True)
class Stated:
    """What was made, and what the suite said; `quality` is None where nothing waited to be checked."""

    made: Made
    quality: Quality | None

    @property
    def held_back(self) -> int:
        return self.quality.bad_rows if self.quality else 0


def state_reasons(settings: Settings) -> Stated:
    """Every decision that restricts has its statement, and each was checked; a bad one stops no other."""
    policy = load_policy(settings.policy)
    with Store.open(settings.store_url) as store, store.writing() as session:
        return make_and_check(session, policy, datetime.now(UTC))


def make_and_check(session: Session, policy: Policy, now: datetime) -> Stated:
    """The same within a transaction."""
    made = make_statements(session, policy, now)
    rows = statements_to_check(session)
    if not rows:
        return Stated(made, None)
    quality = check_statements(rows)
    note_checks(session, {
        row.puid: [failure.as_dict() for failure in quality.bad.get(index, ())] for index, row in enumerate(rows)
    })  # fmt: skip
    return Stated(made, quality)
