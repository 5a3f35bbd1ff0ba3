"""The results of this run's checks, kept as counts until Data Docs are built from them."""

import json
from datetime import UTC, datetime
from pathlib import Path

from becalm.files import replacing
from becalm.runs import Counts
from becalm.settings import Settings
from expectations.docs import build_docs
from expectations.run import Quality
from tasks.stage import stage


def keep_quality(settings: Settings, quality: Quality, name: str) -> None:
    """Keep a result under `name`, in place of the one before."""
    with replacing(_folder(settings) / f"{name}.json") as file:
        file.write(json.dumps(quality.counts).encode())


def forget_qualities(settings: Settings, suite: str, but: str) -> None:
    """Drop the results of the suite by earlier runs: all whose name does not go on with `but`."""
    for path in _folder(settings).glob(f"{suite}-*.json"):
        if not path.name.startswith(f"{suite}-{but}"):
            path.unlink(missing_ok=True)


@stage("document checks")
def document_checks(settings: Settings) -> Counts:
    """Data Docs of the newest results, linked from the run."""
    newest = max((path.stat().st_mtime_ns for path in _folder(settings).glob("*.json")), default=0)
    page = settings.data_docs / "index.html"
    if page.exists() and page.stat().st_mtime_ns >= newest:
        return {"checks page": str(page)}
    results = [Quality(**json.loads(path.read_text("utf-8"))) for path in sorted(_folder(settings).glob("*.json"))]
    page = build_docs(settings.data_docs, results, datetime.now(UTC))
    return {"suites": len(results), "checks page": str(page)}


def _folder(settings: Settings) -> Path:
    return settings.data_docs / "results"
