"""Everything becalm knows, in any database that SQLAlchemy reaches."""

from .alerts import Alert, AlertDelivery
from .base import Base, UTCDateTime, stable_id
from .cases import Case, CaseComment, Clearance, PolicyVersion
from .comments import Account, Comment, CommentVersion, Text, Thread
from .decisions import CaseEvent, ChainHead, Decision
from .engine import Store
from .feedback import PolicyFeedback
from .groups import Campaign, CampaignEvent, CampaignText, Group, GroupText, NeighbourPair
from .intake import Batch, Quarantined, RawRow
from .offenders import Alternate, Offender, Strike
from .rulings import PairRuling, TextRuling
from .runs import Run, StageMark
from .signals import Signals
from .vectors import Model, Vector

__all__ = [
    "Account", "Alert", "AlertDelivery", "Alternate", "Base", "Batch", "Campaign", "CampaignEvent", "CampaignText",
    "Case", "CaseComment", "CaseEvent", "ChainHead", "Clearance", "Comment", "CommentVersion", "Decision", "Group",
    "GroupText", "Model", "NeighbourPair", "Offender", "PairRuling", "PolicyFeedback", "PolicyVersion", "Quarantined",
    "RawRow", "Run", "Signals", "StageMark", "Store", "Strike", "Text", "TextRuling", "Thread", "UTCDateTime",
    "Vector", "stable_id",
]  # fmt: skip
