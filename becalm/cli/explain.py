"""`becalm explain`."""

from pathlib import Path

import click

from .accesses import note
from .lines import until_reader_leaves
from .options import home_option, user_option
from .surroundings import open_store, read_settings


@click.command()
@click.argument("comment_id")
@home_option
@user_option
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def explain(comment_id: str, home: Path | None, by: str, as_json: bool) -> None:
    """Why the comment COMMENT_ID (or PLATFORM/COMMENT_ID) was treated as it was: every signal with its reasons, its
    group, its cases, its thread, and what its author did before.
    """
    from ..accesses import keys_of_comment
    from ..explain.explanation import explain as explain_comment
    from ..explain.find import find_comment
    from ..explain.page import print_page
    from ..explain.record import explanation_record
    from ..screen import print_records

    with open_store(read_settings(home)) as store, store.reading() as session:
        comment = find_comment(session, comment_id)
        explanation, whose = explain_comment(session, comment), keys_of_comment(session, comment.id)
        with until_reader_leaves():
            if as_json:
                print_records([explanation_record(explanation)])
            else:
                print_page(explanation)
        note(store, by, "explain", whose)
