"""One public answer for an account in a thread."""

import pytest
from sqlalchemy import update

from becalm.responses.once import Place, SaidInPublic, count_public_answers, require_first_in_public
from becalm.store import Comment, stable_id


def place(by, under):
    return Place(stable_id("youtube", by), stable_id("youtube", under))


def under(stream, answer, parent):
    with stream.store.writing() as session:
        session.execute(update(Comment).where(Comment.id == answer).values(parent_id=parent))


@pytest.fixture
def answered(stream):
    stream.say("broken", by="ann", under="t1", name="q1")
    stream.say("broken too", by="bob", under="t1", name="q2")
    stream.say("and here", by="ann", under="t2", name="q3")
    under(stream, stream.say("sorry", by="brand", under="t1", is_brand=True), "q1")
    under(stream, stream.say("me too", by="bob", under="t1"), "q1")
    return stream


def test_the_brands_comment_under_ones_own_is_the_public_answer(answered):
    with answered.store.reading() as session:
        assert count_public_answers(session) == {place("ann", "t1"): 1}
        assert count_public_answers(session, [stable_id("youtube", "t2")]) == {}


def test_a_second_public_answer_is_refused_and_another_thread_or_person_is_not(answered):
    with answered.store.reading() as session:
        with pytest.raises(SaidInPublic, match="once in this thread"):
            require_first_in_public(session, [place("ann", "t1")])
        require_first_in_public(session, [place("bob", "t1"), place("ann", "t2")])


class Outbox:
    def __init__(self, *places):
        self.places = places

    def public_answers(self, session, thread_ids):
        return [each for each in self.places if thread_ids is None or each.thread_id in thread_ids]


def test_an_answer_underway_counts_and_is_not_counted_twice_once_it_stands_there(answered):
    with answered.store.reading() as session:
        with pytest.raises(SaidInPublic):
            require_first_in_public(session, [place("bob", "t1")], Outbox(place("bob", "t1")))
        both = count_public_answers(session, None, Outbox(place("ann", "t1")))
        assert both[place("ann", "t1")] == 1


def test_an_answered_customer_is_taken_on_in_private_by_the_next_run(stream, run):
    stream.say("still broken", by="ann", name="q1", complaint=0.8)
    run(stream)
    assert stream.case().suggested_action == "reply"
    under(stream, stream.say("sorry", by="brand", is_brand=True), "q1")
    assert run(stream).updated == 1
    assert (stream.case().suggested_action, stream.case().suggested_template) == ("message", "care-follow-up")
    assert run(stream).updated == 0
