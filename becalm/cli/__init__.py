"""The command line: exit status 0 done, 1 the run failed, 2 the input or the arguments can't be used."""

from .app import becalm, main
from .export import EXPORTED

__all__ = ["EXPORTED", "becalm", "main"]
