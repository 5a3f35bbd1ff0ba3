"""Working through a pack: what somebody answers, how much of it is right, and what is kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..policy import Policy
from ..policy.nearest import nearest
from ..policy.staffing import person_of
from ..store import QuizResult, stable_id
from ..store.upsert import add
from .pack import Option, Pack, Scenario

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """One answer; `is_right` is None where the case is only discussed, `is_rule_right` whether the rule was seen."""

    scenario: Scenario
    option: Option
    is_right: bool | None
    is_rule_right: bool | None


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `scored` answers; `rules_right` saw what is met. `discussed` have no score, `unanswered` no answer."""

    given: tuple[Given, ...]
    unanswered: int

    @property
    def scored(self) -> int:
        return sum(each.is_right is not None for each in self.given)

    @property
    def right(self) -> int:
        return sum(each.is_right is True for each in self.given)

    @property
    def rules_right(self) -> int:
        return sum(each.is_rule_right is True for each in self.given)

    @property
    def discussed(self) -> int:
        return len(self.given) - self.scored

    @property
    def wrong(self) -> tuple[Given, ...]:
        return tuple(each for each in self.given if each.is_right is False)


class Answers(BaseModel):
    """A file of answers: the pack's id, and the id of an option by that of each scenario."""

    model_config = ConfigDict(strict=True, extra="forbid")

    pack: str
    answers: dict[str, str]


def read_answers(path: Path, pack: Pack) -> dict[str, str]:
    """Option by scenario. Raises `InputError` for a file that is none, or about another pack."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: too large for answers to a quiz")
        read = Answers.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        told: Mapping[str, Any] = error.errors()[0]
        where = ".".join(map(str, told["loc"])) or "the whole file"
        raise InputError(f"{path}: no answers to a quiz: {where}: {told['msg']}") from error
    if read.pack != pack.id:
        raise InputError(f"{path}: these are answers to pack `{read.pack}`, not to `{pack.id}`")
    return read.answers


def score_answers(pack: Pack, answers: Mapping[str, str]) -> Score:
    """Raises `InputError` for a scenario or an option that the pack does not have."""
    given = tuple(_given(pack, answers))
    return Score(given, len(pack.scenarios) - len(given))


def keep_score(session: Session, policy: Policy, pack: Pack, score: Score, by: str, now: datetime) -> int:
    """Keeps the answers as this person's next attempt, and returns which that is.

    The same answers as in their last attempt are that attempt: nothing is kept twice. Raises `PersonUnknown`, and
    `InputError` when nothing was answered.
    """
    person_of(policy, by)
    if not score.given:
        raise InputError("nothing was answered, so there is nothing to keep")
    mine = (QuizResult.pack_id == pack.id, QuizResult.taken_by == by)
    last = session.scalar(select(func.max(QuizResult.attempt)).where(*mine)) or 0
    columns = (QuizResult.scenario, QuizResult.answered_rule, QuizResult.answered_action)
    before = {tuple(row) for row in session.execute(select(*columns).where(*mine, QuizResult.attempt == last))}
    if before == {(one.scenario.id, one.option.rule, one.option.action) for one in score.given}:
        return last
    add(session, QuizResult, [_row(pack, one, by, last + 1, now) for one in score.given])
    return last + 1


def _given(pack: Pack, answers: Mapping[str, str]) -> Iterator[Given]:
    known = [each.id for each in pack.scenarios]
    for scenario_id, option_id in answers.items():
        scenario = pack.scenario(scenario_id)
        if scenario is None:
            raise InputError(f"pack `{pack.id}` has no scenario `{scenario_id}`{nearest(scenario_id, known)}")
        option = next((each for each in scenario.options if each.id == option_id), None)
        if option is None:
            raise InputError(f"scenario `{scenario_id}` has no answer `{option_id}`")
        right = scenario.right_option
        is_right = None if right is None else option == right
        is_rule_right = None if right is None else option.rule == right.rule
        yield Given(scenario, option, is_right, is_rule_right)


def _row(pack: Pack, given: Given, by: str, attempt: int, now: datetime) -> dict[str, Any]:
    return {
        "id": stable_id("quiz", pack.id, given.scenario.id, by, str(attempt)), "pack_id": pack.id,
        "scenario": given.scenario.id, "taken_by": by, "attempt": attempt, "taken_at": now,
        "rule": given.scenario.about, "policy_version": given.scenario.words.policy_version,
        "answered_rule": given.option.rule, "answered_action": given.option.action, "is_right": given.is_right,
        "is_rule_right": given.is_rule_right,
    }  # fmt: skip
