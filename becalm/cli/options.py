"""Arguments and options that several commands have."""

import getpass
import os
from pathlib import Path

import click

from ..errors import InputError

existing = click.Path(path_type=Path)
writable = click.Path(path_type=Path, dir_okay=False)
folder = click.Path(path_type=Path, file_okay=False)
day = click.DateTime(formats=["%Y-%m-%d"])

home_option = click.option("--home", type=folder, help="Folder of the database and the results (default: var).")
policy_option = click.option("--policy", type=existing, help="Policy file (default: the one shipped with becalm).")


def pair(given: str) -> tuple[str, str]:
    """What somebody gave as NAME=VALUE."""
    name, equals, value = given.partition("=")
    if not equals:
        raise InputError(f"--set {given!r}: write it as NAME=VALUE")
    return name.strip(), value


def user() -> str:
    """Who is at work here; a container may run under a number that no name stands for."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


user_option = click.option("--by", default=user, show_default="your user name", help="Who says so.")
