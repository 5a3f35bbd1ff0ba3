"""Measure false alarms of heat: `python -m benchmarks.heat HOME`.

HOME is one that calm comments were run through. The stream's clock is slid back over them in sixty steps, a day at
least, and threads are looked at as they stood then. A thread is hot where the shipped policy would suggest a reminder.
Nothing is kept of it.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from becalm.cases.facts import Facts
from becalm.cases.heat import read_heat
from becalm.cases.judging import judge
from becalm.policy import load_policy
from becalm.settings import Settings
from becalm.store import Comment, Store, Thread

STEPS = 60
_SETTLED = timedelta(days=2)


def moments(first: datetime, last: datetime) -> Iterator[datetime]:
    """When to look; not before there is something usual."""
    step = timedelta(days=max(1, (last - first).days // STEPS))
    at = first + _SETTLED
    while at < last:
        yield at
        at += step


def measure(home: Path) -> str:
    policy = load_policy()
    looked = alarms = 0
    hot: set[int] = set()
    with Store.open(Settings(home=home).store_url) as store, store.writing() as session:
        first, last = session.execute(select(func.min(Comment.published_at), func.max(Comment.published_at))).one()
        times = list(moments(first, last))
        for at in reversed(times):
            # What was not written yet is set aside in the way that heat leaves out comments.
            session.execute(update(Comment).where(Comment.published_at > at).values(is_brand=True))
            found = read_heat(session, policy, at)
            judged = judge(Facts((), (), (), found), policy)
            looked, alarms = looked + len(found), alarms + len(judged.threads)
            hot |= judged.threads.keys()
        threads = session.scalar(select(func.count()).select_from(Thread))
        session.rollback()
    return (
        f"{home.name}: {len(times)} moments, {looked} times a thread had enough comments and a harsh one; "
        f"{alarms} alarms, in {len(hot)} of {threads} threads"
    )


if __name__ == "__main__":
    for home in sys.argv[1:]:
        print(measure(Path(home)))
