"""The ground that a person chooses: a law that was broken, where the rule allows it, instead of the rule alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..errors import CaseRefused
from ..policy import Policy
from ..signals.private_data import locate_private_data
from ..store import DecisionGround
from ..store.upsert import add, chunks
from .persons import count_named, names_of
from .vocabulary import TEXTS


def name_law(
    session: Session, policy: Policy, decided: Decided, law: str, explanation: str, now: datetime
) -> DecisionGround:
    """The law and why it is broken, kept with the decision; to be called in its transaction.

    Raises `CaseRefused` where the rule is never a matter of law, nothing is restricted, the words are missing or too
    long, or private data stands in them.
    """
    law, explanation = " ".join(law.split()), explanation.strip()
    if why := _why_not(policy, decided) or _unusable(law, explanation):
        raise CaseRefused(decided.case_id, why)
    if count_named(f"{law} {explanation}", names_of(session, (decided.subjects or {}).get("accounts", []))):
        raise CaseRefused(decided.case_id, "the law or the explanation names an account: statements tell of no person")
    row = {
        "decision_id": decided.id, "law": law, "explanation": explanation, "named_by": decided.by, "named_at": now,
    }  # fmt: skip
    add(session, DecisionGround, [row])
    return DecisionGround(**row)


def laws_named(session: Session, decision_ids: Sequence[str]) -> Mapping[str, DecisionGround]:
    """By decision, those that rest on a law."""
    found: dict[str, DecisionGround] = {}
    for chunk in chunks(decision_ids):
        for ground in session.scalars(select(DecisionGround).where(DecisionGround.decision_id.in_(chunk))):
            found[ground.decision_id] = ground
    return found


def _why_not(policy: Policy, decided: Decided) -> str | None:
    stated = policy.statements
    if stated is None or decided.action not in stated.actions or decided.outcome != "upheld":
        return f"`{decided.action}` restricts nobody, so it needs no law"
    if not stated.of(decided.rule).may_be_illegal:
        return f"under `{decided.rule}` nothing is decided by law: the policy does not say that it `may_be_illegal`"
    return None


def _unusable(law: str, explanation: str) -> str | None:
    texts = {"illegal_content_legal_ground": law, "illegal_content_explanation": explanation}
    for field, text in texts.items():
        what = "the law" if field.endswith("ground") else "the explanation"
        if not text:
            return f"{what} is missing: name the law, and say why it is broken"
        if len(text) > TEXTS[field]:
            return f"{what} has {len(text):,} characters, the most is {TEXTS[field]:,}"
        if found := locate_private_data(text):
            return f"{what} holds a {found[0].kind}: statements of reasons tell of no person"
    return None
