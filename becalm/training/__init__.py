"""Training packs: scenarios drawn from real decided cases, quizzes over them, and refreshers when a rule changes.

How an erasure reaches the files is told in `forgetting`.
"""

from .drawing import InsufficientData
from .forgetting import Forgotten, drop_packs, forget, forget_person, renew
from .make import Wanted, make_pack, write_new_pack
from .pack import Pack, read_pack

__all__ = [
    "Forgotten", "InsufficientData", "Pack", "Wanted", "drop_packs", "forget", "forget_person", "make_pack",
    "read_pack", "renew", "write_new_pack",
]  # fmt: skip
