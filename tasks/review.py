"""The policy review report of a period."""

from datetime import date

from becalm.review.report import report
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from tasks.stage import stage


@stage("review", timeout_seconds=3600)
def publish_review(
    settings: Settings, first: date | None = None, last: date | None = None, whole: bool = False
) -> Counts:
    """The report from `first` to `last`, both days included; `whole` is every day there are comments of."""
    with Store.open(settings.store_url) as store:
        written = report(store, settings, first, last, whole=whole)
    return {"findings": len(written.findings), "review page": str(written.page)}
