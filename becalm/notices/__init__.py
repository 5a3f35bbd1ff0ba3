"""What authors, reporters and appellants are told: noted with the decision, filled in, and sent by the outbox."""

from .contesting import appeal_until, contestable_until
from .owed import Owed
from .owing import owe

__all__ = ["Owed", "appeal_until", "contestable_until", "owe"]
