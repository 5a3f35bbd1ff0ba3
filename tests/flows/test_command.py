"""`becalm run` as it is installed: what fails inside the flow is one line and the contract's exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL

PATIENCE_SECONDS = 180


@pytest.fixture
def becalm_run(prefect_server: None, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """A file without the columns that every comment needs; no becalm command starts a server of its own here."""
    file = tmp_path / "colours.csv"
    file.write_text("colour,shape\ngreen,round\n")
    return subprocess.run(
        [Path(sys.executable).with_name("becalm"), "run", file],
        env=os.environ | {"PREFECT_API_URL": PREFECT_API_URL.value()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_unusable_input_is_one_line_and_status_2(becalm_run: subprocess.CompletedProcess[str]) -> None:
    assert becalm_run.returncode == 2
    assert "Traceback" not in becalm_run.stderr
    told = [line for line in becalm_run.stderr.splitlines() if line.startswith("becalm: ")]
    assert len(told) == 1
    assert "colours.csv: no row has `comment_id`" in told[0]
    assert becalm_run.stdout == ""
