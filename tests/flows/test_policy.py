"""A policy that can't be gone by ends a run before anything is done."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from becalm.errors import PolicyInvalid
from becalm.policy import load_policy, record_policy
from becalm.settings import Settings
from becalm.store import Run, Store
from flows.moderate import moderate


def test_other_words_under_a_known_version_end_a_run_at_its_beginning(settings: Settings, tmp_path: Path) -> None:
    with Store.open(settings.store_url) as store, store.writing() as session:
        record_policy(session, load_policy(), datetime(2026, 6, 1, tzinfo=UTC))
    other = tmp_path / "policy.yaml"
    other.write_text(f'extends: shipped\nversion: "{load_policy().version}"\nreview: {{period_days: 30}}\n')
    with pytest.raises(PolicyInvalid, match="raise the version"):
        moderate.fn(settings.home, other)
    with Store.open(settings.store_url) as store, store.reading() as session:
        assert [run.figures.get("seconds", {}) for run in session.scalars(select(Run))] == [{}]
