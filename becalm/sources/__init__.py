"""Where comments come from."""

from .folder import Inputs, find_inputs
from .rows import INVALID_UTF8, UNREADABLE, Row, read_rows

__all__ = ["INVALID_UTF8", "UNREADABLE", "Inputs", "Row", "find_inputs", "read_rows"]
