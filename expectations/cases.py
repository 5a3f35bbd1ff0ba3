"""The suite `cases`: what must hold for every case before it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.cases import root_subject
from becalm.erasure.cases import ERASED
from becalm.store import Campaign, Case, CaseComment, Comment

from .columns import between, great_expectations, one_of, unique
from .run import Quality, run

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite

STATES = ("open", "held", "decided", "closed", "withdrawn")
KINDS = ("comment", "group", "account", "thread", "appeal")
LONGEST_WAIT_DAYS = 90.0
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class CasePolicy:
    """What the policy in force knows; cases of an older version are not held against it.

    `longest_wait_days` is the longest time between opening and due time that a queue may promise.
    """

    version: str
    rules: frozenset[str]
    queues: frozenset[str]
    templates: frozenset[str]
    longest_wait_days: float = LONGEST_WAIT_DAYS


def check_cases(cases: Sequence[Mapping[str, Any]], policy: CasePolicy) -> Quality:
    """The quality of `cases_to_check`; raises `CheckFailed` with every broken rule and some of the case ids."""
    return run(
        suite(policy), measure(cases, policy.version), lambda index, field: f"case {cases[index]['id']}"
    ).require()


def cases_to_check(session: Session) -> list[dict[str, Any]]:
    """Every case with the number of its comments, how many of them are not stored, and whether its campaign is."""
    members = (
        select(
            CaseComment.case_id,
            func.count().label("comment_ids"),
            (func.count() - func.count(Comment.id)).label("missing_comments"),
        )
        .outerjoin(Comment, CaseComment.comment_id == Comment.id)
        .group_by(CaseComment.case_id)
        .subquery()
    )
    columns = [column for column in Case.__table__.c if column.key not in ("evidence", "suggested_action")]
    statement = (
        select(
            *columns,
            func.coalesce(members.c.comment_ids, 0).label("comment_ids"),
            func.coalesce(members.c.missing_comments, 0).label("missing_comments"),
        )
        .outerjoin(members, members.c.case_id == Case.id)
        .order_by(Case.id)
    )
    campaigns = set(session.scalars(select(Campaign.id)))
    return [
        {**row, "is_campaign": root_subject(row["subject"]) in campaigns}
        for row in session.execute(statement).mappings()
    ]


def is_forgotten(case: Mapping[str, Any]) -> bool:
    """Whether nobody is to know any more what the case was about."""
    return str(case["subject"]).startswith(ERASED)


def measure(cases: Sequence[Mapping[str, Any]], version: str) -> "pd.DataFrame":
    """One line of facts a case; null where a fact does not apply to it."""
    import pandas as pd

    return pd.DataFrame([_facts(case, case["policy_version"] == version) for case in cases], columns=FACTS)


def _facts(case: Mapping[str, Any], is_current: bool) -> dict[str, Any]:
    return {
        "id": case["id"],
        "identity": "\x1f".join((case["rule"], case["kind"], case["subject"])),
        "kind": case["kind"],
        "state": case["state"],
        "reasons": _reasons(case["reasons"]),
        "priority": case["priority"] if isfinite(case["priority"]) else -1.0,
        "wait_days": (wait_days := (case["due_at"] - case["opened_at"]).total_seconds() / DAY_SECONDS),
        # An open case keeps its due time when a newer policy promises less.
        "promised_days": wait_days if is_current else None,
        "rule": case["rule"] if is_current else None,
        "queue": case["queue"] if is_current else None,
        "template": case["suggested_template"] if is_current else None,
        # What somebody has decided on may outlive its comments, which are kept for a shorter time or were erased.
        "comments": case["comment_ids"]
        if case["kind"] not in ("account", "appeal") and case["state"] == "open"
        else None,
        "missing_comments": case["missing_comments"],
        "is_campaign": int(case["is_campaign"]) if case["kind"] == "group" and not is_forgotten(case) else None,
    }


def _reasons(reasons: Sequence[Any]) -> int:
    """How many there are; none when one of them lacks its signal, its score or its words."""
    told = [isinstance(each, dict) and each.get("signal") and each.get("text") and "score" in each for each in reasons]
    return len(told) if all(told) else 0


FACTS = [
    "id", "identity", "kind", "state", "reasons", "priority", "wait_days", "promised_days", "rule", "queue", "template",
    "comments", "missing_comments", "is_campaign",
]  # fmt: skip


def suite(policy: CasePolicy) -> "ExpectationSuite":
    return great_expectations().ExpectationSuite(
        name="cases",
        expectations=[
            unique("a case has its own id", "id"),
            unique("a rule opens one case for one subject", "identity", "subject"),
            one_of("the kind of a case is known", "kind", KINDS),
            one_of("the state of a case is known", "state", STATES),
            between("a case has reasons, each with signal, score and words", "reasons", 1, None),
            between("priority lies between 0 and 1", "priority", 0, 1),
            between("due_at is after opened_at", "wait_days", 1 / DAY_SECONDS, None, "due_at"),
            between("due_at is not too far off", "promised_days", None, policy.longest_wait_days, "due_at"),
            one_of("the policy has the case's rule", "rule", sorted(policy.rules)),
            one_of("the policy has the case's queue", "queue", sorted(policy.queues)),
            one_of("the policy has the case's template", "template", sorted(policy.templates)),
            between("a case about a comment, a group or a thread has comments", "comments", 1, None),
            one_of("every comment of a case is stored", "missing_comments", [0]),
            one_of("the campaign of a case exists", "is_campaign", [1], "subject"),
        ],
    )
