from becalm.signals import Evidence
from becalm.signals.reading import read
from becalm.signals.telling import MOST_TOLD, TellingWords

TEXTS = ("this kettle is junk, junk and late again", "the parcel never came and nobody answers", "lovely", "")


def test_words_of_many_comments_are_those_of_each_by_itself():
    readings = [read(Evidence(text, text)) for text in TEXTS]
    together = TellingWords.among({"complaint": readings, "praise": readings})
    for one in readings:
        for model in ("complaint", "praise"):
            assert together.of(one, model) == TellingWords.among({model: [one]}).of(one, model)


def test_up_to_three_words_are_told_in_their_order_and_each_once():
    [reading] = [read(Evidence(TEXTS[0], TEXTS[0]))]
    told = TellingWords.among({"complaint": [reading]}).of(reading, "complaint")
    assert 0 < len(told) <= MOST_TOLD
    assert told == sorted(set(told), key=reading.words.index)
