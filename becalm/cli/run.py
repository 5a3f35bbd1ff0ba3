"""`becalm run`."""

import time
from pathlib import Path

import click

from .options import existing, home_option, policy_option
from .surroundings import quiet_prefect, read_settings

STARTED = time.perf_counter()


@click.command()
@click.argument("comments", type=existing)
@click.option(
    "--threads", type=existing, help="File or folder of threads (default: threads* in the folder of comments)."
)
@home_option
@policy_option
def run(comments: Path, threads: Path | None, home: Path | None, policy: Path | None) -> None:
    """The whole way once: COMMENTS (JSON Lines, CSV, Parquet or a folder of them) to queues and a report."""
    from ..closing import print_closing
    from ..policy import load_policy
    from ..sources import find_inputs

    settings = read_settings(home, policy)
    find_inputs(comments, threads)  # before the slow start, so that a wrong path is told at once
    load_policy(settings.policy)
    quiet_prefect()
    from ..jobs import job

    job("prepare")(settings)
    work = job("run")
    ready = time.perf_counter()
    figures = work(comments, threads, home=settings.home, policy=settings.policy)
    print_closing(figures, startup=ready - STARTED, whole=time.perf_counter() - ready)
    click.echo(f"queues  {settings.published / 'queues'}")
    click.echo(f"review  {settings.published / 'review' / 'index.html'}")
    click.echo(f"checks  {settings.data_docs / 'index.html'}")
