from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from becalm.errors import PolicyInvalid
from becalm.policy import SHIPPED, load_policy, record_policy
from becalm.store import PolicyVersion, Store

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        yield opened


def record(store, policy, now=NOW):
    with store.writing() as session:
        record_policy(session, policy, now)


def changed(tmp_path, *words):
    path = tmp_path / "policy.yaml"
    text = SHIPPED.read_text()
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return load_policy(path)


def test_a_version_is_kept_once_with_its_first_use(store):
    record(store, load_policy())
    record(store, load_policy(), NOW + timedelta(days=1))
    with store.reading() as session:
        only = session.scalars(select(PolicyVersion)).one()
    assert (only.version, only.document, only.first_used_at) == ("1", load_policy().document, NOW)


def test_other_words_under_a_known_version_are_refused_with_the_way_out(store, tmp_path):
    record(store, load_policy())
    other = changed(tmp_path, ("period_days: 7", "period_days: 8"))
    with pytest.raises(PolicyInvalid, match="raise the version") as caught:
        record(store, other)
    assert SHIPPED.read_text().splitlines()[caught.value.line - 1].startswith("version:")


def test_a_raised_version_is_kept_beside_the_old_one(store, tmp_path):
    record(store, load_policy())
    record(store, changed(tmp_path, ("period_days: 7", "period_days: 8"), ('version: "1"', 'version: "2"')))
    with store.reading() as session:
        assert set(session.scalars(select(PolicyVersion.version))) == {"1", "2"}
