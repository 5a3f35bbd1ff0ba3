from importlib.metadata import entry_points

import pytest

from becalm.errors import BecalmError
from becalm.jobs import job


def test_an_unknown_job_says_how_to_install():
    with pytest.raises(BecalmError, match="`nothing` is not installed; run `make install`"):
        job("nothing")


@pytest.mark.parametrize("name", ["prepare", "run", "replay", "sweep", "texts"])
def test_what_the_command_line_starts_is_installed(name):
    assert len(entry_points(group="becalm.jobs", name=name)) == 1
    assert callable(job(name))
