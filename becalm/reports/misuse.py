"""Reporters who keep reporting without ground: the evidence, a warning, and only then a pause. People decide on both.

Article 23(2) of the EU's Digital Services Act: notices are left aside for a reasonable time after a prior warning,
where somebody frequently submits unfounded ones; number, share, gravity and intent are weighed in each case.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..errors import InputError
from ..notices import Owed, owe
from ..policy import Policy
from ..policy.staffing import person_of
from ..policy.templates import Audience
from ..responses.values import day_in_words
from ..store import Decision, Report, Reporter, ReporterMeasure
from ..store.upsert import add, chunks
from .pseudonyms import pseudonym
from .reliability import DISMISSED, UPHELD

WARN, PAUSE = "warn", "pause"
TELLING = {WARN: "caution-reporter", PAUSE: "pause-reporter"}


class ReporterUnknown(InputError):
    """Nobody with this name ever reported anything."""

    def __init__(self, name: str) -> None:
        super().__init__(f"reporter {name!r}: nobody reported anything under this pseudonym or PLATFORM:KEY")
        self.name = name


class ReporterRefused(InputError):
    """What somebody wants to do about a reporter has no ground; nothing was changed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"reporter {name}: {why}; nothing was changed")
        self.name, self.why = name, why


@dataclass(frozen=True, slots=True)
class Misuse:
    """What somebody reported, answered by people within the window; `after_warning` counts those without ground since
    the warning in force. `gravest` is the severity of the gravest rule that they named without ground."""

    reporter: str
    reports: int
    upheld: int
    dismissed: int
    after_warning: int
    gravest: float
    warned_at: datetime | None
    paused_until: datetime | None

    @property
    def share(self) -> float:
        """Of the answered ones, the share without ground, 0..1."""
        answered = self.upheld + self.dismissed
        return self.dismissed / answered if answered else 0.0

    @property
    def words(self) -> str:
        return f"{self.dismissed:,} of {self.upheld + self.dismissed:,} answered reports had no ground"

    def why_not(self, policy: Policy, kind: str) -> str | None:
        """What is missing for a warning or a pause, None where nothing is."""
        terms = policy.reports.misuse
        if self.dismissed < terms.least or self.share < terms.share:
            return f"{self.words}; it takes {terms.least:,} and {terms.share:.0%} in {terms.window_days} days"
        if kind == WARN and self.warned_at:
            return f"they were warned on {self.warned_at:%Y-%m-%d}"
        if kind == PAUSE and self.warned_at is None:
            return "nobody is paused who was not warned before"
        if kind == PAUSE and self.after_warning < terms.after_warning:
            return f"{self.after_warning:,} without ground since the warning; it takes {terms.after_warning:,}"
        if kind == PAUSE and self.paused_until:
            return f"they are paused until {self.paused_until:%Y-%m-%d}"
        return None

    def suggested(self, policy: Policy) -> str | None:
        """What a person may do about it now, if they find it right: warn, pause or nothing."""
        return next((kind for kind in (PAUSE, WARN) if self.why_not(policy, kind) is None), None)


def paused(session: Session, reporter_ids: Collection[int], now: datetime) -> set[int]:
    """Those of these reporters whose reports are left aside now."""
    in_force = (
        ReporterMeasure.kind == PAUSE, ReporterMeasure.lifted_at.is_(None),
        or_(ReporterMeasure.ends_at.is_(None), ReporterMeasure.ends_at > now),
    )  # fmt: skip
    found: set[int] = set()
    for chunk in chunks(sorted(reporter_ids)):
        which = (ReporterMeasure.reporter_id.in_(chunk), *in_force)
        found.update(session.scalars(select(ReporterMeasure.reporter_id).where(*which)))
    return found


def misuse_of(session: Session, policy: Policy, reporter_id: int, now: datetime) -> Misuse:
    """The evidence on one reporter as it is now."""
    terms = policy.reports.misuse
    taken = session.scalars(
        select(ReporterMeasure).where(ReporterMeasure.reporter_id == reporter_id, ReporterMeasure.lifted_at.is_(None))
    ).all()
    oldest = now - timedelta(days=terms.warning_days)
    warned = max((one.taken_at for one in taken if one.kind == WARN and one.taken_at > oldest), default=None)
    until = max((one.ends_at for one in taken if one.kind == PAUSE and one.ends_at and one.ends_at > now), default=None)
    answered = _answered(session, reporter_id, now - timedelta(days=terms.window_days), now)
    groundless = [one for one in answered if one.outcome == DISMISSED]
    severities = [rule.severity for one in groundless if one.rule and (rule := policy.rule(one.rule))]
    return Misuse(
        reporter=pseudonym(reporter_id),
        reports=len(answered),
        upheld=sum(one.outcome == UPHELD for one in answered),
        dismissed=len(groundless),
        # What they reported before they were warned is no going on, whenever it is answered.
        after_warning=sum(warned is not None and one.received_at > warned for one in groundless),
        gravest=max(severities, default=0.0),
        warned_at=warned,
        paused_until=until,
    )


