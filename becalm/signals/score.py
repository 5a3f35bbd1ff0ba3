"""From the evidence on comments to their scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from becalm.records import Reason

from .abuse import Insult, find_insults
from .combine import noisy_or
from .complaint import judge_complaint
from .context import explain_context, judge_context
from .evidence import Evidence, Scores
from .explain import explain_abuse, explain_spam
from .keywords import judge_keywords
from .learned import Batch, score_abuse, score_spam
from .praise import judge_praise
from .private_data import find_private_data, judge_private_data
from .promotion import judge_bait, judge_spam
from .reading import Reading, mend, read
from .sentiment import judge_sentiment
from .trained import load_pair

# Stored with every score: a newer version scores again.
SCORER_VERSION = "signals-2"
# So many are scored together: enough to share the cost, few enough for a core's cache.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """What the lexicons found in one comment; `meant` is the reading with rude words mended."""

    reading: Reading
    meant: Reading
    insults: list[Insult]
    promotion: list[Reason]
    bait: list[Reason]
    sentiment: Reason | None
    complaint: list[Reason]
    praise: list[Reason]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        reading = read(evidence)
        meant = mend(reading)
        sentiment = judge_sentiment(reading)
        complaint = judge_complaint(reading, sentiment)
        praise = judge_praise(reading, noisy_or(complaint))
        spam, bait = judge_spam(reading), judge_bait(reading)
        return cls(reading, meant, find_insults(meant), spam, bait, sentiment, complaint, praise)


def score_comments(evidence: Iterable[Evidence]) -> list[Scores]:
    """The scores of each comment with their reasons, in order; nothing at all for the brand's own."""
    given = list(evidence)
    return [scores for start in range(0, len(given), AT_ONCE) for scores in _score(given[start : start + AT_ONCE])]


def score_comment(evidence: Evidence) -> Scores:
    """The scores of one comment; many at once cost far less each."""
    return score_comments([evidence])[0]


def _score(given: list[Evidence]) -> Iterable[Scores]:
    found = [_Found.of(one) for one in given if not one.is_brand]
    if not found:
        return [Scores() for _ in given]
    batch = Batch([one.meant for one in found])
    abuse = score_abuse(batch, [one.insults for one in found], load_pair("abuse"))
    spam = score_spam(batch, [[*one.promotion, *one.bait] for one in found], load_pair("spam"))
    pleased = [noisy_or(one.praise) for one in found]
    off_topic = judge_context([one.reading for one in found], batch.pieces, pleased)
    told = zip(found, abuse.round(4).tolist(), spam.round(4).tolist(), off_topic, strict=True)
    scored = iter([_scores(*row) for row in told])
    return [Scores() if one.is_brand else next(scored) for one in given]


def _scores(found: _Found, abuse: float, spam: float, off_topic: float | None) -> Scores:
    reading, evidence = found.reading, found.reading.evidence
    sentiment, complaint, praise = found.sentiment, found.complaint, found.praise
    where = (evidence.platform, evidence.channel, evidence.language)
    keywords = evidence.keyword_lists.find(evidence.normalised, *where)
    private_data = find_private_data(evidence.text)
    return Scores(
        spam=spam,
        promotion=noisy_or(found.promotion),
        abuse=abuse,
        off_topic=off_topic,
        complaint=noisy_or(complaint),
        grievance=noisy_or(complaint),
        praise=noisy_or(praise),
        sentiment=sentiment.score if sentiment else 0.0,
        keywords=list(dict.fromkeys(keyword.phrase for keyword in keywords)),
        private_data=private_data,
        reasons=(
            *explain_spam(reading, [*found.promotion, *found.bait], spam),
            *explain_abuse(found.meant, found.insults, abuse),
            *explain_context(reading, off_topic), *complaint, *praise, *([sentiment] if sentiment else ()),
            *judge_keywords(keywords), *judge_private_data(private_data),
        ),
    )  # fmt: skip
