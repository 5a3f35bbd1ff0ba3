"""Everything that is slow to start, at once and beforehand, so that a run's seconds are its work."""

import gc
import warnings
from concurrent.futures import ThreadPoolExecutor

from prefect.client.orchestration import get_client

from becalm.settings import Settings
from tasks.model import encoder_of


def prepare(settings: Settings) -> None:
    """Start Prefect's own server if no other is set, meanwhile import the libraries and convert the model."""
    with ThreadPoolExecutor(1) as beside:
        server = beside.submit(_reach_prefect)
        _import_libraries()
        encoder_of(settings)
        server.result()
    # What is loaded now stays: the collector need not walk through it again and again while a run makes its rows.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _reach_prefect() -> None:
    with get_client(sync_client=True) as client:
        if (trouble := client.api_healthcheck()) is not None:
            raise trouble


def _import_libraries() -> None:
    from expectations.columns import great_expectations

    great_expectations()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import faiss  # noqa: F401
        import matplotlib.backends.backend_svg
        import matplotlib.figure  # noqa: F401
