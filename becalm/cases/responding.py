"""A response to one case, made ready: the way through the tree, the text, what it lacks, and its tone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import CaseUnknown
from ..policy import Policy
from ..policy.templates import Audience
from ..policy.wordings import words_of
from ..responses.once import Place, Planned, SaidInPublic, require_first_in_public
from ..responses.tone import Tone, check_tone
from ..responses.values import moment_in_words, person_name
from ..responses.writing import Written, gaps_in, write
from ..store import Account, Case, CaseComment, Comment, Thread
from .response import Walk, machine_walk, walk
from .situation import read_situation


@dataclass(frozen=True, slots=True)
class Response:
    """What a walk leads to. Before its end there is no text; `objection` says why it can't be said in public again."""

    case: Case
    way: Walk
    machine: Walk
    written: Written | None = None
    edited: str | None = None
    tone: Tone | None = None
    open_places: tuple[str, ...] = ()
    objection: str | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent: nothing is missing, no word objected to, and not said in public before.

        A text in a language whose tone nobody can check is never ready.
        """
        is_checked = self.tone is not None and self.tone.is_known and self.tone.is_fine
        return bool(self.written and is_checked and not self.open_places and self.objection is None)


@dataclass(frozen=True, slots=True)
class Preparing:
    """A case with what is known for its response. `machine` is the way that the machine suggests."""

    session: Session
    policy: Policy
    case: Case
    machine: Walk
    language: str | None
    values: Mapping[str, object]
    places: frozenset[Place]
    planned: Planned | None

    def walk(self, answer_ids: Sequence[str]) -> Walk:
        """As far as a person's answers lead. Raises `AnswerUnknown`."""
        return walk(self.policy, answer_ids)

    def respond(
        self, way: Walk, given: Mapping[str, object], language: str | None = None, edited: str | None = None
    ) -> Response:
        """The text at the end of the way with what was given over what is known, or a person's own text, checked.

        Raises `ValueUnusable`.
        """
        template = self.policy.template(way.end.template, language or self.language) if way.end else None
        if template is None:
            return Response(self.case, way, self.machine)
        due = {"due": moment_in_words(self.case.due_at, template.language)}
        due |= _of_rule(self.policy, self.case.rule, template.language)
        written = write(template, {**self.values, **due, **given})
        text = written.text if edited is None else edited
        quoted = written.quoted if edited is None else ()
        tone = check_tone(text, template.language, self.policy.promises, quoted)
        missing = [each.name for each in written.missing] if edited is None else []
        gaps = [text[span.start : span.end] for span in gaps_in(text)] if edited is not None else []
        is_answer = way.end is not None and not self.policy.actions[way.end.action].to_all
        said = self._said_before() if template.audience == Audience.PUBLIC and is_answer else None
        return Response(self.case, way, self.machine, written, edited, tone, (*missing, *gaps), said)

    def _said_before(self) -> str | None:
        try:
            require_first_in_public(self.session, self.places, self.planned)
        except SaidInPublic as error:
            return str(error)
        return None


def prepare(
    session: Session, policy: Policy, case_id: str, planned: Planned | None = None,
    notices: Mapping[int, int] | None = None,
) -> Preparing:  # fmt: skip
    """The case with everything that the store and the policy can fill in. Raises `CaseUnknown` and `TreeMissing`."""
    case = session.get(Case, case_id)
    if case is None:
        raise CaseUnknown(case_id)
    situation = read_situation(session, policy, case, planned, notices)
    rows = session.execute(
        select(Comment, Account, Thread)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .join(Account, Account.id == Comment.account_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(CaseComment.case_id == case.id)
        .order_by(Comment.published_at, Comment.id)
    ).all()
    people = {account.id: account.name for _, account, _ in rows}
    return Preparing(
        session,
        policy,
        case,
        machine_walk(policy, situation),
        situation.language or next((comment.language for comment, _, _ in rows if comment.language), None),
        {
            **{str(name): value for name, value in policy.about_us.items()},
            "case": case.id,
            # Several people have no one name.
            "name": person_name(next(iter(people.values()))) if len(people) == 1 else None,
            "channel": rows[-1][0].channel if rows else None,
            "thread": rows[-1][2].title if rows else None,
        },
        frozenset(Place(comment.account_id, comment.thread_id) for comment, _, _ in rows),
        planned,
    )


def _of_rule(policy: Policy, rule_id: str, language: str) -> dict[str, str]:
    rule = policy.rule(rule_id)
    if rule is None:
        return {}
    words = words_of(policy, rule, language)
    return {"rule": words.title, "rule_meaning": words.meaning}
