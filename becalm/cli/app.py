"""All commands under one name, and how what goes wrong is told."""

import logging
import sys

import click

from ..errors import BecalmError, InputError
from .accesses import accesses
from .alternates import alternates
from .appeals import appeals
from .audit import audit
from .campaigns import campaigns
from .case import case
from .consent import consent
from .erase import erase, erasures
from .explain import explain
from .export import export
from .measures import measures
from .mistakes import errors
from .notices import notices
from .outbox import outbox
from .policy import policy
from .quarantine import quarantine
from .reports import reports
from .respond import respond
from .retention import retention
from .review import review
from .rulings import rulings
from .run import run
from .simulate import simulate
from .statements import statements
from .status import status
from .training import training


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="becalm")
def becalm() -> None:
    """Keep the comment sections of a brand's social channels calm."""


COMMANDS = (
    run, simulate, export, campaigns, case, explain, respond, rulings, measures, consent, alternates, policy,
    reports, appeals, review, audit, outbox, notices, statements, training, status, quarantine, erase, erasures,
    retention, accesses,
)  # fmt: skip
for command in COMMANDS:
    becalm.add_command(command)
audit.add_command(errors)


def main() -> None:
    """Run a command; errors are one line on standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for room in ("becalm", "embeddings", "tasks"):
        logging.getLogger(room).setLevel(logging.INFO)
    try:
        becalm(standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        way_out = f" (see `{context.command_path} --help`)" if context else ""
        sys.exit(_told(error.format_message() + way_out, 2))
    except InputError as error:
        sys.exit(_told(error, 2))
    except BecalmError as error:
        sys.exit(_told(error, 1))
    except OSError as error:
        sys.exit(_told(f"{error.filename}: {error.strerror}" if error.filename else error, 1))


def _told(what: object, status: int) -> int:
    click.echo(f"becalm: {' '.join(str(what).split())}", err=True)
    return status
