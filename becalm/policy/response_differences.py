"""What changes in what is said to people, and on the way there: the tree, promises, and what texts say about us."""

from collections.abc import Iterator

from .difference import Difference, Whom, pairs
from .plain_words import listed
from .response_tree import End, Question
from .schema import Policy


def response_differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """Of the response tree, language, promises and `about_us`; templates are compared elsewhere."""
    yield from _tree(before, after)
    if before.language != after.language:
        yield Difference(Whom.WRITERS, "Language", f"is {after.language} instead of {before.language}.")
    for language, was, now in pairs(before.in_other_words, after.in_other_words):
        changed = [name for name in {**(was or {}), **(now or {})} if (was or {}).get(name) != (now or {}).get(name)]
        yield Difference(Whom.WRITERS, f"Rules in {language}", f"are told otherwise: {listed(changed)}.")
    if set(before.promises) != set(after.promises):
        words = f"may be: {listed(after.promises)}." if after.promises else "may no longer be made."
        yield Difference(Whom.STAFF, "Promises", words)
    for name, _, now in pairs(before.about_us, after.about_us):
        yield Difference(Whom.WRITERS, f"What texts say as {name}", f"is: {now}." if now else "is no longer said.")


def _tree(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = before.tree, after.tree
    if old is None or new is None:
        if old is not new:
            yield Difference(Whom.STAFF, "Response tree", "is new." if new else "is gone.")
        return
    if old.start != new.start:
        yield Difference(Whom.STAFF, "Response tree", f"begins with {new.questions[new.start].asks}")
    for _, asked, asks in pairs(old.questions, new.questions):
        yield Difference(Whom.STAFF, f"Question “{(asks or asked).asks}”", _question(asked, asks))
    for _, led, leads in pairs(old.ends, new.ends):
        yield Difference(Whom.STAFF, f"End “{(leads or led).says}”", _end(led, leads))


def _question(was: Question | None, now: Question | None) -> str:
    if was is None or now is None:
        return "is asked now." if now else "is no longer asked."
    if was.asks != now.asks:
        return f"was asked as “{was.asks}”"
    old, new = ({answer.id: answer for answer in question.answers} for question in (was, now))
    changed = [(now or was).says for _, was, now in pairs(old, new)]
    return f"other answers, or another way from them: {listed(changed)}" if changed else "other help, or another order."


def _end(was: End | None, now: End | None) -> str:
    if was is None or now is None:
        return f"leads to: {now.action}, with `{now.template}`." if now else "is gone."
    if (was.action, was.template) != (now.action, now.template):
        return f"leads to: {now.action}, with `{now.template}`, instead of {was.action}, with `{was.template}`."
    return "what follows it, or how it is told, changes."
