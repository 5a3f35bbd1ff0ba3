"""From the evidence on a comment to its scores."""

from collections.abc import Iterable

from .abuse import judge_abuse
from .combine import noisy_or
from .complaint import judge_complaint
from .context import judge_context
from .evidence import Evidence, Scores
from .keywords import judge_keywords
from .praise import judge_praise
from .private_data import find_private_data, judge_private_data
from .promotion import judge_spam
from .reading import read
from .sentiment import judge_sentiment

# Stored with every score: a newer version scores again.
SCORER_VERSION = "lexicons-2"


def score_comments(evidence: Iterable[Evidence]) -> list[Scores]:
    """The scores of each comment, in order."""
    return [score_comment(one) for one in evidence]


def score_comment(evidence: Evidence) -> Scores:
    """The scores of one comment with their reasons; nothing at all for the brand's own."""
    if evidence.is_brand:
        return Scores()
    reading = read(evidence)
    sentiment = judge_sentiment(reading)
    spam, abuse = judge_spam(reading), judge_abuse(reading)
    complaint = judge_complaint(reading, sentiment)
    praise = judge_praise(reading, noisy_or(complaint))
    off_topic = judge_context(reading, noisy_or(praise))
    where = (evidence.platform, evidence.channel, evidence.language)
    keywords = evidence.keyword_lists.find(evidence.normalised, *where)
    private_data = find_private_data(evidence.text)
    return Scores(
        spam=noisy_or(spam),
        abuse=noisy_or(abuse),
        off_topic=noisy_or(off_topic),
        complaint=noisy_or(complaint),
        praise=noisy_or(praise),
        sentiment=sentiment.score if sentiment else 0.0,
        keywords=list(dict.fromkeys(keyword.phrase for keyword in keywords)),
        private_data=private_data,
        reasons=(
            *spam, *abuse, *off_topic, *complaint, *praise, *([sentiment] if sentiment else ()),
            *judge_keywords(keywords), *judge_private_data(private_data),
        ),
    )  # fmt: skip
