"""Nobody is named in a pack."""

import re
from string import ascii_letters, digits

from hypothesis import given
from hypothesis import strategies as st

from becalm.training.names import Names, lowered, spellings
from becalm.training.pack import as_json
from becalm.training.pseudonyms import Pseudonyms, Words
from becalm.training.wording import wording_of

WORDS = Words(dict(wording_of("en").of))
TOLD = {"person", "link", "handle", "number", "name", "brand", "address", "mail", "phone", "account", "card", "our"}
SYLLABLES = st.sampled_from(["ka", "ro", "mi", "tu", "zel", "quor", "vex", "nim", "bra", "lu"])
NAMES = st.lists(SYLLABLES, min_size=2, max_size=4).map("".join).filter(lambda name: name not in TOLD)
HANDLES = st.text(ascii_letters + digits + "_", min_size=4, max_size=12).filter(
    lambda name: any(char.isalpha() for char in name) and not any(word in name.lower() for word in TOLD)
)
GLUE = st.sampled_from(
    [" ", ", ", " and ", "! ", " @", " (", ") ", "'s ", ": ", "\n", " https://shop.example/", "\u200b "]
)


def names_of(*called):
    holders = {}
    for number, name in enumerate(called, start=1):
        for each in spellings(name):
            holders[each] = holders.get(each, frozenset()) | {number}
    return Names(holders, {})


def stands_in(name, text):
    return re.search(rf"(?<!\w){re.escape(lowered(name))}(?!\w)", lowered(text)) is not None


@given(st.lists(st.one_of(NAMES, HANDLES, st.tuples(NAMES, NAMES).map(" ".join)), min_size=1, max_size=5), st.data())
def test_no_name_of_the_store_is_left_in_a_text(called, data):
    pieces = data.draw(st.lists(st.one_of(st.sampled_from(called), st.sampled_from(["I saw", "42", "hm"])), max_size=8))
    text = "".join(piece + data.draw(GLUE) for piece in pieces)
    told = Pseudonyms(names_of(*called), WORDS).text(text)
    for name in called:
        assert not stands_in(name, told), (name, text, told)


@given(st.lists(NAMES, min_size=2, max_size=4, unique=True))
def test_one_person_has_one_pseudonym_and_two_have_two(called):
    people = Pseudonyms(names_of(*called), WORDS)
    once, twice = (people.text(" met ".join(called)) for _ in range(2))
    assert once == twice
    assert len(set(re.findall(r"Person [A-Z]", once))) == len(called)


def test_addresses_and_numbers_are_replaced_and_stay_the_same_within_a_scenario():
    people = Pseudonyms(names_of("nobody"), WORDS)
    first = people.text("write to kim@mail.example or @deal.king, see https://deals.example/x?y=1 or +44 7700 900123")
    assert first == "write to [e-mail address 1] or [handle 1], see [link 1] or [phone number 1]"
    assert (
        people.text("again @deal.king, and @other_one, order 464158")
        == "again [handle 1], and [handle 2], order [number 1]"
    )


def test_an_address_that_only_the_normalised_text_shows_is_not_shown():
    raw = "v1s1t ѕhор-dеаlѕ．ехаmрlе now"
    told = Pseudonyms(names_of("nobody"), WORDS).text(raw, "visit shop-deals.example now")
    assert told == "visit [link 1] now [written with disguised letters]"


def test_who_is_exposed_beside_private_data_is_not_named_though_they_have_no_account():
    told = Pseudonyms(names_of("nobody"), WORDS).text(
        "This courier is Nora Quist, her number is +44 7700 900123, call Nora"
    )
    assert "Nora" not in told
    assert "Quist" not in told


def test_an_ordinary_word_stays_unless_somebody_quoted_is_called_so():
    names = Names({"love": frozenset({7})}, {})
    assert Pseudonyms(names, WORDS, is_word=lambda _, __: True).text("I love it") == "I love it"
    near = Pseudonyms(names, WORDS, quoted=frozenset({7}), is_word=lambda _, __: True)
    assert near.text("I love to ask Love about it") == "I love to ask Person A about it"


def test_a_first_name_alone_counts_for_those_in_the_thread():
    names = Names({"anna smith": frozenset({1})}, {1: ("anna", "smith")})
    assert Pseudonyms(names, WORDS, company=frozenset({1})).text("Anna, thank you") == "Person A, thank you"
    assert Pseudonyms(names, WORDS).text("Anna, thank you") == "Anna, thank you"


def test_the_brand_keeps_its_name_and_mentions_of_it_are_told():
    people = Pseudonyms(names_of("nobody"), WORDS, ours=frozenset({"lantern-tea", "lanterntea"}))
    assert people.text("@lanterntea your lantern tea is fine") == "@our brand your lantern tea is fine"


def test_no_account_name_id_or_handle_of_the_store_shows_in_a_pack(decided):
    decided.say("Rudi Ruff3 and @rude4 are right, says Seller Sam2", by="chat", name="Chatty Cat", at=20, abuse=0.9)
    decided.say("call rude1, or Ruff9", by="rude9", name="Rudi Ruff9", at=21, to="c15", abuse=0.9)
    decided.open()
    for comment in ("c15", "c16"):
        decided.decide(comment, note="Rudi Ruff9 asked moderator-1 and @rude4 at https://desk.example/7")
    pack, folder = decided.make(scenarios=16)
    written = lowered(as_json(pack).decode() + (folder / "index.html").read_text())
    people = [f"{kind}{one}" for kind in ("rude", "sell", "rudi ruff", "seller sam") for one in range(10)]
    for name in (*people, "chatty cat", "moderator-1", "example/7"):
        assert not stands_in(name, written), name
    assert len(pack.scenarios) == 16