def warn_reporter(session: Session, policy: Policy, name: str, by: str, now: datetime, note: str = "") -> Misuse:
    """The reporter is warned, and told so. Raises `ReporterRefused` without enough evidence, `PersonUnknown`."""
    return _take(session, policy, name, WARN, by, now, note)


def pause_reporter(session: Session, policy: Policy, name: str, by: str, now: datetime, note: str = "") -> Misuse:
    """Nobody looks at what they report for `pause_days`; raises as `warn_reporter`, also where they were not warned."""
    return _take(session, policy, name, PAUSE, by, now, note)


def lift(session: Session, policy: Policy, name: str, by: str, now: datetime) -> int:
    """No warning and no pause is in force any more; how many were. What came in meanwhile is not looked at again."""
    person_of(policy, by)
    own = (ReporterMeasure.reporter_id == find_reporter(session, name), ReporterMeasure.lifted_at.is_(None))
    still = or_(ReporterMeasure.ends_at.is_(None), ReporterMeasure.ends_at > now)
    lifted = update(ReporterMeasure).where(*own, still).values(lifted_at=now)
    return len(session.execute(lifted.returning(ReporterMeasure.kind)).all())


def find_reporter(session: Session, name: str) -> int:
    """The id of a reporter by pseudonym or `platform:key`; raises `ReporterUnknown`."""
    platform, _, key = name.partition(":")
    where = (Reporter.platform == platform, Reporter.key == key)
    found = session.scalar(select(Reporter.id).where(*where)) if key else None
    found = found or next((each for each in session.scalars(select(Reporter.id)) if pseudonym(each) == name), None)
    if found is None:
        raise ReporterUnknown(name)
    return found


def _take(session: Session, policy: Policy, name: str, kind: str, by: str, now: datetime, note: str) -> Misuse:
    person_of(policy, by)
    reporter_id = find_reporter(session, name)
    evidence = misuse_of(session, policy, reporter_id, now)
    if why := evidence.why_not(policy, kind):
        raise ReporterRefused(evidence.reporter, why)
    ends = now + timedelta(days=policy.reports.misuse.pause_days) if kind == PAUSE else None
    counts = {name: each for name, each in asdict(evidence).items() if isinstance(each, int | float)}
    add(session, ReporterMeasure, [
        {"reporter_id": reporter_id, "kind": kind, "taken_at": now, "ends_at": ends, "lifted_at": None, "taken_by": by,
         "note": note.strip(), "evidence": {**counts, "share": round(evidence.share, 4)}}
    ])  # fmt: skip
    _tell(session, policy, reporter_id, kind, evidence, ends, now)
    return misuse_of(session, policy, reporter_id, now)


def _tell(
    session: Session, policy: Policy, reporter_id: int, kind: str, evidence: Misuse, ends: datetime | None,
    now: datetime,
) -> None:  # fmt: skip
    platform, key = session.execute(select(Reporter.platform, Reporter.key).where(Reporter.id == reporter_id)).one()
    values = {"facts": f"{evidence.words[:1].upper()}{evidence.words[1:]}."}
    if ends:
        values["until"] = day_in_words(ends, policy.language)
    owed = Owed(
        audience=Audience.REPORTER, recipient=f"{platform}:{key}", action=TELLING[kind],
        case_id=_latest_case(session, reporter_id), values=values, about=f"{now:%Y-%m-%dT%H:%M:%S}",
    )  # fmt: skip
    owe(session, policy, owed, now)


def _latest_case(session: Session, reporter_id: int) -> str:
    """The case in which a report of theirs was found to be without ground last."""
    groundless = (Report.reporter_id == reporter_id, Report.outcome == DISMISSED, Report.counts)
    statement = select(Decision.case_id).join(Report, Report.decision_id == Decision.id).where(*groundless)
    return session.scalars(statement.order_by(Report.answered_at.desc(), Report.id).limit(1)).one()


def _answered(session: Session, reporter_id: int, since: datetime, now: datetime) -> Sequence[Any]:
    """Only what people answered counts against anybody."""
    which = (Report.reporter_id == reporter_id, Report.state == "answered", Report.counts)
    columns = (Report.outcome, Report.rule, Report.received_at)
    return session.execute(select(*columns).where(*which, Report.answered_at > since, Report.answered_at <= now)).all()
