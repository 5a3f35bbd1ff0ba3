"""What changes in how decisions are carried out and told, in plain words."""

from collections.abc import Iterator

from .difference import Difference, Whom, pairs
from .outbox import Effect
from .plain_words import listed
from .schema import Policy


def outbox_differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """First what people notice who write to us."""
    yield from _notices(before, after)
    for name, old, new in pairs(before.outbox.effects, after.outbox.effects):
        yield Difference(Whom.STAFF, f"Action {name}", f"{_effect(new)}; until now it {_effect(old)}.")
    if before.outbox.spares_below_spam != after.outbox.spares_below_spam:
        words = f"is spared below a spam score of {after.outbox.spares_below_spam:g}"
        yield Difference(Whom.STAFF, "The oldest of copies", f"{words} instead of {before.outbox.spares_below_spam:g}.")
    for name in type(after.outbox.retries).model_fields:
        was_number, now_number = (getattr(policy.outbox.retries, name) for policy in (before, after))
        if was_number != now_number:
            words = f"{name} changes from {was_number:g} to {now_number:g}."
            yield Difference(Whom.STAFF, "Attempts to carry out", words)


def _notices(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = before.notices, after.notices
    if set(old.exempt) != set(new.exempt):
        words = f"hides or takes down without telling the author: {listed(new.exempt) or 'no rule'}"
        yield Difference(Whom.WRITERS, "Notices", f"{words}; until now: {listed(old.exempt) or 'no rule'}.")
    if old.exempt_from_spam != new.exempt_from_spam:
        words = f"are spared to authors from a spam score of {new.exempt_from_spam:g} on"
        yield Difference(Whom.WRITERS, "Notices", f"{words} instead of {old.exempt_from_spam:g}.")
    for key, what in (("first", "the first one"), ("lifted", "what tells of a measure taken by mistake")):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            words = f"{what} is {f'`{now}`' if now else 'none of its own'}; until now: {f'`{was}`' if was else 'none'}."
            yield Difference(Whom.WRITERS, "Notices", words)


def _effect(effect: Effect | None) -> str:
    if effect is None:
        return "changes nothing on the platform"
    back = f"taken back by {effect.taken_back_by}" if effect.taken_back_by else "never taken back"
    return f"is done to each {effect.on} at level {effect.level}, and {back}"
