"""Alerts as a stage: within the run that takes the comments in, and never again."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.store import Alert, AlertDelivery

# Sends into a file, and dies before or after that where it is told to.
SENDER = """
import os, signal, sys
from pathlib import Path
from apprise.decorators import notify
from pydantic import SecretStr
from becalm.settings import Settings
from tasks.alerts import send_alerts

home, letters, moment = sys.argv[1:]

@notify(on="letterbox")
def deliver(body, title, notify_type, *args, **kwargs):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    with Path(letters).open("a", encoding="utf-8") as file:
        file.write(body)
    if moment == "after":
        os.kill(os.getpid(), signal.SIGKILL)

send_alerts.fn(Settings(home=Path(home), alert_urls={"*": (SecretStr("letterbox://desk"),)}))
"""


@pytest.fixture
def send(home: Any, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs the stage in a process of its own; says how that ended, and what was delivered by it."""
    letters = tmp_path / "letters"

    def run(moment: str = "never") -> tuple[int, str]:
        letters.write_text("")
        command = [sys.executable, "-c", SENDER, str(home.settings.home), str(letters), moment]
        quiet = os.environ | {"PREFECT_LOGGING_LEVEL": "CRITICAL"}
        ended = subprocess.run(command, check=False, capture_output=True, env=quiet)
        assert ended.returncode in (0, -signal.SIGKILL), ended.stderr.decode()
        return ended.returncode, letters.read_text("utf-8")

    return run


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_killed_while_sending_never_tells_twice(
    home: Any, send: Callable[..., Any], comment: Callable[..., Any], write: Callable[..., Path], moment: str
) -> None:
    home.run(write([comment("there is a bomb threat in the first shop")]))
    status, delivered = send(moment)
    assert status == -signal.SIGKILL
    assert ("first shop" in delivered) is (moment == "after")
    home.run(write([comment("there is a bomb threat in the second shop")], "more.jsonl"))
    status, delivered = send()
    assert status == 0
    assert "second shop" in delivered
    assert "first shop" not in delivered
    assert "cut off while it told of 1 comment." in delivered
    assert send() == (0, "")


def test_alerts_are_noted_once_with_their_case(
    home: Any, send: Callable[..., Any], comment: Callable[..., Any], write: Callable[..., Path]
) -> None:
    path = write([comment("there is a b0mb thr3at in the shop, call me on +44 7911 123456"), comment("a nice shop")])
    counts = home.run(path)
    assert (counts["alerts noted"], counts["alert messages"], counts["alerts waiting"]) == (1, 0, 1)
    _, delivered = send()
    (case,) = home.published("queues/escalation")
    assert f"case {case['case_id']} in file://" in delivered
    assert "7911" not in delivered
    assert home.run(path)["alerts noted"] == 0
    assert home.ask(select(Alert.alert_list, Alert.is_waiting)) == [("threats", False)]
    assert home.ask(select(AlertDelivery.state)) == [("sent",)]
