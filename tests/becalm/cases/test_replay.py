"""A draft on past cases: what it would open, what people said of that, and a store that stays as it was."""

from sqlalchemy import update

from becalm.replay import replay_policy
from becalm.review import covering_period
from becalm.store import Case


def replayed(stream, draft, before):
    with stream.store.reading() as session:
        return replay_policy(session, draft, before, covering_period(session))


def test_a_higher_threshold_drops_cases_and_changes_nothing(stream, run, policy, changed):
    stream.say("you worm, call +49 30 1234567", by="ann", abuse=0.65)
    stream.say("you louse", by="bob", abuse=0.95)
    run(stream)
    stream.decide(stream.cases(rule="abuse")[0].id)
    before = stream.tables()
    found = replayed(stream, changed({"  abuse: 0.6": "  abuse: 0.8"}), policy)
    assert (found.cases_before, found.cases_after, found.dropped, found.opened) == (2, 1, 1, 0)
    assert found.untold == 1  # decided before there was a log of decisions
    assert "30 more" in found.agreement.conclusion
    assert "1234567" not in found.examples[0].text
    assert stream.tables() == before


def test_the_same_policy_changes_nothing_at_all(stream, run, policy):
    stream.say("you worm", abuse=0.9)
    stream.say("it broke again", by="cid", complaint=0.9)
    run(stream)
    with stream.store.writing() as session:
        session.execute(update(Case).values(state="decided"))
    found = replayed(stream, policy, policy)
    assert (found.opened, found.dropped, found.moved) == (0, 0, 0)
    assert found.cases_before == found.cases_after == 2
