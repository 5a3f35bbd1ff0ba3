"""Where comments come from."""

from .folder import Filings, Inputs, find_filings, find_inputs
from .rows import INVALID_UTF8, UNREADABLE, Row, read_rows

__all__ = ["INVALID_UTF8", "UNREADABLE", "Filings", "Inputs", "Row", "find_filings", "find_inputs", "read_rows"]
