from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from becalm.errors import InputError, PersonUnknown, PolicyInvalid, PolicyUnpublishable
from becalm.policy import SHIPPED, give_feedback, history, load_policy, publish_policy, record_policy
from becalm.store import PolicyFeedback, PolicyVersion, Store

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
    assert (only.version, only.document, only.first_used_at) == ("2", load_policy().document, NOW)


def test_other_words_under_a_known_version_are_refused_with_the_way_out(store, tmp_path):
    record(store, load_policy())
    other = changed(tmp_path, ("period_days: 7", "period_days: 8"))
    with pytest.raises(PolicyInvalid, match="raise the version") as caught:
        record(store, other)
    assert SHIPPED.read_text().splitlines()[caught.value.line - 1].startswith("version:")


def test_a_raised_version_is_kept_beside_the_old_one(store, tmp_path):
    record(store, load_policy())
    record(store, changed(tmp_path, ("period_days: 7", "period_days: 8"), ('version: "2"', 'version: "3"')))
    with store.reading() as session:
        assert set(session.scalars(select(PolicyVersion.version))) == {"2", "3"}


RAISED = (("period_days: 7", "period_days: 8"), ('version: "2"', 'version: "10"'))


def publish(store, policy, now=NOW, by="lead-1", reason="first"):
    with store.writing() as session:
        return publish_policy(session, policy, by, reason, now)


def test_the_next_version_ends_the_one_before(store, tmp_path):
    publish(store, load_policy())
    publish(store, changed(tmp_path, *RAISED), NOW + timedelta(days=1), reason="reviews were too long")
    with store.reading() as session:
        new, old = history(session)
    assert (old.version, old.valid_from, old.valid_to) == ("2", NOW, NOW + timedelta(days=1))
    assert (new.version, new.author, new.reason, new.valid_to) == ("10", "lead-1", "reviews were too long", None)


@pytest.mark.parametrize(
    ("words", "by", "reason", "why"),
    [
        ((), "lead-1", "again", "must be higher"),
        ((("period_days: 7", "period_days: 8"), ('version: "2"', 'version: "0.9"')), "lead-1", "x", "must be higher"),
        ((('version: "2"', 'version: "3"'),), "lead-1", "x", "nothing to publish"),
        (RAISED, " ", "x", "an author and a reason"),
        (RAISED, "lead-1", "", "an author and a reason"),
        (RAISED, "stranger", "x", "not among the policy's people"),
    ],
)
def test_what_can_not_be_published_changes_nothing(store, tmp_path, words, by, reason, why):
    publish(store, load_policy())
    with pytest.raises((PolicyUnpublishable, PersonUnknown), match=why):
        publish(store, changed(tmp_path, *words), NOW + timedelta(days=1), by, reason)
    with store.reading() as session:
        (only,) = history(session)
    assert (only.version, only.valid_to) == ("2", None)


def test_feedback_stands_once_and_names_a_rule_there_is(store):
    with store.writing() as session:
        for _ in range(2):
            give_feedback(session, load_policy(), "abuse", "moderator-1", "Where does irony end?", NOW)
        with pytest.raises(InputError, match="did you mean `abuse`"):
            give_feedback(session, load_policy(), "abusee", "moderator-1", "unclear", NOW)
        with pytest.raises(PersonUnknown, match="did you mean `lead-1`"):
            give_feedback(session, load_policy(), "abuse", "lead-2", "unclear", NOW)
        assert len(session.scalars(select(PolicyFeedback)).all()) == 1
