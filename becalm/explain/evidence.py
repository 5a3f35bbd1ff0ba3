"""What the signals say of a comment, and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..store import Comment, Signals

SCORES = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")
LISTS = ("keywords", "private_data")


@dataclass(frozen=True, slots=True)
class Told:
    """A signal (0..1, sentiment -1..1, lists by how much they found) and the reasons {score, text} given for it.

    None where nobody can say.
    """

    name: str
    value: float | None
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All signals of one comment, by which version of the scoring; `is_stale` where an older text was scored."""

    scorer: str
    is_stale: bool
    signals: tuple[Told, ...]


def read_evidence(session: Session, comment: Comment) -> Evidence | None:
    """None for a comment that was not scored yet."""
    row = session.get(Signals, comment.id)
    if row is None:
        return None
    signals = [_told(row, name, getattr(row, name)) for name in SCORES]
    signals += [_told(row, name, float(len(getattr(row, name)))) for name in LISTS]
    return Evidence(row.scorer, row.scored_text_id != comment.text_id, tuple(signals))


def _told(row: Signals, name: str, value: float | None) -> Told:
    reasons = ({"score": one["score"], "text": one["text"]} for one in row.reasons if one["signal"] == name)
    return Told(name, value, tuple(reasons))
