"""The log of decisions: append-only, chained, and apart from what is done because of them."""

from .chain import append
from .force import Force, decisions_of, force_of
from .record import Decided
from .verify import Verified, verify_chain

__all__ = ["Decided", "Force", "Verified", "append", "decisions_of", "force_of", "verify_chain"]
