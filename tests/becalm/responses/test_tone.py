"""What must not be sent, and what may."""

import pytest

from becalm.policy.promises import Promise
from becalm.responses import Span, check_tone
from becalm.responses.tone_lexicon import tone_languages


def kinds(text, language="en", **more):
    return {each.kind for each in check_tone(text, language, **more).objections}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oh really, what a surprise.", "sarcasm"),
        ("Congratulations on finding our contact form.", "sarcasm"),
        ("Thanks for nothing, then.", "sarcasm"),
        ("You should have read the description.", "blame"),
        ("That is your own fault.", "blame"),
        ("As I already told you, calm down.", "blame"),
        ("Please stop, you idiot.", "insult"),
        ("What is wrong with you?", "insult"),
        ("STOP WRITING to us.", "shouting"),
        ("Thank you!! We are glad.", "shouting"),
        ("Delete it, or else.", "threat"),
        ("You will hear from our lawyers.", "threat"),
        ("We know where you live.", "threat"),
        ("We will of course refund you.", "refund"),
        ("You’ll get your money back.", "refund"),
        ("We'll send you a replacement.", "replacement"),
        ("I would like to offer you a small voucher.", "compensation"),
        ("Take 10 % off next time.", "compensation"),
        ("You hear from us within 24 hours.", "deadline"),
        ("It will be solved by tomorrow.", "deadline"),
        ("This will never happen again.", "guarantee"),
        ("We will ban him.", "punishment"),
    ],
)
def test_words_that_hurt_or_promise_are_objected_to(text, kind):
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ach wirklich, was für eine Überraschung.", "sarcasm"),
        ("Sie sind selbst schuld.", "blame"),
        ("Beruhigen Sie sich bitte.", "blame"),
        ("So ein Quatsch.", "insult"),
        ("HÖREN SIE bitte zu.", "shouting"),
        ("Das hat rechtliche Konsequenzen.", "threat"),
        ("Wir erstatten Ihnen den Betrag.", "refund"),
        ("Wir schicken Ihnen ein neues Gerät.", "replacement"),
        ("Sie bekommen einen kleinen Gutschein.", "compensation"),
        ("Sie hören innerhalb von zwei Tagen von uns.", "deadline"),
        ("Das kommt nie wieder vor.", "guarantee"),
        ("Das Konto wird gesperrt.", "punishment"),
    ],
)
def test_the_same_in_german(text, kind):
    assert kinds(text, "de") == {kind}
    assert kinds(text, "de-AT") == {kind}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is not your fault, and you did nothing wrong.", "en"),
        ("I can't promise you a refund yet; I will check what is possible.", "en"),
        ("You should have been treated better, and I am sorry.", "en"),
        ("You asked for a refund. Let me look at it.", "en"),
        ("Thank you! The parcel left with DHL on 5 March.", "en"),
        ("Is it your code A4-XK or B7? It stands under FAQ.", "en"),
        ("It failed for a day. You wrote to us at once.", "en"),
        ("Sie haben nichts falsch gemacht, und es ist nicht Ihre Schuld.", "de"),
        ("Ich kann Ihnen leider nichts versprechen, aber ich prüfe es gern.", "de"),
        ("Vielen Dank! Die ISBN steht auf der Rückseite.", "de"),
    ],
)
def test_calm_and_honest_words_pass(text, language):
    assert check_tone(text, language).objections == ()


def test_the_words_and_their_place_are_told():
    text = "I see. It is your own fault, sorry."
    (only,) = check_tone(text, "en").objections
    assert only.words == text[only.span.start : only.span.end] == "your own fault"
    assert only.why


def test_the_policy_may_allow_a_promise_and_nothing_else():
    text = "We will refund you within 3 days, it is your own fault."
    assert kinds(text) == {"refund", "deadline", "blame"}
    assert kinds(text, promises=[Promise.REFUND, Promise.DEADLINE]) == {"blame"}


def test_words_of_others_are_not_ours():
    text = "Thank you for your comment under STUPID SALE!!, we read it."
    start = text.index("STUPID")
    assert kinds(text) == {"shouting", "insult"}
    assert kinds(text, quoted=[Span(start, start + len("STUPID SALE!!"))]) == set()
    # A value that is only a part of what is said hides nothing.
    assert kinds("your fault", quoted=[Span(0, 4)]) == {"blame"}


def test_a_language_without_a_lexicon_says_so_and_still_hears_shouting():
    tone = check_tone("¡BASTA YA, SILENCIO!", "es")
    assert not tone.is_known
    assert {each.kind for each in tone.objections} == {"shouting"}
    assert set(tone_languages()) == {"en", "de"}


@pytest.mark.parametrize("text", ["", " ", "...", "%", "🙂", "'ll", "a" * 5000])
def test_odd_texts_are_no_trouble(text):
    assert check_tone(text, "en").is_fine
