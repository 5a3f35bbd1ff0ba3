"""Likely other accounts of wanted ones, among newcomers."""

from dataclasses import replace

import numpy as np
import pytest

from embeddings.returned import Newcomers, Returned, Wanted, find_returned
from embeddings.writers import Said, Writer, gather

DAY = 86_400.0
BANNED = 10 * DAY


def crowd() -> list[Said]:
    """Sixty accounts that write alike things, one a day."""
    things = ("the lid", "the cord", "the manual", "delivery", "my order", "the colour")
    return [
        Said(f"n{n:02}", f"Is {things[n % 6]} of model {n} any good? {things[(n + k) % 6]}",
             f"Person{chr(97 + n % 26)}{n}", f"t{n % 9}", (n + k / 10) * DAY)
        for n in range(60) for k in range(3)
    ]  # fmt: skip


def troll(account: str, name: str, start: float) -> list[Said]:
    return [
        Said(account, f"LOL {n} muppets..... cry about it some more, quillfools 🤡", name, "t1", start + n * DAY / 10)
        for n in range(4)
    ]


def writers(back_at: float = 12 * DAY) -> list[Writer]:
    return gather([*crowd(), *troll("old", "Grumbleweed", 5 * DAY), *troll("new", "real Grumbleweed", back_at)])


def newcomers(found: list[Writer]) -> Newcomers:
    first = {one.account_id: min(said.time or 0.0 for said in one.comments) for one in found}
    seen = np.sort(np.array(list(first.values())))
    return Newcomers(first, dict.fromkeys(first, "tube"), {"tube": seen}, 61 * DAY)


WANTED = {"old": Wanted("tube", BANNED, "it was banned")}


def look(found: list[Writer], wanted: dict[str, Wanted] = WANTED, news: set[str] | None = None) -> list[Returned]:
    return find_returned(found, wanted, newcomers(found), {"old"} if news is None else news)


def test_the_next_account_of_a_banned_one_comes_first_with_its_reasons() -> None:
    best = look(writers())[0]
    assert (best.wanted_id, best.account_id) == ("old", "new")
    told = {reason.signal: reason.text for reason in best.reasons}
    assert told["return"] == "first wrote 2 days after it was banned"
    assert {"name", "wording"} <= told.keys()


def test_an_account_that_was_there_before_did_not_come_back() -> None:
    assert "new" not in {one.account_id for one in look(writers(back_at=9 * DAY))}


def test_the_sooner_after_the_ban_the_likelier() -> None:
    soon, late = (next(one.score for one in look(writers(back_at=at)) if one.account_id == "new")
                  for at in (10.5 * DAY, 55 * DAY))  # fmt: skip
    assert soon > late


def test_somebody_on_another_platform_is_not_looked_at() -> None:
    assert look(writers(), {"old": replace(WANTED["old"], place="gram")}) == []


def test_without_news_nobody_is_looked_at() -> None:
    assert look(writers(), news=set()) == []
    assert {one.account_id for one in look(writers(), news={"new"})} == {"new"}


def test_of_each_at_most_ten_and_never_itself() -> None:
    found = look(writers(), WANTED | {"n00": Wanted("tube", 0.5 * DAY, "it was warned")}, {"old", "n00"})
    for wanted in ("old", "n00"):
        own = [one for one in found if one.wanted_id == wanted]
        assert len(own) <= 10
        assert wanted not in {one.account_id for one in own}
        assert [one.score for one in own] == sorted((one.score for one in own), reverse=True)


@pytest.mark.parametrize("accounts", [0, 1])
def test_nobody_or_one_alone_is_nobody_s_other_account(accounts: int) -> None:
    alone = gather(troll("old", "Grumbleweed", 5 * DAY))[:accounts]
    assert find_returned(alone, {}, newcomers(alone), {"old"}) == []
    assert find_returned(alone, WANTED if accounts else {}, newcomers(alone), {"old"}) == []
