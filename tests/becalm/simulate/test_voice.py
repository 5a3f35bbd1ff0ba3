from random import Random

from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.voice import Voice, draw_voice, speak

TEXT = "the lid broke. please call 07700 900123 or ask mona.grell@mail.example about order 4411"
voices = st.integers(0, 10_000).map(lambda seed: draw_voice(Random(seed), ("es", "th"), 0.3))


def test_a_tidy_voice_begins_sentences_with_capitals():
    assert speak("it broke. i am sad", Voice("tidy", 0, 0, False, "en"), "complaint", Random(1)).startswith(
        "It broke. I am"
    )


def test_a_lazy_voice_shortens_words():
    assert speak("are you there", Voice("lower", 0, 0, True, "en"), "question", Random(1)) == "r u there"


@given(voice=voices, seed=st.integers(0, 2**32))
def test_no_voice_breaks_a_number_or_an_address(voice, seed):
    spoken = speak(TEXT, voice, "private_data", Random(seed)).lower()
    assert "07700 900123" in spoken
    assert "mona.grell@mail.example" in spoken
    assert "4411" in spoken


@given(voice=voices, seed=st.integers(0, 2**32), text=st.text(min_size=1))
def test_a_voice_never_swallows_a_text(voice, seed, text):
    assert speak(text, voice, "praise", Random(seed))


def test_slips_change_a_text_now_and_then():
    dice = Random(3)
    spoken = [
        speak("everything works perfectly", Voice("plain", 0.5, 0, False, "en"), "praise", dice) for _ in range(200)
    ]
    assert 50 < sum("Everything works perfectly" not in text for text in spoken) < 150
