"""What `becalm reports` and `becalm appeals` share: files taken in, and rows that can't be."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .lines import until_reader_leaves
from .surroundings import open_store, read_settings

if TYPE_CHECKING:
    from ..policy import Policy
    from ..reports.held import Filed
    from ..store import Store


def take_in_file(
    take_in: "Callable[[Store, Policy, Path, datetime], Filed]", noun: str, file: Path, as_json: bool,
    home: Path | None, policy: Path | None,
) -> None:  # fmt: skip
    """Take the file in, and tell what became of its rows."""
    from ..policy import load_policy
    from ..screen import print_records
    from ..wording import counted

    settings = read_settings(home, policy)
    rules = load_policy(settings.policy)
    with open_store(settings) as store:
        filed = take_in(store, rules, file, datetime.now(UTC))
    if as_json:
        print_records([asdict(filed)])
        return
    held = f"; {filed.held:,} held back, see `becalm {noun}s list --held`" if filed.held else ""
    click.echo(f"{counted(filed.rows, 'row')}: {counted(filed.new, noun)} new, {filed.known:,} known before{held}")


def list_held(room: str, as_json: bool, home: Path | None) -> None:
    """The rows that can't be taken in, by file and line, without what stands in them."""
    from ..reports.held import held_rows
    from ..screen import print_records
    from ..visible import visible

    with open_store(read_settings(home)) as store, store.reading() as session, until_reader_leaves():
        for one in held_rows(session, room):
            if as_json:
                print_records([{"source": one.source, "line": one.line, "why": one.why}])
            else:
                click.echo(visible(f"{one.source}:{one.line}: {one.why}"))
