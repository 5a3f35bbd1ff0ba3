"""Evidence about single comments that needs no index: each signal 0..1, with reasons a moderator understands."""

from .evidence import Context, Evidence, MaskedData, Scores, Surroundings
from .keywords import KeywordLists, compile_keywords
from .private_data import mask_private_data
from .relation import Company
from .score import SCORER_VERSION, score_comment, score_comments
from .trained import trained_on

__all__ = [
    "SCORER_VERSION", "Company", "Context", "Evidence", "KeywordLists", "MaskedData", "Scores", "Surroundings",
    "compile_keywords", "mask_private_data", "score_comment", "score_comments", "trained_on",
]  # fmt: skip
