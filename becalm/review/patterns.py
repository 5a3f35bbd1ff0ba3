"""What the campaigns of a period had in common, as kinds of pattern and never as what they said."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import regex
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import force_of
from ..decisions.forces import logs
from ..posts import Pattern
from ..records import Judgement
from ..signals.lexicon import load_lexicon
from ..store import Campaign, Case, Comment, Decision, Group, Signals
from .parts import in_campaigns, parts_of_campaigns
from .period import Period

LOOKED_AT = 60
# A campaign shows a pattern if this share of its comments that were looked at does.
SHOWN_SHARE = 0.25
# By pattern: kinds of markers, and kinds of the lexicon of promotion.
MARKERS = {"link": {"domain"}, "contact": {"chat", "phone", "e-mail", "handle"}}
WORDINGS = {
    "link": {"call_to_link"}, "search": {"search_bait"}, "contact": {"contact_bait"}, "money": {"money", "investment"},
    "gift": {"free"}, "channel": {"own_channel", "begging"}, "romance": {"adult_bait"}, "chain": {"chain_letter"},
}  # fmt: skip
# Letters of two scripts in one word, letters of mathematics, and characters that nobody sees between letters.
_DISGUISED = regex.compile(
    r"(?=\w*\p{Latin})(?=\w*[\p{Cyrillic}\p{Greek}])\w+|[\U0001d400-\U0001d7ff]|(?<=\p{L})[\u200b\u2060\ufeff\u00ad](?=\p{L})"
)


def read_patterns(session: Session, period: Period, care_queue: str = "care") -> tuple[Pattern, ...]:
    """The patterns of the period's campaigns, those with the most comments first.

    Floods are left out, and so are campaigns that went to customer care, or of which people said that they are none: a
    complaint that many share must never be shown to customers as spam.
    """
    spared = _spared(session, care_queue)
    comments = {one: part.comments for one, part in parts_of_campaigns(session, period).items() if one not in spared}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for campaign_id, kinds in _kinds(session, period, comments):
        for kind in kinds:
            found[kind].add(campaign_id)
    patterns = (Pattern(kind, len(ids), sum(comments[one] for one in ids)) for kind, ids in found.items())
    return tuple(sorted(patterns, key=lambda each: (-each.comments, each.kind)))


def _kinds(session: Session, period: Period, comments: Mapping[str, int]) -> Iterator[tuple[str, set[str]]]:
    samples = _samples(session, period, comments)
    columns = select(Campaign.id, Campaign.markers).where(Campaign.verdict == Judgement.CAMPAIGN)
    for campaign_id, markers in session.execute(columns.order_by(Campaign.id)):
        if sample := samples.get(campaign_id):
            marked = {each["kind"] for each in markers}
            yield campaign_id, {kind for kind, those in MARKERS.items() if those & marked} | _of_comments(sample)


def _of_comments(sample: list[tuple[str, Any]]) -> set[str]:
    shown: Counter[str] = Counter()
    for text, reasons in sample:
        shown.update(_wordings(reasons))
        shown.update(["disguise"] if not text.isascii() and _DISGUISED.search(text) else [])
    return {kind for kind, count in shown.items() if count >= SHOWN_SHARE * len(sample)}


def _wordings(reasons: Iterable[Mapping[str, Any]] | None) -> set[str]:
    told = {str(reason.get("text", "")).partition(": “")[0] for reason in reasons or ()}
    kinds = {_lexicon()[words] for words in told if words in _lexicon()}
    return {pattern for pattern, those in WORDINGS.items() if those & kinds}


def _samples(session: Session, period: Period, comments: Mapping[str, int]) -> dict[str, list[tuple[str, Any]]]:
    """Up to sixty comments of each campaign in the period, the first by id."""
    found: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    columns = select(Group.campaign_id, Comment.text, Signals.reasons)
    statement = in_campaigns(columns, period).outerjoin(Signals, Signals.comment_id == Comment.id)
    for campaign_id, text, reasons in session.connection().execute(statement.order_by(Comment.id)):
        if campaign_id in comments and len(found[campaign_id]) < LOOKED_AT:
            found[campaign_id].append((text, reasons))
    return found


def _spared(session: Session, care_queue: str) -> set[str]:
    """Campaigns that are customers', or no campaigns to those who decided."""
    groups = select(Case.id).where(Case.kind == "group")
    dismissed = {
        case_id
        for case_id, log in logs(session, Decision.case_id.in_(groups))
        if (decision := force_of(log).in_force) and decision.outcome != "upheld"
    }
    rows = session.execute(select(Case.id, Case.subject, Case.queue, Case.state).where(Case.kind == "group"))
    return {
        subject.partition("~")[0]
        for case_id, subject, queue, state in rows
        if case_id in dismissed or (queue == care_queue and state != "withdrawn")
    }


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, str]:
    return {phrase.kind.says: phrase.kind.name for phrase in load_lexicon("promotion")}
