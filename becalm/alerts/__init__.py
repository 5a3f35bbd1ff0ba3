"""Comments with words of an alert list reach the list's owner within the run that found them."""

from .addresses import Address, addresses_of
from .noting import note_alerts
from .telling import Told, tell

__all__ = ["Address", "Told", "addresses_of", "note_alerts", "tell"]
