"""The text of a notice as it would be sent now, and what keeps it from being sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..policy import Policy
from ..policy.templates import Audience, Template
from ..responses import ValueUnusable, check_tone, gaps_in, write
from ..responses.values import Value
from ..store import Notice
from .facts import comments_of, facts_in_words
from .known import known_values


@dataclass(frozen=True, slots=True)
class Rendered:
    """`gaps` say in words what is missing or objected to; without any, `text` can be sent."""

    text: str
    language: str
    gaps: tuple[str, ...] = ()


def template_of(
    policy: Policy, audience: Audience, action: str, template: str | None, language: str | None
) -> Template | None:
    """The text that was chosen, or the policy's first for this action and audience; None where it has none."""
    if template is not None:
        found = policy.template(template, language)
        return found if found is not None and found.audience == audience else None
    if not any(action in each.actions and each.audience == audience for each in policy.templates):
        return None
    return policy.template_for(action, audience, language)


def render(policy: Policy, template: Template, values: Mapping[str, Value], edited: str | None = None) -> Rendered:
    """The template with these values, or the text that a person wrote in its place; its tone is checked either way."""
    try:
        written = write(template, values)
    except ValueUnusable as error:
        return Rendered("", template.language, (str(error),))
    text = written.text if edited is None else edited
    quoted = written.quoted if edited is None else ()
    missing = [f"{each.name}: {each.words}, from the {each.filled_by}" for each in written.missing]
    open_ = missing if edited is None else [f"still open: {text[span.start : span.end]}" for span in gaps_in(text)]
    tone = check_tone(text, template.language, policy.promises, quoted)
    objections = [f"{each.kind}: “{each.words}” {each.why}" for each in tone.objections]
    unheard = [] if tone.is_known else [f"nobody can check the tone in `{template.language}`: no lexicon"]
    return Rendered(text, template.language, (*open_, *objections, *unheard))


def render_notice(session: Session, policy: Policy, notice: Notice, now: datetime) -> Rendered:
    """As it would be sent `now`."""
    template = template_of(policy, Audience(notice.audience), notice.action, notice.template, notice.language)
    if template is None:
        return Rendered("", policy.language, (f"the policy has no text for {notice.action} to {notice.audience}",))
    comments = comments_of(session, notice.id)
    known = known_values(
        session, policy, notice.case_id, notice.account_id, notice.rule, now, template.language, comments
    )
    facts = facts_in_words(session, comments, template.language)
    return render(policy, template, known | ({"facts": facts} if facts else {}) | notice.given, notice.edited)
