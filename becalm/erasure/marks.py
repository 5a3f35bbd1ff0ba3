"""What stages remember, without those who go, and that the next run has something to do."""

import json

from sqlalchemy.orm import Session

from ..store.marks import made_from, mark_made_from, mark_threads
from ..store.unpublished import MARK as UNPUBLISHED
from ..store.unpublished import unpublished
from .going import Going
from .rows import Counts

RESEMBLANCES = "resemblances"


def mend_marks(session: Session, going: Going) -> Counts:
    """Marks that held the id of an account or a comment that goes, by table; groups, strikes, cases and files are no
    longer taken for made from what is stored."""
    changed: Counts = Counts()
    waiting = unpublished(session)
    if waiting and not waiting.isdisjoint(going.comments):
        mark_made_from(session, UNPUBLISHED, " ".join(map(str, sorted(waiting - going.comments))))
        changed["stage_marks"] += 1
    known = json.loads(made_from(session, RESEMBLANCES) or "{}")
    held = {name: told for name, told in known.get("wanted", {}).items() if int(name) not in going.accounts}
    if len(held) < len(known.get("wanted", {})):
        mark_made_from(session, RESEMBLANCES, json.dumps(known | {"wanted": held}))
        changed["stage_marks"] += 1
    if going.comments or going.accounts or going.texts:
        mark_threads(session, ())
    return changed
