import pytest

from becalm.signals.promotion import Cue, strongest_cue
from becalm.signals.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "check out my channel guys",
        "please subscribe to my page",
        "sub for sub?",
        "i earn $300 a day working from home",
        "make money online with this trick",
        "free gift cards at gifts.example.com",
        "text me on whatsapp +1 202 555 0143",
        "add me on telegram @quickcash",
        "click here www.example.com",
        "search for golden lantern remix on youtube",
        "copy and paste this to 10 videos or you will have bad luck",
        "dm me to double your bitcoin",
        "mira mi canal por favor",
        "schaut mal auf meinem kanal vorbei",
    ],
)
def test_promotion_is_spam(score, text):
    assert score(text).spam >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "great song, I listen to it every day",
        "who is still watching this in 2026?",
        "I love this channel",
        "THIS IS THE BEST GOAL I HAVE EVER SEEN",
        "why did you delete your video?",
        "I paid $300 for this phone!!!!!",
        "does anyone know the name of the song at 2:14?",
        "my channel stopped working after the update",
    ],
)
def test_talk_is_no_spam(score, text):
    assert score(text).promotion < 0.3
    assert score(text).spam < 0.6


@pytest.mark.parametrize(
    "text",
    [
        "I bought the blender at your store on Mill Lane and my sister wants one too!",
        "Ok five stars from me, paid 40 for it and no trouble since my birthday",
        "could someone please look at order 417302, your chat asks for photos every time",
        "does the spare lid fit the small one? might buy it if yes",
        "someone at your shop was lovely, thanks again, greetings from Porto",
        "I was charged for a subscription that I never asked for",
        "HOW CAN I GET A NEW LID FOR MY KETTLE?",
        "here is my number again, I am home all day, please call me about the repair",
    ],
)
def test_customers_who_write_to_a_brand_are_no_spammers(score, text):
    assert score(text).spam < 0.5


def test_a_call_to_action_makes_a_link_worse(score):
    assert (
        score("our thread is at www.example.com").promotion
        < score("click here for free money www.example.com").promotion
    )


def test_shouting_and_phones_count_beside_promotion_only(score):
    assert score("WHAT A WONDERFUL EVENING THAT WAS!!!!!").promotion == 0
    assert score("CHECK OUT MY CHANNEL GUYS PLEASE!!!!").promotion > score("check out my channel guys please").promotion
    assert score("my channel").promotion == 0
    assert score("check out my channel +44 7700 900123").promotion > score("check out my channel").promotion


def test_reasons_quote_the_wording(score):
    texts = [reason.text for reason in score("check out my channel").reasons]
    assert texts[:1] == ["sends readers to their own channel or page: “check out my channel”"]


@pytest.mark.parametrize("text", ["check out this video on youtube", "can i get some likes from you"])
def test_bait_is_spam_and_no_sign_of_a_campaign(score, text):
    scores = score(text)
    assert scores.spam >= 0.6
    assert scores.promotion == 0


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("@brand where is it", Cue.NONE),
        ("I told you about me", Cue.NONE),
        ("see www.example.com", Cue.WEAK),
        ("ask @somebody there", Cue.WEAK),
        ("the video was nice", Cue.WEAK),
        ("free money", Cue.STRONG),
        ("look at my channel", Cue.STRONG),
    ],
)
def test_a_cue_is_a_phrase_two_words_or_less(evidence, text, cue):
    assert strongest_cue(read(evidence(text))) is cue


@pytest.mark.parametrize("text", ["please help", "pls help me with my order", "please share this with the driver"])
def test_asking_for_help_is_no_bait(score, text):
    assert score(text).spam < 0.5
