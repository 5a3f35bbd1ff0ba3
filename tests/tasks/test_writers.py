"""What of an account's comments counts as its own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from becalm.store import Account, Group, Store
from tasks.writers import writers_of

Make = Callable[..., dict[str, Any]]

GREETING = "Good morning from the kitchen table, and the cat says hello to all of you"


def own_texts(home: Any) -> dict[str, list[str]]:
    with Store.open(home.settings.store_url) as store, store.reading() as session:
        ids = dict(session.execute(select(Account.id, Account.author_id)).all())
        return {ids[int(one.account_id)]: one.texts for one in writers_of(session, sorted(ids))}


def test_of_an_echo_only_what_a_crowd_says_word_for_word_tells_nothing(home, comment: Make, write):
    crowd = [comment(GREETING, author_id=f"a{number}") for number in range(6)]
    alike = [comment(f"{GREETING} {word}", author_id=word) for word in ("ahoy", "cheerio", "folks")]
    home.run(write([*crowd, *alike]))
    assert {verdict for (verdict,) in home.ask(select(Group.verdict))} == {"echo"}
    own = own_texts(home)
    assert own["ahoy"] == [f"{GREETING} ahoy"]
    assert not any(GREETING in texts for texts in own.values())


def test_what_a_campaign_says_is_nobodys_own(home, comment: Make, write):
    advert = "Win a brand new kettle today, claim yours at tea-prizes.example with the code {} before friday"
    home.run(write([comment(advert.format(number), author_id=f"a{number % 8}") for number in range(20)]))
    assert own_texts(home) == {}
