"""From the evidence on comments to their scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from becalm.records import Reason

from .abuse import Insult, find_insults
from .combine import noisy_or
from .complaint import judge_complaint
from .context import judge_context
from .evidence import Evidence, MaskedData, Scores
from .explain import explain_abuse, explain_spam
from .keywords import judge_keywords
from .learned import Batch, score_abuse, score_spam
from .praise import judge_praise
from .private_data import find_private_data, judge_private_data
from .promotion import judge_bait, judge_promotion
from .reading import Reading, mend, read
from .sentiment import judge_sentiment
from .trained import load_pair

# Stored with every score: a newer version scores again.
SCORER_VERSION = "signals-2"
# So many are scored together: enough to share the cost, few enough for a core's cache.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in one comment, before anything is learned of it; `meant` is the reading with rude words mended."""

    reading: Reading
    meant: Reading
    insults: list[Insult]
    promotion: list[Reason]
    bait: list[Reason]
    private_data: list[MaskedData]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        reading = read(evidence)
        meant = mend(reading)
        private_data = find_private_data(evidence.text)
        promotion = judge_promotion(reading, private_data)
        return cls(reading, meant, find_insults(meant), promotion, judge_bait(reading), private_data)


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
    scored = iter([_scores(*row) for row in zip(found, abuse.round(4).tolist(), spam.round(4).tolist(), strict=True)])
    return [Scores() if one.is_brand else next(scored) for one in given]


def _scores(found: _Found, abuse: float, spam: float) -> Scores:
    reading, evidence = found.reading, found.reading.evidence
    sentiment = judge_sentiment(reading)
    complaint = judge_complaint(reading, sentiment)
    praise = judge_praise(reading, noisy_or(complaint))
    off_topic = judge_context(reading, noisy_or(praise))
    where = (evidence.platform, evidence.channel, evidence.language)
    keywords = evidence.keyword_lists.find(evidence.normalised, *where)
    return Scores(
        spam=spam,
        promotion=noisy_or(found.promotion),
        abuse=abuse,
        off_topic=noisy_or(off_topic),
        complaint=noisy_or(complaint),
        praise=noisy_or(praise),
        sentiment=sentiment.score if sentiment else 0.0,
        keywords=list(dict.fromkeys(keyword.phrase for keyword in keywords)),
        private_data=found.private_data,
        reasons=(
            *explain_spam(reading, [*found.promotion, *found.bait], spam),
            *explain_abuse(found.meant, found.insults, abuse),
            *off_topic, *complaint, *praise, *([sentiment] if sentiment else ()),
            *judge_keywords(keywords), *judge_private_data(found.private_data),
        ),
    )  # fmt: skip
