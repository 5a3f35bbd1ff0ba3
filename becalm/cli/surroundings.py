"""What a command works with: the settings, the store of a home, and a Prefect that keeps quiet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from ..settings import Settings
    from ..store import Store


def read_settings(home: Path | None = None, policy: Path | None = None) -> "Settings":
    """Those of the surroundings, with what was given over them; raises `InputError` naming the one that is wrong."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from ..settings import settings_for

    try:
        return settings_for(home=home, policy=policy)
    except SettingsError as error:
        raise InputError(f"a BECALM_ setting: {error}") from error
    except ValidationError as error:
        told: Any = error.errors()[0]
        raise InputError(f"setting BECALM_{'_'.join(map(str, told['loc'])).upper()}: {told['msg']}") from error


def open_store(settings: "Settings") -> "Store":
    """The store of a home that has one; to look must not make an empty one."""
    from ..store import Store

    if not settings.database_url and not (settings.home / "becalm.db").exists():
        raise InputError(f"{settings.home}: nothing here yet; `becalm run` makes it")
    return Store.open(settings.store_url)


def quiet_prefect() -> None:
    """A command's own lines say how it goes; Prefect speaks up where it is asked to, and reports to nobody."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
