"""From the evidence on comments to their scores."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from becalm.records import Reason

from .abuse import Insult, find_insults
from .care import care_marks, score_complaint, score_praise
from .combine import noisy_or
from .complaint import complaint_topics, judge_complaint
from .context import explain_context, judge_context
from .evidence import Evidence, MaskedData, Scores
from .explain import LEAST_EXPLAINED, explain_abuse, explain_care, explain_spam
from .keywords import judge_keywords
from .learned import Batch, score_abuse, score_spam
from .praise import judge_praise, praised_things
from .private_data import find_private_data, judge_private_data
from .promotion import judge_bait, judge_promotion
from .reading import Reading, mend, read
from .sentiment import blend_sentiment, judge_sentiment
from .telling import TellingWords
from .trained import Floats, load_pair

# Stored with every score: a newer version scores again.
SCORER_VERSION = "signals-6"
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
    sentiment: Reason | None
    complaint: list[Reason]
    praise: list[Reason]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        reading = read(evidence)
        meant = mend(reading)
        private_data = find_private_data(evidence.text)
        sentiment = judge_sentiment(reading)
        complaint = judge_complaint(reading, sentiment)
        praise = judge_praise(reading, noisy_or(complaint))
        promotion, bait = judge_promotion(reading, private_data), judge_bait(reading)
        return cls(reading, meant, find_insults(meant), promotion, bait, private_data, sentiment, complaint, praise)


@dataclass(frozen=True, slots=True)
class _Learned:
    found: _Found
    abuse: float
    spam: float
    complaint: float
    praise: float


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
    learned = zip(found, *(column.round(4).tolist() for column in _learn(batch, found)), strict=True)
    rows = [_Learned(*row) for row in learned]
    off_topic = judge_context([one.reading for one in found], batch.pieces, [one.praise for one in rows])
    telling = _telling(rows)
    scored = iter([_scores(*row, telling) for row in zip(rows, off_topic, strict=True)])
    return [Scores() if one.is_brand else next(scored) for one in given]


def _learn(batch: Batch, found: list[_Found]) -> Iterator[Floats]:
    """Abuse, spam, complaint and praise."""
    yield score_abuse(batch, [one.insults for one in found], load_pair("abuse"))
    yield score_spam(batch, [[*one.promotion, *one.bait] for one in found], load_pair("spam"))
    marks = [care_marks(one.meant, one.sentiment) for one in found]
    complaint = score_complaint(batch, marks, [one.complaint for one in found], load_pair("complaint"))
    yield complaint
    yield score_praise(batch, marks, [one.praise for one in found], load_pair("praise"), complaint)


def _telling(rows: Sequence[_Learned]) -> TellingWords:
    """The words that speak for what the models say where the lexicons are silent."""
    return TellingWords.among(
        {
            "abuse": [one.found.meant for one in rows if one.abuse >= LEAST_EXPLAINED and not one.found.insults],
            "complaint": [
                one.found.reading for one in rows if one.complaint >= LEAST_EXPLAINED and not one.found.complaint
            ],
            "praise": [one.found.reading for one in rows if one.praise >= LEAST_EXPLAINED],
        }
    )


def _scores(learned: _Learned, off_topic: float | None, telling: TellingWords) -> Scores:
    found, reading, evidence = learned.found, learned.found.reading, learned.found.reading.evidence
    sentiment = blend_sentiment(reading, found.sentiment, learned.praise, learned.complaint)
    where = (evidence.platform, evidence.channel, evidence.language)
    keywords = evidence.keyword_lists.find(evidence.normalised, *where)
    return Scores(
        spam=learned.spam,
        promotion=noisy_or(found.promotion),
        abuse=learned.abuse,
        off_topic=off_topic,
        complaint=learned.complaint,
        grievance=noisy_or(found.complaint),
        praise=learned.praise,
        praised=praised_things(reading, telling.of(reading, "praise")) if learned.praise >= LEAST_EXPLAINED else [],
        topics=complaint_topics(reading) if learned.complaint >= LEAST_EXPLAINED else [],
        sentiment=sentiment.score if sentiment else 0.0,
        keywords=list(dict.fromkeys(keyword.phrase for keyword in keywords)),
        private_data=found.private_data,
        reasons=(
            *explain_spam(reading, [*found.promotion, *found.bait], learned.spam),
            *explain_abuse(found.meant, found.insults, learned.abuse, telling),
            *explain_context(reading, off_topic),
            *explain_care(reading, "complaint", found.complaint, learned.complaint, telling),
            *explain_care(reading, "praise", found.praise, learned.praise, telling),
            *([sentiment] if sentiment else ()),
            *judge_keywords(keywords), *judge_private_data(found.private_data),
        ),
    )  # fmt: skip
