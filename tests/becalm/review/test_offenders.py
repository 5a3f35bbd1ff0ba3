from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.pseudonyms import Pseudonyms
from becalm.review import Period
from becalm.review.offenders import measure_offenders, pseudonym_of
from becalm.store import stable_id

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_offenders_that_wrote_stand_with_their_factors(story: Any, week: Period) -> None:
    story.comment("a", MONDAY - DAY, account="loud")
    story.comment("b", MONDAY, account="loud")
    story.comment("c", MONDAY, account="loud")
    story.comment("d", MONDAY, account="second")
    story.comment("e", MONDAY - DAY, account="silent")
    story.comment("f", MONDAY, account="good")
    story.offender("loud", 0.6, "3 floods", alternate="second")
    story.offender("second", 0.8, "1 campaign")
    story.offender("silent", 0.9, "1 campaign")
    with story.save().reading() as session:
        offenders = measure_offenders(session, week)
    second, loud = offenders.active
    assert (loud.comments, loud.comments_before, loud.alternates, loud.factors) == (2, 1, 1, ("3 floods",))
    assert (second.comments, second.comments_before, second.strikes, second.score) == (1, 0, 2.5, 0.8)
    assert (offenders.returned, offenders.comments, offenders.known) == (1, 3, 3)


def test_pseudonyms_stay_and_tell_neither_name_nor_id() -> None:
    names, account = Pseudonyms(b"secret", "review"), stable_id("tube", "loud")
    assert pseudonym_of(names, account) == pseudonym_of(names, account)
    assert len({pseudonym_of(names, n) for n in range(2_000)}) == 2_000
    assert str(account) not in pseudonym_of(names, account)


def test_without_the_secret_of_the_store_nobody_can_test_a_guess() -> None:
    account = stable_id("tube", "loud")
    assert len({pseudonym_of(Pseudonyms(bytes([n]), "review"), account) for n in range(100)}) == 100


def test_lists_for_different_purposes_can_not_be_matched() -> None:
    assert Pseudonyms(b"secret", "review").short("1") != Pseudonyms(b"secret", "training").short("1")
