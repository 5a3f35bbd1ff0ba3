from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.pseudonyms import Pseudonyms
from becalm.review import Period
from becalm.review.offenders import pseudonym_of
from becalm.review.rings import measure_rings
from becalm.store import stable_id

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_ring_stands_with_what_ties_it_and_what_chance_would_have(story: Any, week: Period) -> None:
    for n, account in enumerate(("ann", "bob", "cyd", "cyd")):
        story.comment(str(n), MONDAY - DAY if n == 2 else MONDAY, account=account)
    story.ring("r7", ("ann", "bob", "cyd"), "3 of 3 pairs act together")
    with story.save().reading() as session:
        [ring] = measure_rings(session, week).active
    assert (ring.ring_id, ring.comments, ring.comments_before, ring.pairs) == ("r7", 3, 1, 2)
    assert (ring.messages, ring.messages_by_chance, ring.met, ring.met_by_chance) == (8, 0.5, 2, 0.25)
    assert ring.evidence == ("3 of 3 pairs act together",)


def test_members_stand_under_the_pseudonyms_of_the_offenders(story: Any, week: Period) -> None:
    story.comment("a", MONDAY, account="ann")
    story.comment("b", MONDAY, account="bob")
    story.ring("r7", ("ann", "bob"), "they meet")
    with story.save().reading() as session:
        [ring] = measure_rings(session, week).active
        names = Pseudonyms.of(session, "review")
    assert set(ring.accounts) == {pseudonym_of(names, stable_id("tube", name)) for name in ("ann", "bob")}


def test_a_ring_that_was_silent_is_known_and_not_active(story: Any, week: Period) -> None:
    story.comment("a", MONDAY - 20 * DAY, account="ann")
    story.ring("r7", ("ann",), "they met")
    with story.save().reading() as session:
        rings = measure_rings(session, week)
    assert (rings.active, rings.known, rings.accounts) == ((), 1, 0)


def test_who_wrote_too_little_is_not_counted_among_those_in_no_ring(story: Any, week: Period) -> None:
    for name, answer in (("ann", "none"), ("bob", "insufficient_data"), ("cyd", "insufficient_data")):
        story.comment(name, MONDAY, account=name)
        story.ring_answer(name, answer)
    with story.save().reading() as session:
        rings = measure_rings(session, week)
    assert (rings.known, rings.none, rings.insufficient_data) == (0, 1, 2)
