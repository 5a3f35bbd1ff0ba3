"""How often a policy says what people decided, with what chance alone allows, and what may be concluded from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

from ..review.compare import ENOUGH_TO_SHARE, Share

# A sign test of fewer cases can't reach 5 %, whatever they say: 2 x 0.5^6 = 0.03, 2 x 0.5^5 = 0.06.
ENOUGH_OTHERWISE = 6
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Judged:
    """A decided case: the rule that people found, and what it gets from the policy in force and from the draft."""

    case_id: str
    channel: str
    people: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RuleAgreement:
    """One rule under both policies. `right_*`: of the cases it opens, those in which people found it too.

    `caught_*`: of the cases in which people found it, those that it opens.
    """

    rule: str
    right_before: Share
    right_after: Share
    caught_before: Share
    caught_after: Share

    @property
    def missing(self) -> int:
        """Decided cases that it takes yet before its share under the draft says something."""
        return max(0, ENOUGH_TO_SHARE - self.right_after.total)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over all decided cases; `better` are those where only the draft says what people said, `worse` the reverse.

    `otherwise` counts all that the draft treats otherwise, also where neither agrees with people.
    """

    before: Share
    after: Share
    better: int
    worse: int
    otherwise: int
    rules: tuple[RuleAgreement, ...]

    @property
    def decided(self) -> int:
        return self.after.total

    @property
    def is_enough(self) -> bool:
        return self.decided >= ENOUGH_TO_SHARE and (self.otherwise == 0 or self.telling >= ENOUGH_OTHERWISE)

    @property
    def telling(self) -> int:
        """Cases that speak for one of the two."""
        return self.better + self.worse

    @property
    def chance(self) -> float:
        """How likely so uneven a split is where both are as good: the exact sign test, two-sided (McNemar, 1947)."""
        fewer, total = min(self.better, self.worse), self.telling
        # By logarithms: of a thousand cases the binomial coefficients are larger than any float.
        tail = fsum(exp(_log_comb(total, k) - total * log(2)) for k in range(fewer + 1))
        return min(1.0, 2 * tail)

    @property
    def conclusion(self) -> str:
        """What may be said, or how much is missing until something may."""
        if self.decided < ENOUGH_TO_SHARE:
            return (
                f"Too little to conclude from: people decided {self.decided:,} of these cases, and it takes "
                f"{ENOUGH_TO_SHARE} ({ENOUGH_TO_SHARE - self.decided} more)."
            )
        if self.otherwise == 0:
            return f"All {self.decided:,} decided cases would be treated as before."
        if self.telling < ENOUGH_OTHERWISE:
            return (
                f"Too little to conclude from: {self.telling} decided cases speak for one of the two policies, and it "
                f"takes {ENOUGH_OTHERWISE} ({ENOUGH_OTHERWISE - self.telling} more)."
            )
        split = f"{self.better:,} cases speak for it, {self.worse:,} against"
        if self.chance >= LEVEL:
            return f"No telling difference: {split}, which chance alone would often make."
        more = "more" if self.better > self.worse else "less"
        return f"The draft agrees with people {more} often than the policy before: {split}."


def measure_agreement(cases: Sequence[Judged]) -> Agreement:
    """Agreement over these cases, and by each rule that any of the three named."""
    rules = {rule for case in cases for rule in (case.people, case.before, case.after) if rule}
    return Agreement(
        before=agreed(cases, before),
        after=agreed(cases, after),
        better=sum(case.after == case.people != case.before for case in cases),
        worse=sum(case.before == case.people != case.after for case in cases),
        otherwise=sum(case.before != case.after for case in cases),
        rules=tuple(_of_rule(cases, rule) for rule in sorted(rules)),
    )


def _log_comb(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)


def agreed(cases: Iterable[Judged], policy: Callable[[Judged], str | None]) -> Share:
    """The cases in which a policy says what people said."""
    said = [policy(case) == case.people for case in cases]
    return Share(sum(said), len(said))


def before(case: Judged) -> str | None:
    return case.before


def after(case: Judged) -> str | None:
    return case.after


def _of_rule(cases: Sequence[Judged], rule: str) -> RuleAgreement:
    found = [case for case in cases if case.people == rule]
    was, now = ([case for case in cases if policy(case) == rule] for policy in (before, after))
    return RuleAgreement(
        rule=rule,
        right_before=Share(sum(case.people == rule for case in was), len(was)),
        right_after=Share(sum(case.people == rule for case in now), len(now)),
        caught_before=Share(sum(case.before == rule for case in found), len(found)),
        caught_after=Share(sum(case.after == rule for case in found), len(found)),
    )
