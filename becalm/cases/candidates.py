"""Which comments a rule could be met by, asked of the database, so that facts are read of those alone."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute

from ..policy import AppliesTo, Policy, Rule
from ..policy.conditions import Condition
from ..store import Comment, Group, GroupText, Signals
from ..store.lists import is_filled

Columns = dict[str, InstrumentedAttribute[Any]]

OF_COMMENTS: Columns = {"rating": Comment.rating, "likes": Comment.likes}
OF_SIGNALS: Columns = {
    "spam": Signals.spam, "abuse": Signals.abuse, "off_topic": Signals.off_topic, "complaint": Signals.complaint,
    "praise": Signals.praise, "sentiment": Signals.sentiment,
}  # fmt: skip
LISTS: Columns = {
    "keywords": Signals.keywords, "praised": Signals.praised, "private_data": Signals.private_data,
    "private_data_of": Signals.private_data,
}  # fmt: skip


def candidates(policy: Policy) -> CompoundSelect[int]:
    """Ids of all comments that could meet a rule on their own, and of those in campaigns and floods.

    Some too many or twice, and none too few: only numbers are compared, and of each rule only those that one table has.
    """
    rules = [rule for rule in policy.rules_for(AppliesTo.COMMENT) if not rule.is_of_reports]
    by_comment = [_asked(policy, rule, OF_COMMENTS) for rule in rules if OF_COMMENTS.keys() & rule.when.keys()]
    by_signals = [_asked(policy, rule, OF_SIGNALS) for rule in rules if not OF_COMMENTS.keys() & rule.when.keys()]
    found: list[Select[int]] = [_grouped()]
    if by_comment:
        found.append(select(Comment.id).where(or_(*by_comment)))
    if by_signals:
        found.append(select(Signals.comment_id).where(or_(*by_signals)))
    return union_all(*found)


def _grouped() -> Select[int]:
    return (
        select(Comment.id)
        .join(GroupText, GroupText.text_id == Comment.text_id)
        .join(Group, Group.id == GroupText.group_id)
        .where(Group.campaign_id.is_not(None))
    )


def _asked(policy: Policy, rule: Rule, columns: Columns) -> ColumnElement[bool]:
    """What the rule asks of these columns and, where they are those of the signals, of the lists beside them."""
    numbers = [_within(policy, columns[name], ask) for name, ask in rule.when.items() if name in columns]
    lists = LISTS if columns is OF_SIGNALS else {}
    filled = [
        is_filled(column) for name, column in lists.items() if name in rule.when and _is_any(policy, rule.when[name])
    ]
    return and_(true(), *numbers, *filled)


def _within(policy: Policy, column: InstrumentedAttribute[Any], condition: Condition) -> ColumnElement[bool]:
    low = [] if condition.at_least is None else [column >= policy.number(condition.at_least)]
    high = [] if condition.at_most is None else [column <= policy.number(condition.at_most)]
    return and_(true(), *low, *high)


def _is_any(policy: Policy, condition: Condition) -> bool:
    """Whether an empty list can't meet the condition."""
    at_least = 0 if condition.at_least is None else policy.number(condition.at_least)
    return condition.is_ is not None or bool(condition.any_of) or at_least > 0
