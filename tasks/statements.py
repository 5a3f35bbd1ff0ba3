"""Statements of reasons of what was decided, and the file of those that are good."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.cases.measures import measures_version
from becalm.files import write_json_lines
from becalm.policy import Policy, load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.statements.export import good_statements
from becalm.store import Decision, Store
from becalm.store.marks import is_made_from, mark_made_from
from tasks.checks import keep_quality
from tasks.stage import stage
from tasks.stated import make_and_check

STAGE = "statements"


@stage(STAGE, timeout_seconds=1800)
def publish_statements(settings: Settings) -> Counts:
    """One line a statement in `statements.jsonl`; what fails a check is held back and stops nothing."""
    policy, path = load_policy(settings.policy), settings.published / "statements.jsonl"
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = _inputs(session, policy)
        if is_made_from(session, STAGE, inputs) and path.exists():
            return {"statements made": 0}
        stated = make_and_check(session, policy, datetime.now(UTC))
        if stated.quality:
            keep_quality(settings, stated.quality, STAGE)
        lines = write_json_lines(path, good_statements(session))
        mark_made_from(session, STAGE, inputs)
    return {
        "statements made": stated.made.new, "statements changed": stated.made.changed, "statements published": lines,
        "statements held back": stated.held_back,
    }  # fmt: skip


def _inputs(session: Session, policy: Policy) -> str:
    decided = session.scalar(select(func.max(Decision.seq))) or 0
    return f"{decided} {measures_version(session)} {policy.digest}"
