"""Every test works in its own home; the converted model is shared, for making it takes seconds."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says nothing on a busy machine. Examples are new each time where people work, and the
# same each time where a landing hangs on them.
settings.register_profile("becalm", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("becalm")

# Prefect reads its settings when it is imported, which test modules do before any fixture runs.
_PREFECT = tempfile.TemporaryDirectory(prefix="becalm-prefect-")
os.environ["PREFECT_HOME"] = _PREFECT.name
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs the model has it converted, for all that follow."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test, and no test writes outside its own folder."""
    for name in [name for name in os.environ if name.startswith("BECALM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BECALM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BECALM_CACHE", str(model_cache))
