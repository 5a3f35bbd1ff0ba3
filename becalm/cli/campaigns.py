"""`becalm campaigns`: the list, one of them, or a sweep of the verdict's threshold."""

from pathlib import Path

import click
from click.core import ParameterSource

from ..campaigns.names import SORTS, STATES, VERDICTS
from .accesses import note
from .lines import until_reader_leaves
from .options import existing, home_option, user, writable
from .surroundings import open_store, quiet_prefect, read_settings
from .thresholds import Thresholds

OF_THE_LIST = ("verdict", "state", "sort", "limit", "everything")
OF_THE_SWEEP = ("thresholds", "truth", "plot")
SHOWN = 50


@click.command()
@click.argument("campaign_id", metavar="[ID]", required=False)
@home_option
@click.option("--verdict", type=click.Choice(VERDICTS), help="Only these.")
@click.option("--state", type=click.Choice(STATES), help="Only these; reckoned at the newest comment of the store.")
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="Largest or latest first.")
@click.option("--limit", type=click.IntRange(min=1), help=f"At most so many (default: {SHOWN}; with --json all).")
@click.option("--all", "everything", is_flag=True, help="Also past ones, whose texts now stand in other groups.")
@click.option("--json", "as_json", is_flag=True, help="JSON, one line for each.")
@click.option("--threshold", "thresholds", type=Thresholds(), help="Sweep the verdict's threshold on labelled data.")
@click.option("--truth", type=existing, help="Labels for the sweep: CSV with comment_id, label, family.")
@click.option("--plot", type=writable, help="Draw the sweep to a .png or .svg file.")
@click.pass_context
def campaigns(
    context: click.Context, campaign_id: str | None, home: Path | None, verdict: str | None, state: str | None,
    sort: str, limit: int | None, everything: bool, as_json: bool,
    thresholds: tuple[float, ...] | None, truth: Path | None, plot: Path | None,
) -> None:  # fmt: skip
    """Campaigns and floods: a list of them, or the one whose ID begins so.

    With --threshold, how well verdicts would have done at other thresholds: recall, precision and B-cubed.
    """
    if thresholds is not None:
        _refuse(context, ("campaign_id", *OF_THE_LIST), "has no use beside --threshold")
        _sweep(home, thresholds, truth, plot, as_json)
        return
    _refuse(context, OF_THE_SWEEP, "needs --threshold")
    if campaign_id is not None:
        _refuse(context, OF_THE_LIST, "is for the list, not for one campaign")
        _show(home, campaign_id, as_json)
    else:
        _list(home, verdict, state, sort, limit if limit or as_json else SHOWN, everything, as_json)


def _refuse(context: click.Context, names: tuple[str, ...], why: str) -> None:
    for parameter in context.command.params:
        is_given = parameter.name and context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
        if is_given and parameter.name in names and context.params[parameter.name] is not None:
            raise click.UsageError(f"{parameter.get_error_hint(context)} {why}", context)


def _list(
    home: Path | None, verdict: str | None, state: str | None, sort: str, limit: int | None, everything: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from ..campaigns.listing import list_campaigns
    from ..campaigns.records import listed_record
    from ..campaigns.table import print_list
    from ..screen import print_records

    with open_store(read_settings(home)) as store, store.reading() as session:
        listing = list_campaigns(session, verdict, state, sort, limit, everything)
    with until_reader_leaves():
        if as_json:
            print_records(listed_record(one) for one in listing.shown)
        else:
            print_list(listing)


def _show(home: Path | None, campaign_id: str, as_json: bool) -> None:
    from ..campaigns.detail import read_detail
    from ..campaigns.find import find_campaign
    from ..campaigns.page import print_page
    from ..campaigns.records import detail_record
    from ..screen import print_records

    with open_store(read_settings(home)) as store, store.reading() as session:
        detail = read_detail(session, find_campaign(session, campaign_id))
        note(store, user(), "campaigns", [f"campaign {detail.campaign.id}"])
    with until_reader_leaves():
        if as_json:
            print_records([detail_record(detail)])
        else:
            print_page(detail)


def _sweep(
    home: Path | None, thresholds: tuple[float, ...], truth: Path | None, plot: Path | None, as_json: bool
) -> None:
    from ..campaigns.plot import draw_sweep, require_drawable
    from ..campaigns.sweep import labelled_in_store, print_sweep, score_sweep, swept_record
    from ..campaigns.truth import read_truth
    from ..jobs import job
    from ..screen import print_records

    if truth is None:
        raise click.UsageError("--threshold needs --truth, the labels to measure by")
    if plot is not None:
        require_drawable(plot)
    labels, settings = read_truth(truth), read_settings(home)
    with open_store(settings) as store, store.reading() as session:
        known = labelled_in_store(session, labels, truth)
    if known < len(labels):
        click.echo(f"{len(labels) - known:,} of {len(labels):,} labelled comments are not in the store", err=True)
    quiet_prefect()
    swept = score_sweep(job("sweep")(settings, thresholds), labels)
    if plot is not None:
        draw_sweep(plot, swept)
    with until_reader_leaves():
        if as_json:
            print_records(swept_record(one) for one in swept)
        else:
            print_sweep(swept)
