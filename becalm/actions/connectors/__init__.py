"""Ways to platforms: nothing but a rehearsal, a file, or an address of one's own."""

from .choosing import connectors_of
from .dry_run import DRY_RUN, DryRun
from .file import RecordedFile
from .order import Connector, Order, Refused, TryAgain
from .webhook import Webhook

__all__ = ["DRY_RUN", "Connector", "DryRun", "Order", "RecordedFile", "Refused", "TryAgain", "Webhook", "connectors_of"]
