import re
import unicodedata
from collections.abc import Callable

import pytest

from becalm.records import Reason
from becalm.signals import Evidence, Scores, score_comment
from becalm.signals.abuse import find_insults, strongest
from becalm.signals.reading import mend, read


def fold(text: str) -> str:
    """The little of normalising that these tests need."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"([^\w\s/])\1+", r"\1", unicodedata.normalize("NFKC", bare).lower()).split())


@pytest.fixture(scope="session")
def evidence() -> Callable[..., Evidence]:
    return lambda text, **known: Evidence(text, fold(text), **known)


@pytest.fixture(scope="session")
def score(evidence: Callable[..., Evidence]) -> Callable[..., Scores]:
    return lambda text, **known: score_comment(evidence(text, **known))


@pytest.fixture(scope="session")
def insulting(evidence: Callable[..., Evidence]) -> Callable[[str], list[Reason]]:
    """What the lexicon of abuse finds, without the trained model."""
    return lambda text: strongest(find_insults(mend(read(evidence(text)))))
