"""Making a pack from the store: what is asked for, the scenarios, and the files."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import PolicyInvalid
from ..policy import Policy, stored_policy
from ..store import Account, Store, Thread
from .decided import Answer, Found, Lesson, find_lessons
from .drawing import draw_lessons, require_enough
from .keeping import keep_pack
from .names import is_ordinary, lowered, read_names
from .pack import Pack, named
from .past import read_past
from .refresher import refresh
from .scenario import Desk, Made, make_scenario
from .wording import wording_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pack of at most so many `scenarios`, of cases decided from `start` until before `end`.

    `since` is the version at which a refresher begins; with it only what the policy changed since is asked for.
    """

    scenarios: int = 20
    seed: str = ""
    language: str = "en"
    start: datetime | None = None
    end: datetime | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack, and where each of its scenarios comes from."""

    pack: Pack
    made: tuple[Made, ...]


def make_pack(session: Session, policy: Policy, wanted: Wanted) -> MadePack:
    """The same pack for the same seed and the same store.

    Raises `InsufficientData` where too little was decided, and `InputError` for a language or a version unknown.
    """
    wording = wording_of(wanted.language)
    found = find_lessons(session, wanted.start, wanted.end)
    policies = _policies(
        session, {lesson.decision.policy_version for lesson in found.lessons} | {wanted.since} - {None}
    )
    readable = tuple(lesson for lesson in found.lessons if lesson.decision.policy_version in policies)
    desk = Desk(
        session,
        policies,
        read_names(session),
        _ours(session),
        read_past(session),
        _given(readable),
        wording,
        wanted.seed,
        _ordinary(session),
    )
    if wanted.since is not None:
        changes, made = refresh(desk, policy, stored_policy(session, wanted.since), readable, wanted.scenarios)
    else:
        require_enough(Found(readable, found.cases, found.by_machine, found.gone), wanted.scenarios)
        drawn = draw_lessons(readable, wanted.scenarios, wanted.seed)
        changes = ()
        made = tuple(make_scenario(desk, lesson, number) for number, lesson in enumerate(drawn, start=1))
    days = sorted(lesson.decision.decided_at.date().isoformat() for lesson in readable) or ["", ""]
    pack = Pack(
        id="",
        kind="refresher" if wanted.since else "training",
        language=wanted.language,
        policy_version=policy.version,
        since_version=wanted.since,
        seed=wanted.seed,
        decided_from=days[0],
        decided_to=days[-1],
        changes=changes,
        scenarios=tuple(each.scenario for each in made),
    )
    return MadePack(named(pack), made)


def write_new_pack(
    store: Store, home: Path, policy: Policy, wanted: Wanted, now: datetime, folder: Path | None = None
) -> tuple[Pack, Path]:
    """The pack and the folder it was written to, by default one of its own in the home's published `training`.

    What it comes from is in the store before the files are there, so that no file is ever out of reach of an erasure.
    """
    with store.reading() as session:
        made = make_pack(session, policy, wanted)
    target = folder or home / "published" / "training" / made.pack.id
    keep_pack(store, home, made.pack, made.made, target, now)
    return made.pack, target


def _policies(session: Session, versions: Iterable[str | None]) -> dict[str, Policy]:
    """Those of these versions that can still be read: an old one may be of a shape that becalm no longer knows."""
    found: dict[str, Policy] = {}
    for version in filter(None, versions):
        try:
            found[version] = stored_policy(session, version)
        except PolicyInvalid:
            continue
    return found


def _given(lessons: Iterable[Lesson]) -> Mapping[str, Sequence[Answer]]:
    """By the rule that opened a case, the answers in force, the commonest first."""
    counts: defaultdict[str, Counter[Answer]] = defaultdict(Counter)
    for lesson in lessons:
        counts[lesson.rule][lesson.right] += 1
    return {
        rule: sorted(answers, key=lambda each: (-answers[each], each.rule or "", each.action))
        for rule, answers in counts.items()
    }


def _ordinary(session: Session) -> Callable[[str, frozenset[int]], bool]:
    """Whether a name is an ordinary word; each is looked for once, as that means to look through the comments."""

    @cache
    def is_word(called: str, holders: frozenset[int]) -> bool:
        return is_ordinary(session, called, holders)

    return is_word


def _ours(session: Session) -> frozenset[str]:
    """What the brand is called in handles."""
    brand = session.execute(select(Account.author_id, Account.name).where(Account.is_brand)).all()
    names = {name for row in brand for name in row if name} | set(session.scalars(select(Thread.channel).distinct()))
    return frozenset(lowered(name).strip("@.").replace(" ", "") for name in names)
