"""Data Docs: the results of a run as pages that may be shared."""

import errno
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from becalm.errors import BecalmError, DiskFull
from becalm.files import replacing

from .columns import great_expectations
from .page import Entry, front_page, offline
from .run import Quality, one_at_a_time, quiet_context

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext

# The only site to build: the one that a context has by default would be left behind in the temporary folder.
SITE = "checks"
FRONT_PAGE = "index.html"
BUILDING = ".building-"
SECTIONS = ("expectations", "validations")


def build_docs(folder: Path, results: Sequence[Quality], now: datetime) -> Path:
    """The front page of Great Expectations' site about `results`, in `folder`.

    Whoever reads the front page meanwhile sees the old site or the new one: new pages get new names, the front page is
    replaced in one step, and only then the old pages go. Raises `DiskFull`; what stood there before still stands.
    """
    now = now.astimezone(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for abandoned in folder.glob(f"{BUILDING}*"):
            rmtree(abandoned)
        with TemporaryDirectory(dir=folder, prefix=BUILDING) as building:
            site = Path(building)
            entries = _render(site, results, now)
            pages = _move_in(site, folder)
        with replacing(folder / FRONT_PAGE) as file:
            file.write(front_page(entries, now).encode())
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(folder / FRONT_PAGE) from error
        raise BecalmError(f"Data Docs can't be written to {folder}: {error.strerror}") from error
    _remove_others(folder, pages)
    return folder / FRONT_PAGE


def _render(site: Path, results: Sequence[Quality], now: datetime) -> list[Entry]:
    """Have Great Expectations write its pages below `site`, and find each result's own."""
    with one_at_a_time:
        context = quiet_context()
        context.add_data_docs_site(SITE, _site_config(site))
        for number, quality in enumerate(results):
            _remember(context, quality, _page_name(number, quality), now)
        context.build_data_docs(site_names=[SITE], build_index=False)
    return [Entry(quality, _page(site, number, quality)) for number, quality in enumerate(results)]


def _site_config(site: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site.absolute())},
        "site_section_builders": {"profiling": "none"},
    }


def _remember(context: "EphemeralDataContext", quality: Quality, name: str, now: datetime) -> None:
    """Put a result, and its suite, where the site builder looks for them."""
    gx = great_expectations()
    identifiers = gx.data_context.types.resource_identifiers
    store = context.validation_results_store
    result = store.deserialize(dict(quality.validation))
    result.meta["run_id"] = run_id = gx.RunIdentifier(run_name="becalm", run_time=now)
    suite_key = identifiers.ExpectationSuiteIdentifier(name=quality.suite)
    key = identifiers.ValidationResultIdentifier(suite_key, run_id, name)
    store.store_validation_results(result, key, suite_key)
    if quality.suite not in {suite.name for suite in context.suites.all()}:
        context.suites.add(_suite(quality))


def _suite(quality: Quality) -> Any:
    """The suite as it was run, from the configurations that every result carries."""
    configs = [dict(outcome["expectation_config"]) for outcome in quality.validation["results"]]
    for config in configs:
        config["kwargs"] = {name: value for name, value in config["kwargs"].items() if name != "batch_id"}
    return great_expectations().ExpectationSuite(name=quality.suite, expectations=configs)


def _page_name(number: int, quality: Quality) -> str:
    return f"{quality.suite}-{number + 1}"


def _page(site: Path, number: int, quality: Quality) -> str:
    # The site builder only logs what it could not render.
    page = next(site.glob(f"validations/**/{_page_name(number, quality)}.html"), None)
    if page is None:
        raise BecalmError(f"Data Docs: the result of suite `{quality.suite}` could not be rendered")
    return page.relative_to(site).as_posix()


def _move_in(site: Path, folder: Path) -> set[Path]:
    """The pages in their place in `folder`, made to load nothing."""
    moved = set()
    for section in SECTIONS:
        for page in (site / section).rglob("*.html"):
            page.write_text(offline(page.read_text(encoding="utf-8")), encoding="utf-8")
            place = folder / page.relative_to(site)
            place.parent.mkdir(parents=True, exist_ok=True)
            page.replace(place)
            moved.add(place)
    return moved


def _remove_others(folder: Path, pages: set[Path]) -> None:
    for section in SECTIONS:
        for page in (folder / section).rglob("*.html"):
            if page not in pages:
                page.unlink(missing_ok=True)
        empty_last = sorted((folder / section).rglob("*"), key=lambda path: -len(path.parts))
        for path in empty_last:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
