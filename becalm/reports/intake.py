"""Taking reports in: each once, and all of one comment to one case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..cases.bringing import bring_to_people
from ..policy import Policy
from ..store import Comment, Report, Reporter, stable_id
from ..store.cases import lock_cases
from ..store.upsert import add_missing, chunks, known
from .form import Filed, read_form, read_report
from .misuse import paused
from .places import case_of
from .pseudonyms import pseudonym
from .recorded import answer_as_recorded
from .reliability import trusted_ids
from .telling import confirm, reference
from .weighing import weigh_reports

API, FORM = "api", "form"


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a report. `is_new` is False where the same person had reported the comment before: then nothing
    changed. `case_id` is the case that it lies in, None while there is none; `told` is what its reporter was told."""

    reference: str
    reporter: str
    state: str
    case_id: str | None
    told: str | None
    is_new: bool


def report(session: Session, policy: Policy, now: datetime, **said: Any) -> Received:
    """One report, by platform, comment_id, reporter, and if they said so reason, text and reported_at.

    Raises `ReportUnusable` for what is missing or can't be; nothing is changed then.
    """
    return take_in(session, policy, [read_report(said, now)], now, API)[0]


def report_by_form(
    session: Session, policy: Policy, form: str | bytes | Mapping[str, str | Sequence[str]], now: datetime
) -> Received:
    """One report, as somebody filled it in; the time is when it came. Raises as `report` does."""
    fields = {name: value for name, value in read_form(form).items() if name != "reported_at"}
    return take_in(session, policy, [read_report(fields, now)], now, FORM)[0]


def take_in(session: Session, policy: Policy, filed: Sequence[Filed], now: datetime, source: str) -> list[Received]:
    """All these reports, in one transaction. Cases can't change meanwhile, so two first reports make one case."""
    lock_cases(session)
    ids = [report_id(one) for one in filed]
    before = known(session, Report.id, ids)
    first = {each: one for each, one in reversed(list(zip(ids, filed, strict=True))) if each not in before}
    _keep_reporters(session, list(first.values()))
    new = _keep(session, policy, {each: first[each] for each in ids if each in first}, now, source)
    bring(session, policy, [one for one in new if one.state == "open"], now)
    confirm(session, policy, now, [one.id for one in new])
    return list(_received(session, ids, {one.id for one in new}))


def bring(session: Session, policy: Policy, reports: Sequence[Report], now: datetime) -> None:
    """Answers open reports by what was decided already, and brings the others to people."""
    if not reports:
        return
    left = answer_as_recorded(session, policy, reports, now)
    session.flush()
    weigh_reports(session, policy, now, {one.comment_id for one in reports})
    bring_to_people(session, policy, {one.comment_id for one in left}, now)


def report_id(filed: Filed) -> int:
    """One for each reporter and comment."""
    return stable_id("report", filed.platform, filed.comment_id, filed.reporter)


def reporter_id(platform: str, key: str) -> int:
    return stable_id("reporter", platform, key)


def _keep_reporters(session: Session, filed: Sequence[Filed]) -> None:
    first: dict[int, Filed] = {}
    for one in filed:
        each = reporter_id(one.platform, one.reporter)
        if each not in first or one.reported_at < first[each].reported_at:
            first[each] = one
    rows = [
        {"id": each, "platform": one.platform, "key": one.reporter, "first_reported_at": one.reported_at}
        for each, one in first.items()
    ]
    add_missing(session, Reporter, rows)
    for row in rows:
        earlier = (Reporter.id == row["id"], Reporter.first_reported_at > row["first_reported_at"])
        session.execute(update(Reporter).where(*earlier).values(first_reported_at=row["first_reported_at"]))


def _keep(session: Session, policy: Policy, filed: Mapping[int, Filed], now: datetime, source: str) -> list[Report]:
    reporters = {reporter_id(one.platform, one.reporter) for one in filed.values()}
    aside, trusted = paused(session, reporters, now), trusted_ids(session, policy, reporters)
    there = known(session, Comment.id, [stable_id(one.platform, one.comment_id) for one in filed.values()])
    new = []
    for each, one in filed.items():
        who, what = reporter_id(one.platform, one.reporter), stable_id(one.platform, one.comment_id)
        reason = policy.reports.reasons.get(one.reason)
        state = "paused" if who in aside else "open" if what in there else "waiting"
        new.append(
            Report(
                id=each, comment_id=what, platform=one.platform, comment_name=one.comment_id, reporter_id=who,
                reason=one.reason or None, rule=reason.rule if reason else None, text=one.text,
                is_trusted=who in trusted, reported_at=one.reported_at, received_at=now, source=source, state=state,
                counts=False, tellings=[],
            )
        )  # fmt: skip
    session.add_all(new)
    session.flush()
    return new


def _received(session: Session, ids: Sequence[int], new: set[int]) -> Iterator[Received]:
    kept: dict[int, Report] = {}
    for chunk in chunks(sorted(set(ids))):
        kept |= {one.id: one for one in session.scalars(select(Report).where(Report.id.in_(chunk)))}
    for each in ids:
        one = kept[each]
        case_id = case_of(session, one.comment_id) if one.state == "open" else None
        yield Received(reference(each), pseudonym(one.reporter_id), one.state, case_id, one.told, each in new)
        new.discard(each)  # the same row twice in one batch is new once
