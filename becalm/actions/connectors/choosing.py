"""The connector of each platform, as the settings say."""

from collections.abc import Callable, Mapping
from pathlib import Path

from ...connections import ELSEWHERE, AnyConnection, FileConnection, WebhookConnection
from .dry_run import DryRun
from .file import RecordedFile
from .order import Connector
from .webhook import Webhook

FILE = "actions.jsonl"


def connectors_of(connections: Mapping[str, AnyConnection], home: Path) -> Callable[[str], Connector]:
    """By platform: its own, else that for all others (`*`), else a rehearsal."""
    made = {platform: _connector(connection, home) for platform, connection in connections.items()}
    elsewhere = made.get(ELSEWHERE, DryRun())
    return lambda platform: made.get(platform, elsewhere)


def _connector(connection: AnyConnection, home: Path) -> Connector:
    if isinstance(connection, FileConnection):
        return RecordedFile(connection.path or home / "outbox" / FILE)
    if isinstance(connection, WebhookConnection):
        return Webhook(connection.url, connection.secret, connection.timeout_seconds)
    return DryRun()
