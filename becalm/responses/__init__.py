"""What people are told: templates filled in, the tone before anything is sent, and when we have said enough."""

from .tone import Objection, Span, Tone, check_tone
from .values import ValueUnusable, person_name
from .writing import Missing, PlaceholdersMissing, Written, gaps_in, write

__all__ = [
    "Missing", "Objection", "PlaceholdersMissing", "Span", "Tone", "ValueUnusable", "Written", "check_tone", "gaps_in",
    "person_name", "write",
]  # fmt: skip
