import unicodedata
from collections.abc import Callable

import pytest

from becalm.signals import Evidence, Scores, score_comment


def fold(text: str) -> str:
    """The little of normalising that these tests need."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@pytest.fixture(scope="session")
def evidence() -> Callable[..., Evidence]:
    return lambda text, **known: Evidence(text, fold(text), **known)


@pytest.fixture(scope="session")
def score(evidence: Callable[..., Evidence]) -> Callable[..., Scores]:
    return lambda text, **known: score_comment(evidence(text, **known))
