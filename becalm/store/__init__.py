"""Everything becalm knows, in any database that SQLAlchemy reaches."""

from .actions import Action
from .alerts import Alert, AlertDelivery
from .base import Base, UTCDateTime, stable_id
from .cases import Case, CaseComment, Clearance, PolicyVersion
from .comments import Account, Comment, CommentVersion, Text, Thread
from .consents import Consent, ConsentState, keep_consent
from .decisions import CaseEvent, ChainHead, Decision, SecondLook
from .engine import Store
from .erasures import Access, Erasure, StoreSecret, Tombstone
from .feedback import PolicyFeedback
from .groups import Campaign, CampaignEvent, CampaignText, Group, GroupText, NeighbourPair
from .intake import Batch, Quarantined, RawRow
from .measures import Measure
from .notices import Notice, NoticeCause
from .offenders import Alternate, Offender, Resemblance, Strike
from .rings import Ring, RingAnswer
from .rulings import PairRuling, TextRuling
from .runs import Run, StageMark
from .signals import Signals
from .statements import DecisionGround, Statement
from .training import QuizResult, TrainingPack, TrainingSource
from .vectors import Model, Vector

__all__ = [
    "Access", "Account", "Action", "Alert", "AlertDelivery", "Alternate", "Base", "Batch", "Campaign", "CampaignEvent",
    "CampaignText", "Case", "CaseComment", "CaseEvent", "ChainHead", "Clearance", "Comment", "CommentVersion",
    "Consent", "ConsentState", "Decision", "DecisionGround", "Erasure", "Group", "GroupText", "Measure", "Model",
    "NeighbourPair", "Notice", "NoticeCause", "Offender", "PairRuling", "PolicyFeedback", "PolicyVersion",
    "Quarantined", "QuizResult", "RawRow", "Resemblance", "Ring", "RingAnswer", "Run", "SecondLook", "Signals",
    "StageMark", "Statement", "Store", "StoreSecret", "Strike", "Text", "TextRuling", "Thread", "Tombstone",
    "TrainingPack", "TrainingSource", "UTCDateTime", "Vector", "keep_consent", "stable_id",
]  # fmt: skip
