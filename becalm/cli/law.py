"""The law that a decision rests on, where it rests on more than the rule."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ..cases.settling import Settled
    from ..policy import Policy


@dataclass(frozen=True, slots=True)
class Law:
    """Which law is broken, and why."""

    law: str
    because: str

    def name(self, session: "Session", policy: "Policy", settled: "Settled", now: datetime) -> None:
        """Kept with the decision, in its transaction."""
        from ..statements.grounds import name_law

        name_law(session, policy, settled.decision, self.law, self.because, now)


def law_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--law` and `--because`, handed in as one `law`, None without them."""

    @click.option("--law", "named", help="The law it breaks, where the rule may be a matter of law.")
    @click.option("--because", help="Why it breaks that law; it stands in the statement of reasons.")
    @functools.wraps(command)
    def wrapped(*said: object, named: str | None, because: str | None, **more: object) -> None:
        if (named is None) != (because is None):
            raise click.UsageError("--law and --because go together")
        command(*said, law=Law(named, because) if named is not None and because is not None else None, **more)

    return wrapped
