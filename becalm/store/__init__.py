"""Everything becalm knows, in any database that SQLAlchemy reaches."""

from .alerts import Alert, AlertDelivery
from .base import Base, UTCDateTime, stable_id
from .cases import Case, CaseComment, Clearance, PolicyVersion
from .cleared_looks import ClearedLook
from .comments import Account, Comment, CommentVersion, Text, Thread
from .consents import Consent, ConsentState, keep_consent
from .decisions import CaseEvent, ChainHead, Decision, SecondLook
from .engine import Store
from .feedback import PolicyFeedback
from .groups import Campaign, CampaignEvent, CampaignText, Group, GroupText, NeighbourPair
from .intake import Batch, Quarantined, RawRow
from .measures import Measure
from .offenders import Alternate, Offender, Resemblance, Strike
from .rings import Ring, RingAnswer
from .rulings import PairRuling, TextRuling
from .runs import Run, StageMark
from .signals import Signals
from .vectors import Model, Vector

__all__ = [
    "Account", "Alert", "AlertDelivery", "Alternate", "Base", "Batch", "Campaign", "CampaignEvent", "CampaignText",
    "Case", "CaseComment", "CaseEvent", "ChainHead", "Clearance", "ClearedLook", "Comment", "CommentVersion", "Consent",
    "ConsentState", "Decision", "Group", "GroupText", "Measure", "Model", "NeighbourPair", "Offender", "PairRuling",
    "PolicyFeedback", "PolicyVersion", "Quarantined", "RawRow", "Resemblance", "Ring", "RingAnswer", "Run",
    "SecondLook", "Signals", "StageMark", "Store", "Strike", "Text", "TextRuling", "Thread", "UTCDateTime", "Vector",
    "keep_consent", "stable_id",
]  # fmt: skip
