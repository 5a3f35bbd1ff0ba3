"""What changes in what decisions are stated as."""

from collections.abc import Iterator

from .difference import Difference, Whom, pairs
from .plain_words import listed
from .schema import Policy
from .statements import Restriction, Stated


def statement_differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """Action by action how it restricts, rule by rule what a breach counts as."""
    was, now = before.statements, after.statements
    for name, old, new in pairs(was.actions if was else {}, now.actions if now else {}):
        words = f"restricts: {_restriction(new)}." if new else "restricts nobody any more, so nothing is stated of it."
        yield Difference(Whom.WRITERS if not (old and new) else Whom.STAFF, f"Action {name}", words)
    for name, _, new in pairs(was.rules if was else {}, now.rules if now else {}):
        yield Difference(
            Whom.STAFF, f"Statements under {name}", _stated(new, "as under rules without words of their own")
        )
    if (was.otherwise if was else None) != (now.otherwise if now else None):
        yield Difference(Whom.STAFF, "Statements under other rules", _stated(now.otherwise if now else None, "nothing"))


def _restriction(restriction: Restriction) -> str:
    return listed([*(restriction.visibility or ()), *filter(None, [restriction.account, restriction.account_type])])


def _stated(stated: Stated | None, otherwise: str) -> str:
    if stated is None:
        return f"count {otherwise}."
    other = [stated.keyword_other] if stated.keyword_other else []
    law = "; a law may be named" if stated.may_be_illegal else ""
    return f"count as {listed([stated.category, *(stated.keywords or ()), *other])}{law}."
