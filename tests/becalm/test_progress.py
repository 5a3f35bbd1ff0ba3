import os
import pty
import sys
import termios

import pytest

from becalm.progress import WORTH_SHOWING, progress


def drawn(monkeypatch: pytest.MonkeyPatch, total: int, *steps: int) -> str:
    """What a terminal on standard error gets to see."""
    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (40, 120))
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(writer, "w") as terminal, monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", terminal)
        with progress("embed", total) as advance:
            for step in steps:
                advance(step)
        terminal.write("end")
        terminal.flush()
        seen = b""
        while not seen.endswith(b"end"):
            seen += os.read(reader, 65_536)
    os.close(reader)
    return seen.decode().removesuffix("end")


def test_a_bar_grows_on_a_terminal(monkeypatch):
    seen = drawn(monkeypatch, WORTH_SHOWING * 2, WORTH_SHOWING, WORTH_SHOWING)
    assert "embed" in seen
    assert f"{WORTH_SHOWING * 2}/{WORTH_SHOWING * 2}" in seen


def test_work_of_a_moment_draws_nothing(monkeypatch):
    assert drawn(monkeypatch, WORTH_SHOWING - 1, 5) == ""


def test_nothing_is_drawn_where_nobody_watches(capfd):
    with progress("embed", WORTH_SHOWING * 10) as advance:
        advance(5)
    assert capfd.readouterr() == ("", "")
