"""`becalm simulate`."""

from pathlib import Path

import click

from .options import folder


@click.command()
@click.option("--out", type=folder, required=True, help="Folder for comments.jsonl, threads.jsonl and truth.csv.")
@click.option("--comments", type=click.IntRange(min=0), default=5_000, show_default=True)
@click.option("--days", type=click.IntRange(min=1), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def simulate(out: Path, comments: int, days: int, seed: int) -> None:
    """A labelled stream of a fictional brand's channels, for demos, training and load."""
    from ..simulate import simulate as write_stream

    simulation = write_stream(out, comments=comments, days=days, seed=seed)
    click.echo(f"{simulation.comments:,} comments in {simulation.seconds:.1f} s: {out}")
