"""What changes from one policy to the next, for whom, in plain words."""

from collections.abc import Callable, Iterator
from typing import Any

from .difference import Difference, Whom, pairs, reworded
from .outbox_differences import outbox_differences
from .plain_words import days, hours, listed, step_in_words
from .response_differences import response_differences
from .retention import KEPT
from .rule_differences import rule_differences
from .schema import Policy, Queue
from .templates import Audience, Template


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Everything that changes, rule by rule first; nothing when both say the same under whatever version."""
    return (
        *rule_differences(before, after),
        *_actions(before, after),
        *_ladder(before, after),
        *_templates(before, after),
        *response_differences(before, after),
        *_keywords(before, after),
        *_queues(before, after),
        *_people(before, after),
        *_definitions(before, after),
        *_contacts(before, after),
        *_retention(before, after),
        *_reckoning(before, after),
        *_reports(before, after),
        *_appeals(before, after),
        *outbox_differences(before, after),
    )


def _actions(before: Policy, after: Policy) -> Iterator[Difference]:
    for name, was, now in pairs(before.actions, after.actions):
        if was is None or now is None:
            words = f"is new: {now.description}" if now else "is gone."
        elif was.description != now.description:
            words = f"means: {now.description}"
        elif was.talks != now.talks:
            words = "reaches a person now." if now.talks else "no longer reaches a person."
        else:
            words = f"{', '.join(f'{key} is {_plain(b)} now' for key, _, b in _other(was, now))}."
        yield Difference(Whom.STAFF, f"Action {name}", words)


def _ladder(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = ({step.strikes: step for step in policy.ladder} for policy in (before, after))
    for strikes, was, now in pairs(old, new):
        about = f"Strikes of weight {strikes:g}"
        if was is None:
            words = f"lead to: {step_in_words(now)}. Until now that was no step."
        elif now is None:
            words = f"lead to no step of their own any more; it was: {step_in_words(was)}."
        elif step_in_words(was) != step_in_words(now):
            words = f"lead to: {step_in_words(now)}, instead of {step_in_words(was)}."
        else:
            words = f"are told by `{now.template}` instead of `{was.template}`."
        yield Difference(Whom.WRITERS, about, words)


def _templates(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = ({(one.id, one.language): one for one in policy.templates} for policy in (before, after))
    for (name, language), was, now in pairs(old, new):
        whom = Whom.STAFF if (now or was).audience == Audience.INTERNAL else Whom.WRITERS
        yield Difference(whom, f"Template {name} ({language})", _template_words(was, now))


def _template_words(was: Template | None, now: Template | None) -> str:
    if was is None or now is None:
        return f'is new: "{now.text}"' if now else "is gone."
    told = [reworded(was.text, now.text)] if was.text != now.text else []
    told += [f"for {listed(now.actions)} instead of {listed(was.actions)}"] if was.actions != now.actions else []
    told += [f"addressed to {now.audience} instead of {was.audience}"] if was.audience != now.audience else []
    return f"{'; '.join(told)}."


def _keywords(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = ({one.id: one for one in policy.keywords} for policy in (before, after))
    for name, was, now in pairs(old, new):
        if was is None or now is None:
            words = f"is listened for: {listed(now.phrases)}." if now else "is no longer listened for."
            yield Difference(Whom.LEADS, f"Alert list {name}", words)
            continue
        more = [phrase for phrase in now.phrases if phrase not in was.phrases]
        fewer = [phrase for phrase in was.phrases if phrase not in now.phrases]
        told = [f"listens for {listed(more)} too"] if more else []
        told += [f"no longer listens for {listed(fewer)}"] if fewer else []
        told += [f"{name_of} changes from {_plain(a)} to {_plain(b)}" for name_of, a, b in _other(was, now, "phrases")]
        yield Difference(Whom.LEADS, f"Alert list {name}", f"{'; '.join(told) or 'its words stand in another order'}.")


def _queues(before: Policy, after: Policy) -> Iterator[Difference]:
    for _, was, now in pairs(before.queues, after.queues):
        about = f"Queue {(now or was).title}"
        if was is None or now is None:
            words = f"is new: {now.purpose} Cases wait {hours(now.service_hours)} at most." if now else "is gone."
            yield Difference(Whom.STAFF, about, words)
        else:
            yield from (Difference(Whom.STAFF, about, words) for words in _queue_words(was, now))


def _queue_words(was: Queue, now: Queue) -> Iterator[str]:
    if was.service_hours != now.service_hours:
        shorter = "sooner" if now.service_hours < was.service_hours else "later"
        yield f"cases are due within {hours(now.service_hours)} instead of {hours(was.service_hours)}: {shorter}."
    if was.customers_first != now.customers_first:
        yield "customers come first here." if now.customers_first else "customers no longer come first here."
    if was.title != now.title:
        yield f"was called {was.title}."
    if was.purpose != now.purpose:
        yield f"is for: {now.purpose}"


def _people(before: Policy, after: Policy) -> Iterator[Difference]:
    """Without their names: the file says who they are."""
    for name, was, now in pairs(before.people, after.people):
        if was is None or now is None:
            words = f"works with the cases now, as {listed(now.roles)}." if now else "no longer works with the cases."
        else:
            words = f"{'; '.join(f'{key} change from {_plain(a)} to {_plain(b)}' for key, a, b in _other(was, now))}."
        yield Difference(Whom.LEADS, f"Person {name}", words)


def _definitions(before: Policy, after: Policy) -> Iterator[Difference]:
    for name, was, now in pairs(before.definitions, after.definitions):
        about = f"What {name} means"
        if was is None or now is None:
            yield Difference(Whom.STAFF, about, f"is new: {now.short}" if now else "is no longer said.")
        else:
            said, says = (f"{one.short} {one.long or ''}" for one in (was, now))
            yield Difference(Whom.STAFF, about, f"{reworded(said, says)}.")


def _contacts(before: Policy, after: Policy) -> Iterator[Difference]:
    for _, was, now in pairs(before.contacts, after.contacts):
        about = (now or was).title
        if was is None or now is None:
            words = (
                f"takes over {_taken(now.rules)} within {hours(now.within_hours)}." if now else "takes over nothing."
            )
        else:
            words = (
                "; ".join(f"{name} changes from {_plain(a)} to {_plain(b)}" for name, a, b in _other(was, now)) + "."
            )
        yield Difference(Whom.LEADS, about, words)


def _taken(rules: tuple[str, ...] | None) -> str:
    return listed(rules) if rules else "what nobody else does"


def _retention(before: Policy, after: Policy) -> Iterator[Difference]:
    for name, was, now in pairs(before.retention, after.retention):
        old = f"{days(was.days)} ({was.then})" if was else "without end"
        new = f"{days(now.days)} ({now.then})" if now else "without end"
        yield Difference(Whom.DATA, KEPT[name].capitalize(), f"are kept {new} instead of {old}.")


def _reckoning(before: Policy, after: Policy) -> Iterator[Difference]:
    """How offenders and priorities are reckoned, and how long a review looks back."""
    parts: dict[str, Callable[[Policy], Any]] = {
        "Ranking of offenders": lambda policy: policy.offenders, "Priority": lambda policy: policy.priority,
        "Rings": lambda policy: policy.rings, "Heat of threads": lambda policy: policy.heat,
        "Work on cases": lambda policy: policy.work, "Review": lambda policy: policy.review,
    }  # fmt: skip
    for about, part in parts.items():
        for name, was, now in _other(part(before), part(after)):
            yield Difference(Whom.STAFF, about, f"{name} changes from {_plain(was)} to {_plain(now)}.")


def _reports(before: Policy, after: Policy) -> Iterator[Difference]:
    for name, _was, now in pairs(before.reports.reasons, after.reports.reasons):
        words = f"is now: {now.title} (rule {now.rule})." if now else "can't be chosen any more."
        yield Difference(Whom.WRITERS, f"Reason to report {name}", words)
    for name, was, now in _other(before.reports, after.reports, "reasons"):
        yield Difference(Whom.STAFF, "Reports by users", f"{name} changes from {_plain(was)} to {_plain(now)}.")


def _appeals(before: Policy, after: Policy) -> Iterator[Difference]:
    was, now = before.appeals, after.appeals
    if was.queue != now.queue:
        words = f"are worked on in the queue {now.queue}." if now.queue else "are not taken in any more."
        yield Difference(Whom.WRITERS, "Appeals", words)
    if was.window_days != now.window_days:
        words = f"are taken in for {days(now.window_days)} instead of {days(was.window_days)}."
        yield Difference(Whom.WRITERS, "Appeals", words)


def _other(was: Any, now: Any, *without: str) -> Iterator[tuple[str, Any, Any]]:
    """The fields that differ, one within another as `weights.reach`."""
    for name in type(was).model_fields:
        old, new = getattr(was, name), getattr(now, name)
        if name in without or old == new:
            continue
        if hasattr(old, "model_fields_set") and hasattr(new, "model_fields_set"):
            yield from ((f"{name}.{inner}", a, b) for inner, a, b in _other(old, new))
        else:
            yield name.replace("_", " ").strip(), old, new


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return listed([_plain(each) for each in value])
    return f"{value:g}" if isinstance(value, float) else "nothing" if value is None else str(value)
