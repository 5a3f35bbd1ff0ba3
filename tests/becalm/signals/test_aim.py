import pytest

from becalm.signals.aim import Aim, aim_of, quotation_marks
from becalm.signals.words import split_words


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("you are an idiot", Aim.READER),
        ("you really are such an idiot", Aim.READER),
        ("idiot like you", Aim.READER),
        ("@you idiot", Aim.READER),
        ("she is an idiot", Aim.OTHER),
        ("these people are just idiot", Aim.OTHER),
        ("i am an idiot", Aim.SELF),
        ("my idiot", Aim.SELF),
        ("you know that an idiot", Aim.OTHER),
        ("you found my bag. idiot", Aim.NOBODY),
        ("idiot", Aim.NOBODY),
        ("she called me an idiot", Aim.QUOTED),
        ('"you idiot" is what i read', Aim.QUOTED),
        ('he read "a book" you idiot', Aim.READER),
    ],
)
def test_the_aim_is_read_from_the_words_around(text, aim):
    words = split_words(text)
    place = words.index("idiot")
    assert aim_of(words, place, place + 1, quotation_marks(words)) is aim
