"""Everything becalm knows, in any database that SQLAlchemy reaches."""

from .base import Base, UTCDateTime, stable_id
from .cases import Case, CaseComment, Clearance, PolicyVersion
from .comments import Account, Comment, CommentVersion, Text, Thread
from .engine import Store
from .groups import Campaign, Group, GroupText, NeighbourPair
from .intake import Batch, Quarantined, RawRow
from .offenders import Alternate, Offender, Strike
from .runs import Run, StageMark
from .signals import Signals
from .vectors import Model, Vector

__all__ = [
    "Account", "Alternate", "Base", "Batch", "Campaign", "Case", "CaseComment", "Clearance", "Comment",
    "CommentVersion", "Group", "GroupText", "Model", "NeighbourPair", "Offender", "PolicyVersion", "Quarantined",
    "RawRow", "Run", "Signals", "StageMark", "Store", "Strike", "Text", "Thread", "UTCDateTime", "Vector", "stable_id",
]  # fmt: skip
