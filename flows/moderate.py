"""From stored comments to published queues."""

from pathlib import Path

from prefect import flow

from becalm.runs import Counts, logged_run
from becalm.settings import settings_for
from tasks.accounts import rank_accounts
from tasks.alerts import send_alerts
from tasks.carry_out import carry_out_actions
from tasks.cases import check_cases, open_policy_cases
from tasks.checks import document_checks
from tasks.compare import compare_texts
from tasks.decide_alone import decide_cases_alone
from tasks.embed import embed_ahead, embed_texts, settings_in_force
from tasks.group import group_texts
from tasks.index import index_texts
from tasks.names import run_name
from tasks.policy import require_policy
from tasks.publish import publish
from tasks.score import score_comments
from tasks.statements import publish_statements


@flow(name="moderate", flow_run_name=run_name("home"))
def moderate(home: Path | None = None, policy: Path | None = None) -> Counts:
    """Whatever the store has not been through yet: vectors, neighbours, groups, signals, cases, published files."""
    settings = settings_for(home=home, policy=policy)
    with logged_run(settings, "moderate") as run:
        require_policy(settings)
        now = settings_in_force(settings)
        run.add(embed_texts(now))
        run.add(index_texts(now))
        run.add(compare_texts(now))
        run.add(score_comments(now))
        run.add(group_texts(now))
        run.add(rank_accounts(settings))
        run.add(open_policy_cases(settings))
        run.add(check_cases(settings))
        run.add(decide_cases_alone(settings))
        run.add(publish(settings))
        run.add(publish_statements(settings))
        run.add(send_alerts(settings))
        run.add(carry_out_actions(settings))
        run.add(embed_ahead(settings))
        run.add(document_checks(settings))
    return run.figures
