from itertools import groupby

import pytest

from becalm.simulate.stream import Stream, make_stream
from becalm.simulate.world import Draft, World, make_world


@pytest.fixture(scope="session")
def stream() -> Stream:
    return make_stream(5000, 14, 1)


@pytest.fixture(scope="session")
def families(stream: Stream) -> dict[str, list[Draft]]:
    members = sorted((d for d in stream.drafts if d.family), key=lambda d: d.family)
    return {family: list(drafts) for family, drafts in groupby(members, key=lambda d: d.family)}


@pytest.fixture
def world() -> World:
    return make_world(500, 14, 7)
