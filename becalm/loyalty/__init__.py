"""Voices that come back: who praises again and again, whose complaint ended well, and how threads recover."""

from .recovery import Recovery, measure_recovery
from .stories import Story, find_stories
from .voices import Heard, read_answers, read_heard, recurring

__all__ = ["Heard", "Recovery", "Story", "find_stories", "measure_recovery", "read_answers", "read_heard", "recurring"]
