"""Which word somebody probably meant."""

from collections.abc import Collection
from difflib import get_close_matches


def nearest(name: str, names: Collection[str]) -> str:
    """The end of a sentence: `; did you mean ...?` for a typo, else what there is to choose from."""
    close = get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f"; there are: {', '.join(sorted(names))}" if names else ""
