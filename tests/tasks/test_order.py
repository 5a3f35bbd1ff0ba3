"""The tests of this folder call plain functions; what they call is what the flows call."""

import importlib
import inspect
import re
from types import FunctionType

import pytest

STAGES = r"run\.add\((\w+)\("


@pytest.mark.parametrize("job", ["ingest", "moderate", "review"])
def test_the_whole_way_here_is_that_of_the_flows(job: str, whole_way: FunctionType) -> None:
    here = whole_way.__globals__
    flow = inspect.getsource(getattr(importlib.import_module(f"flows.{job}"), job).fn)
    if job == "moderate":
        assert re.findall(STAGES, flow) == [stage.fn.__name__ for stage in here["MODERATION"]]
    else:
        found = re.findall(STAGES, inspect.getsource(here[job]).replace(".fn(", "("))
        assert [name for name in re.findall(STAGES, flow) if name != "take_in_inbox"] == found
