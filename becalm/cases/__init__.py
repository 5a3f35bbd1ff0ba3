"""Cases: what people have to look at, in which order, and why."""

from .clearing import Cleared
from .conservation import Conserved, check_conservation
from .history import root_subject
from .offenders import rank_offenders
from .opening import Opened, open_cases
from .strikes import give_strikes, stream_time

__all__ = [
    "Cleared", "Conserved", "Opened", "check_conservation", "give_strikes", "open_cases", "rank_offenders",
    "root_subject", "stream_time",
]  # fmt: skip
