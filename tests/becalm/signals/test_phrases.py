from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.lexicon import Kind, Phrase, expand
from becalm.signals.phrases import PhraseIndex


def index(**lines):
    return PhraseIndex(
        Phrase(Kind("s", name, 0.5, name), slots) for name, line in lines.items() for slots in expand(line)
    )


def found(index, text):
    return [(hit.kind.name, hit.start, hit.end) for hit in index.find(tuple(text.split())).get("s", ())]


def test_phrases_are_found_where_they_stand():
    assert found(index(one="big (red|blue) bus", two="car"), "a big blue bus and a car") == [
        ("one", 1, 4),
        ("two", 6, 7),
    ]


def test_open_slots_take_one_word_and_no_clause_mark():
    phrases = index(any="see <any> soon", number="wait <number> days")
    assert found(phrases, "see you soon wait 3 days") == [("any", 0, 3), ("number", 3, 6)]
    assert found(phrases, "see <break> soon wait many days") == []


def test_a_longer_phrase_hides_those_inside_it():
    assert found(index(long="no good reason", short="good"), "no good reason but good") == [
        ("long", 0, 3),
        ("short", 4, 5),
    ]


def test_a_phrase_cut_off_at_either_end_is_not_found():
    assert found(index(one="big red bus"), "red bus") == []
    assert found(index(one="big red bus"), "big red") == []


@given(st.lists(st.sampled_from("ab"), max_size=12), st.lists(st.sampled_from("ab"), min_size=1, max_size=3))
def test_every_place_of_a_phrase_is_found(words, phrase):
    places = [i for i in range(len(words)) if words[i : i + len(phrase)] == phrase]
    assert [start for _, start, _ in found(index(one=" ".join(phrase)), " ".join(words))] == places
