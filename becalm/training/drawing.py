"""Which decided cases a pack is made of: every rule its turn, the hard ones first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from ..errors import InputError
from .decided import Found, Lesson
from .options import lot

LEAST_CASES = 10
LEAST_ANSWERS = 2
HARD_TO_PLAIN = 2
# Of so many scenarios one may be discussed without a score.
SCORED_TO_DISCUSSED = 4


class InsufficientData(InputError):
    """There is too little that people decided; `missing` says what."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"insufficient data: {missing}; no pack was made")
        self.missing = missing


def draw_lessons(lessons: Iterable[Lesson], most: int, seed: str) -> list[Lesson]:
    """At most so many cases, the same for the same seed.

    Rules take turns. Of a rule come two hard cases, then a plain one, for as long as it has both: the hardest first,
    among equally hard ones by lot. A quarter at most is there to be discussed only.
    Somebody who only ever sees hard cases forgets what plain ones look like.
    """
    by_rule: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        by_rule[lesson.about].append(lesson)
    turns = [list(_hard_first(by_rule[rule], seed)) for rule in sorted(by_rule)]
    drawn = [each for each in chain.from_iterable(zip_longest(*turns)) if each is not None]
    discussed = islice((each for each in drawn if each.is_open), max(1, most // SCORED_TO_DISCUSSED))
    kept = {each.case_id for each in discussed}
    return [each for each in drawn if not each.is_open or each.case_id in kept][:most]


def require_enough(found: Found, wanted: int) -> None:
    """Raises `InsufficientData` with fewer than ten cases (or than `wanted`), or when one answer fits them all."""
    least = min(LEAST_CASES, wanted)
    have = len(found.lessons)
    if have < least:
        beside = [f"{found.by_machine} more by machines alone"] if found.by_machine else []
        beside += [f"{found.gone} more whose comments are no longer stored"] if found.gone else []
        besides = f" ({', '.join(beside)})" if beside else ""
        raise InsufficientData(f"{have} cases decided by people{besides}, and {least} are needed: {least - have} more")
    answers = {lesson.right for lesson in found.lessons if not lesson.is_open}
    if len(answers) < LEAST_ANSWERS:
        raise InsufficientData(
            f"{have} cases decided by people, all with one answer; cases with another are needed to tell them apart"
        )


def _hard_first(lessons: Sequence[Lesson], seed: str) -> Iterator[Lesson]:
    ordered = sorted(lessons, key=lambda each: (-each.hardness, lot(seed, each.case_id)))
    hard = iter([each for each in ordered if each.hardness])
    plain = iter([each for each in ordered if not each.hardness])
    while batch := [*islice(hard, HARD_TO_PLAIN), *islice(plain, 1)]:
        yield from batch
