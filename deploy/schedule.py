"""A local Prefect server with the work pool, all deployments and a worker, from here until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from becalm.settings import Settings, settings_for

HOST = "127.0.0.1"
POOL = "becalm"
PREFECT, BURY = (Path(__file__).with_name(name) for name in ("prefect_here.py", "bury.py"))
DEPLOYMENTS = Path(__file__).parents[1] / "prefect.yaml"
START_SECONDS = 120
STOP_SECONDS = 60
LOOK_SECONDS = 0.2

Process = subprocess.Popen[bytes]


class Fallen(Exception):
    """A part that should keep running, or end well, did not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where this server lives: its port, and a folder of its own, so that no other Prefect is touched."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def surroundings(self) -> dict[str, str]:
        """Of server, deploying and worker alike; further settings can stand in `profiles.toml` in the folder."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return others | {
            "PREFECT_HOME": str(self.folder),
            "PREFECT_API_URL": f"{self.url}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "DO_NOT_TRACK": "1",
            "PWD": str(Path.cwd()),
        }

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@click.command(help=__doc__)
@click.option("--port", default=4200, show_default=True)
def main(port: int) -> None:
    """Exit status 0 when it was stopped, 1 when a part of it fell, 2 when the port is taken."""
    if not is_free(port):
        sys.exit(tell(f"port {port} is taken, perhaps by another one of these; try `make schedule PORT={port + 1}`", 2))
    # A shell that starts us in the background has us ignore Ctrl-C, and what we start would inherit that.
    answer_signals(signal.default_int_handler)
    try:
        run(settings_for(), port)
    except KeyboardInterrupt:
        click.echo("stopped")
    except Fallen as error:
        sys.exit(tell(str(error), 1))


def run(settings: Settings, port: int) -> None:
    """All up, until this is interrupted; then all down, the worker first."""
    place = Place(port, (settings.home / "prefect").absolute())
    for folder in (place.folder, settings.inbox):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as parts:
        click.echo(f"starting Prefect at {place.url}")
        server = parts.enter_context(part(place, "server", "server", "start", "--host", HOST, "--port", str(port)))
        await_health(place, server)
        click.echo("deploying prefect.yaml")
        step(place, PREFECT, "work-pool", "create", POOL, "--type", "process", "--overwrite")
        step(place, PREFECT, "--no-prompt", "deploy", "--all", "--prefect-file", str(DEPLOYMENTS))
        step(place, BURY)
        worker = parts.enter_context(part(place, "worker", "worker", "start", "--pool", POOL))
        click.echo(f"runs and schedules  {place.url}")
        click.echo(f"put comments into   {settings.inbox}")
        click.echo(f"results             {settings.published}")
        click.echo(f"logs                {place.log('*')}")
        click.echo(f"stop                Ctrl-C, or kill {os.getpid()}")
        while server.poll() is None and worker.poll() is None:
            time.sleep(LOOK_SECONDS)
        raise Fallen(f"Prefect's {'worker' if server.poll() is None else 'server'} has stopped; see {place.log('*')}")


@contextmanager
def part(place: Place, name: str, *command: str) -> Iterator[Process]:
    """A part of Prefect in the background, in a session of its own: a Ctrl-C comes to it through us, in order."""
    with place.log(name).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, PREFECT, *command],
            env=place.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: Process) -> None:
    """Ask, and insist where that takes too long; a second Ctrl-C does not leave the rest running."""
    answer_signals(signal.SIG_IGN)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def step(place: Place, script: Path, *command: str) -> None:
    """A script that ends by itself."""
    with place.log("deploy").open("ab") as log:
        done = subprocess.run(
            [sys.executable, script, *command],
            env=place.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    if done.returncode:
        raise Fallen(f"{' '.join([script.stem, *command])} failed; see {place.log('deploy')}")


def await_health(place: Place, server: Process) -> None:
    """Returns when the server answers; raises `Fallen` when it will not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{place.url}/api/health", timeout=5):
                return
        except OSError:
            time.sleep(LOOK_SECONDS)
    raise Fallen(f"Prefect's server did not start; see {place.log('server')}")


def answer_signals(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    """Ctrl-C and a plain `kill` alike."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, handler)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def tell(line: str, status: int) -> int:
    click.echo(f"becalm: {line}", err=True)
    return status


if __name__ == "__main__":
    main()
