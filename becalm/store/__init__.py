"""Everything becalm knows, in any database that SQLAlchemy reaches."""

from .actions import Action
from .alerts import Alert, AlertDelivery
from .appeals import Appeal
from .base import Base, UTCDateTime, stable_id
from .cases import Case, CaseComment, Clearance, PolicyVersion
from .cleared_looks import ClearedLook
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
from .reports import HeldIntake, Report, Reported, Reporter, ReporterMeasure
from .rings import Ring, RingAnswer
from .rulings import PairRuling, TextRuling
from .runs import Run, StageMark
from .signals import Signals
from .statements import DecisionGround, Statement
from .training import QuizResult, TrainingPack, TrainingSource
from .vectors import Model, Vector

__all__ = [
    "Access", "Account", "Action", "Alert", "AlertDelivery", "Alternate", "Appeal", "Base", "Batch", "Campaign",
    "CampaignEvent", "CampaignText", "Case", "CaseComment", "CaseEvent", "ChainHead", "Clearance", "ClearedLook",
    "Comment", "CommentVersion", "Consent", "ConsentState", "Decision", "DecisionGround", "Erasure", "Group",
    "GroupText", "HeldIntake", "Measure", "Model", "NeighbourPair", "Notice", "NoticeCause", "Offender", "PairRuling",
    "PolicyFeedback", "PolicyVersion", "Quarantined", "QuizResult", "RawRow", "Report", "Reported", "Reporter",
    "ReporterMeasure", "Resemblance", "Ring", "RingAnswer", "Run", "SecondLook", "Signals", "StageMark", "Statement",
    "Store", "StoreSecret", "Strike", "Text", "TextRuling", "Thread", "Tombstone", "TrainingPack", "TrainingSource",
    "UTCDateTime", "Vector", "keep_consent", "stable_id",
]  # fmt: skip
