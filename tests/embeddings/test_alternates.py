"""Writers of two accounts are found by what they keep, and the reasons say what that is."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.additive import load_model
from embeddings.alternates import LISTED, odds_among, rank_alternates
from embeddings.likeness import EVIDENCE
from embeddings.writers import Said, gather

WORDS = [one + other for one in ("ketl", "lid", "qu", "lam", "gre", "wa") for other in ("tle", "eue", "p", "en", "rm")]
HOUR = 3_600.0

said = st.lists(
    st.builds(
        Said,
        st.sampled_from("abcdef"),
        st.text(max_size=30),
        st.one_of(st.none(), st.text(max_size=8)),
        st.one_of(st.none(), st.sampled_from("tuv")),
        st.one_of(st.none(), st.floats(0, 1e9)),
        st.one_of(st.none(), st.sampled_from("abcdef")),
    ),
    max_size=30,
)


def talk(dice: Random, count: int = 8) -> list[str]:
    return [" ".join(dice.choices(WORDS, k=7)) for _ in range(count)]


def crowd(size: int = 40) -> list[Said]:
    dice = Random(1)
    return [
        Said(f"p{n}", text, f"Guest {dice.choice(WORDS)}{n}", f"t{dice.randrange(60)}", HOUR * dice.randrange(5_000))
        for n in range(size)
        for text in talk(dice)
    ]


def first_of(comments: list[Said], account: str) -> str:
    return rank_alternates(gather(comments))[account][0].account_id


def signals(comments: list[Said], account: str) -> dict[str, str]:
    return {reason.signal: reason.text for reason in rank_alternates(gather(comments))[account][0].reasons}


@settings(deadline=None)
@given(said)
def test_any_comments_give_each_account_others_that_exist(comments: list[Said]) -> None:
    accounts = {one.account_id for one in comments}
    ranked = rank_alternates(gather(comments))
    assert ranked.keys() == accounts
    for account, found in ranked.items():
        others = [one.account_id for one in found]
        assert len(others) == len(set(others)) == min(LISTED, len(accounts) - 1)
        assert set(others) <= accounts - {account}
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        assert all(0 <= one.score <= 1 and 0 <= reason.score <= 1 for one in found for reason in one.reasons)


@settings(deadline=None)
@given(said, st.randoms(use_true_random=False))
def test_the_order_of_comments_is_irrelevant(comments: list[Said], dice: Random) -> None:
    shuffled = list(comments)
    dice.shuffle(shuffled)

    def scores(given: list[Said]) -> dict[str, list[float]]:
        # Comments of one moment have no order, and of two names then either may be the latest.
        unnamed = [Said(one.account_id, one.text, None, one.thread, one.time, one.answers) for one in given]
        return {key: [round(one.score, 6) for one in found] for key, found in rank_alternates(gather(unnamed)).items()}

    assert scores(comments) == scores(shuffled)


def test_a_like_name_is_found_through_its_disguise() -> None:
    dice = Random(2)
    banned = [Said("old", text, "Grumbleweed", "t1", 5.0) for text in talk(dice)]
    back = [Said("new", text, "xX_Grumb1eweed_77", "t2", 9.0) for text in talk(dice)]
    everybody = crowd() + banned + back
    assert first_of(everybody, "old") == "new"
    assert first_of(everybody, "new") == "old"
    assert signals(everybody, "new")["name"] == "the names are alike, letter by letter"


def test_habits_are_found_under_another_name() -> None:
    dice = Random(3)

    def shouting(account: str, name: str) -> list[Said]:
        return [Said(account, f"{text.upper()} !!! ...honestly 🙄", name, "t1", 3.0) for text in talk(dice, 12)]

    everybody = crowd() + shouting("old", "Birch") + shouting("new", "Quill")
    assert first_of(everybody, "old") == "new"
    assert "punctuation, capitals and emoji" in signals(everybody, "old")["signs"]


def test_shared_links_and_phrases_are_named_without_their_numbers() -> None:
    dice = Random(4)
    text = "call the kettle hotline 5550123456 now https://kettle-hotline.example/offer"

    def selling(account: str) -> list[Said]:
        return [Said(account, one, None, "t1", 3.0) for one in [*talk(dice), text, text]]

    reasons = signals(crowd() + selling("old") + selling("new"), "old")
    assert "kettle-hotline.example" in reasons["links"]
    assert "kettle hotline" in reasons["phrases"]
    assert not any("5550123456" in sentence for sentence in reasons.values())


def test_an_account_among_more_is_less_likely() -> None:
    model, alike = load_model("alternates"), np.full((1, len(EVIDENCE)), 0.5)
    few, many = odds_among(model, alike, 50), odds_among(model, alike, 5_000)
    assert few > many
    assert odds_among(model, alike, 2) == few


def test_more_likeness_never_makes_two_accounts_less_likely() -> None:
    model = load_model("alternates")
    assert model.curves.keys() == set(EVIDENCE)
    assert all((np.diff(curve.values) >= 0).all() for curve in model.curves.values())


def test_nobody_and_one_alone_have_no_alternates() -> None:
    assert rank_alternates([]) == {}
    assert rank_alternates(gather([Said("a", "hello")])) == {"a": []}
