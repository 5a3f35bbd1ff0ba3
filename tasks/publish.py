"""The published files and their summary as Prefect artifacts."""

from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.context import FlowRunContext

from becalm.exports import counts
from becalm.policy import load_policy
from becalm.published import is_complete, publish_files
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store
from becalm.store.marks import is_made_from, mark_made_from
from tasks.judged import cases_from
from tasks.stage import stage

STAGE = "publish"


@stage(STAGE, timeout_seconds=3600)
def publish(settings: Settings) -> Counts:
    """Every published file anew, each whole or as it was."""
    policy = load_policy(settings.policy)
    rows: Counts = {}
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = cases_from(session, policy)
        if not is_made_from(session, STAGE, inputs) or not is_complete(settings.published, policy.queues):
            rows = publish_files(session, settings.published, policy.queues)
            mark_made_from(session, STAGE, inputs)
        summary = counts(session)
    _publish_artifacts(settings, summary)
    return {**rows, **summary}


def _publish_artifacts(settings: Settings, summary: dict[str, dict[str, int]]) -> None:
    """Counts and links only: artifacts may be read by everybody who sees the Prefect server."""
    if FlowRunContext.get() is None:
        return
    cases = [{"queue": queue, "open cases": count} for queue, count in summary["cases"].items()]
    groups = [{"verdict": verdict, "groups": count} for verdict, count in summary["groups"].items()]
    create_table_artifact(cases, key="queues", description="Open cases by queue")
    create_table_artifact(groups, key="groups", description="Groups by verdict")
    create_link_artifact(settings.published.absolute().as_uri(), link_text="published files", key="published")
    create_link_artifact(
        (settings.data_docs / "index.html").absolute().as_uri(), link_text="Data Docs", key="data-docs"
    )
