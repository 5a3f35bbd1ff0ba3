"""All figures of one review."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..cases.surges import Surge, find_surges
from ..posts import Post, post_languages, write_post
from ..store import Comment
from .appeals import AppealFigures, measure_appeals
from .campaigns import Campaigns, measure_campaigns
from .care import Care, measure_care
from .compare import Change, ShareChange
from .loyalty import Loyalty, measure_loyalty
from .mistakes import Errors, measure_mistakes
from .names import PolicyNames
from .offenders import Offenders, measure_offenders
from .patterns import read_patterns
from .period import Period
from .places import ChannelVolume, ThreadVolume, channels_by_spam, threads_by_spam
from .quality import Quality, measure_quality
from .remarks import Said, read_remarks
from .rings import Rings, measure_rings
from .rules import Cases, measure_cases
from .scores import ScoreStep, measure_scores
from .transparency import Transparency, transparency
from .understanding import RuleUnderstanding, read_understanding
from .volumes import DayVolume, Volume, count_accounts, tally_outcomes, total, volumes_by_day


@dataclass(frozen=True, slots=True)
class Figures:
    """What one review says, as of `now`; the store reaches from `stored_since` to `newest`, its own clock."""

    period: Period
    now: datetime
    names: PolicyNames
    stored_since: date | None
    newest: datetime | None
    volume: Volume
    volume_before: Volume
    accounts: int
    days: tuple[DayVolume, ...]
    channels: tuple[ChannelVolume, ...]
    threads: tuple[ThreadVolume, ...]
    campaigns: Campaigns
    cases: Cases
    appeals: tuple[AppealFigures, ...]
    care: Care
    surges: tuple[Surge, ...]
    offenders: Offenders
    rings: Rings
    scores: tuple[ScoreStep, ...]
    quality: Quality
    remarks: tuple[Said, ...]
    loyalty: Loyalty
    understanding: tuple[RuleUnderstanding, ...]
    posts: tuple[Post, ...]
    transparency: Transparency
    mistakes: Errors

    @property
    def has_before(self) -> bool:
        """Something is known of the period before, if only that nobody wrote in it."""
        return self.volume_before.comments > 0 or self.is_before_whole

    @property
    def is_before_whole(self) -> bool:
        """The store reaches back to the first day of the period before, so that counts can be compared."""
        return self.stored_since is not None and self.stored_since <= self.period.before.days[0]

    def change(self, now: int, before: int) -> Change:
        """A change of a count, which is unknown unless the whole period before is stored."""
        return Change(now, before if self.is_before_whole else None)

    @property
    def longest_wait(self) -> timedelta | None:
        """From the oldest open complaint to the newest comment: nobody waits while an old stream lies in a file."""
        since = self.care.oldest_written_at
        return self.newest - since if self.newest and since else None

    @property
    def campaign_share_change(self) -> ShareChange:
        before = self.volume_before.in_campaigns if self.has_before else None
        return ShareChange(self.volume.in_campaigns, before)


def gather(session: Session, period: Period, now: datetime, names: PolicyNames) -> Figures:
    """Every figure of the review of `period`, from the store as it stands."""
    tallies, earlier = tally_outcomes(session, period), tally_outcomes(session, period.before)
    oldest, newest = session.execute(select(func.min(Comment.published_at), func.max(Comment.published_at))).one()
    return Figures(
        period=period,
        now=now,
        names=names,
        stored_since=oldest.date() if oldest else None,
        newest=newest,
        volume=total(tallies),
        volume_before=total(earlier),
        accounts=count_accounts(session, period),
        days=volumes_by_day(tallies, period),
        channels=channels_by_spam(tallies, earlier),
        threads=threads_by_spam(session, tallies),
        campaigns=measure_campaigns(session, period),
        cases=measure_cases(session, period, now, names),
        appeals=measure_appeals(session, period),
        care=measure_care(session, period, now, names),
        surges=tuple(one for one in find_surges(session) if one.last >= period.start and one.onset < period.end),
        offenders=measure_offenders(session, period),
        rings=measure_rings(session, period),
        scores=measure_scores(session),
        quality=measure_quality(session, period, now),
        remarks=read_remarks(session, period, names, now),
        loyalty=measure_loyalty(session, period, names),
        understanding=read_understanding(session, period.start, max(period.end, now)),
        posts=_posts(session, period, names),
        transparency=transparency(session, *_days_of_work(period, newest, now)),
        mistakes=measure_mistakes(session, period, names),
    )


def _posts(session: Session, period: Period, names: PolicyNames) -> tuple[Post, ...]:
    """One draft for customers in each language; none where no campaign shows a pattern."""
    patterns = read_patterns(session, period, names.care_queue)
    drafts = (write_post(patterns, language, names.about_us) for language in post_languages())
    return tuple(draft for draft in drafts if draft)


def _days_of_work(period: Period, newest: datetime | None, now: datetime) -> tuple[date, date]:
    """The days of the period; the newest one lasts until `now`, as work on it goes on."""
    first, last = period.days[0], period.days[-1]
    return first, last if newest is not None and newest >= period.end else max(last, now.astimezone(UTC).date())
