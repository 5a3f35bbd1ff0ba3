"""Voices that come back, complaints that ended well, and how threads recovered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..loyalty import Heard, Recovery, find_stories, measure_recovery, read_answers, read_heard, recurring
from ..pseudonyms import Pseudonyms
from ..store import Consent
from .names import PolicyNames
from .offenders import pseudonym_of
from .period import Period

STATES = ("open", "held", "decided", "closed")
NEVER_ASKED = "never asked"


@dataclass(frozen=True, slots=True)
class LoyalVoice:
    """An account that praised in several weeks and in this period; `consent` is what it said to being shared."""

    pseudonym: str
    platform: str
    weeks: int
    praise: int
    in_period: int
    first_at: datetime
    consent: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A story of resolution whose praise was written in the period."""

    pseudonym: str
    platform: str
    complained_at: datetime
    answered_at: datetime
    praised_at: datetime
    consent: str

    @property
    def hours_to_answer(self) -> float:
        return (self.answered_at - self.complained_at) / timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Loyalty:
    """`voices` with the most weeks first, `stories` by time; `praising` counts accounts with praise in the period.

    Of `complaining` accounts of the period so many were `answered`: only they can have a story.
    """

    voices: tuple[LoyalVoice, ...]
    voices_before: int
    stories: tuple[Resolved, ...]
    stories_before: int
    praising: int
    complaining: int
    answered: int
    recovery: tuple[Recovery, ...]

    @property
    def may_be_shared(self) -> int:
        return sum(story.consent == "given" for story in self.stories)


def measure_loyalty(session: Session, period: Period, names: PolicyNames) -> Loyalty:
    """From the cases of the praise and the care queue, whenever they were opened. Names never leave the store."""
    heard = read_heard(session, [names.praise_queue], [names.care_queue], STATES)
    known = [each for each in heard if each.published_at < period.end]
    consents = {row.account_id: row.state for row in session.execute(select(Consent.account_id, Consent.state))}
    answers, called = read_answers(session), Pseudonyms.of(session, "review")
    stories = _stories(known, answers, period, consents, called)
    earlier = _stories(known, answers, period.before, consents, called)
    now = [each for each in known if each.published_at >= period.start]
    complained = [each for each in now if not each.is_praise]
    answered = {each.account_id for each in complained if (each.platform, each.comment_id) in answers}
    return Loyalty(
        voices=_voices(known, period, consents, called),
        voices_before=len(
            _voices([each for each in known if each.published_at < period.start], period.before, consents, called)
        ),
        stories=stories,
        stories_before=len(earlier),
        praising=len({each.account_id for each in now if each.is_praise}),
        complaining=len({each.account_id for each in complained}),
        answered=len(answered),
        recovery=measure_recovery(
            session, period.start, period.end, ((each.thread_id, each.published_at) for each in complained)
        ),
    )


def _voices(
    known: list[Heard], period: Period, consents: Mapping[int, str], called: Pseudonyms
) -> tuple[LoyalVoice, ...]:
    found = []
    lately = Counter(each.account_id for each in known if each.is_praise and each.published_at >= period.start)
    for account_id, voice in recurring(known).items():
        if lately[account_id]:
            consent, now = consents.get(account_id, NEVER_ASKED), lately[account_id]
            found.append(
                LoyalVoice(
                    pseudonym_of(called, account_id),
                    voice.platform,
                    voice.weeks,
                    voice.comments,
                    now,
                    voice.first_at,
                    consent,
                )
            )
    return tuple(sorted(found, key=lambda each: (-each.weeks, -each.praise, each.pseudonym)))


def _stories(
    known: list[Heard],
    answers: Mapping[tuple[str, str], datetime],
    period: Period,
    consents: Mapping[int, str],
    called: Pseudonyms,
) -> tuple[Resolved, ...]:
    found = [
        Resolved(
            pseudonym_of(called, story.account_id),
            story.praise.platform,
            story.complaint.published_at,
            story.answered_at,
            story.praise.published_at,
            consents.get(story.account_id, NEVER_ASKED),
        )
        for story in find_stories(known, answers)
        if period.start <= story.praise.published_at < period.end
    ]
    return tuple(sorted(found, key=lambda each: (each.praised_at, each.pseudonym)))
