import unicodedata
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.disguise import HOMOGLYPHS, LEET, homoglyph, leet, mixed, spaced, zero_width
from embeddings.normalise import main_script, normalise

PITCHES = (
    "Claim your free coffee machine before Sunday, ask the host",
    "My neighbour doubled her savings with this trading circle",
    "Cheap followers here, fast delivery and no password needed",
    "Lonely tonight? Pretty girls around your town are waiting",
)
pitches = st.sampled_from(PITCHES)
dice = st.integers(0, 2**32).map(Random)

HONEST = {
    "Russian": "Привет! Вчера купил чайник, а он уже не греет воду",
    "Ukrainian": "Дякую за швидку доставку, їжа була ще тепла",
    "Greek": "Καλημέρα σε όλους, ωραίο το καινούργιο κατάστημα",
    "Arabic": "وصل الطلب اليوم بعد ٥ أيام والتغليف ممتاز",
    "Persian": "سفارش من بعد از ۵ روز هنوز نرسیده است",
    "Hebrew": "שלום לכולם, המשלוח הגיע אחרי 5 ימים",
    "Hindi": "ज़िंदगी में पहली बार १० दिन में सामान मिला",
    "Thai": "สวัสดีครับ สั่งไปเมื่อวันที่ ๑๐ ยังไม่ได้ของเลย",
    "Burmese": "ကျေးဇူးတင်ပါတယ် ကြောင့် မနေ့က ရောက်ပါပြီ",
    "Japanese": "昨日届きました。ノートもとても使いやすいです",
    "Chinese": "二〇二五年买的水壶到现在还很好用",
    "Korean": "어제 주문했는데 벌써 도착했어요",
    "Georgian": "გუშინ მივიღე ამანათი და ძალიან კმაყოფილი ვარ",
}


@given(st.text(max_size=300))
def test_any_text_has_a_form(text):
    form = normalise(text)
    assert form == form.strip()
    assert "  " not in form


@given(st.text(min_size=1, max_size=30), st.sampled_from("ax7д人ก☕!"))
def test_a_text_that_shows_anything_never_becomes_empty(text, visible):
    assert normalise(text + visible)


@pytest.mark.parametrize("text", ["\u200b", "\ufe0f", "\u3164", "\u0301", "\U000e0041", "\u2800"])
def test_a_text_of_nothing_visible_is_kept_as_it_came(text):
    assert normalise(text) == text


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0\u3000"])
def test_spaces_alone_leave_nothing(text):
    assert normalise(text) == ""


@given(st.lists(st.sampled_from([*PITCHES, *HONEST.values(), "☕😀", "mail me at jo@shop.example"]), max_size=4))
def test_a_form_is_its_own_form(texts):
    once = normalise(" ".join(texts))
    assert normalise(once) == once


@given(pitches, st.integers(0, 2**64))
def test_capitals_are_undone(pitch, bits):
    shouted = "".join(c.upper() if bits >> (at % 64) & 1 else c.lower() for at, c in enumerate(pitch))
    assert normalise(shouted) == normalise(pitch)


@given(pitches, dice)
def test_invisible_characters_are_undone(pitch, dice):
    assert normalise(zero_width(pitch, dice)) == normalise(pitch)


@given(pitches, dice)
def test_look_alike_letters_are_undone(pitch, dice):
    assert normalise(homoglyph(pitch, dice)) == normalise(pitch)


@given(pitches)
def test_a_text_of_look_alikes_wherever_there_are_any_is_undone(pitch):
    assert normalise("".join(HOMOGLYPHS.get(c, c) for c in pitch)) == normalise(pitch)


@given(pitches, dice)
def test_letters_pulled_apart_are_joined(pitch, dice):
    words = [word for word in pitch.split() if word.isalpha() and len(word) > 3]
    apart = spaced(", ".join(words).replace(",", " and"), dice)
    joined = normalise(" and ".join(words))
    assert normalise(apart).replace(" ", "") == joined.replace(" ", "")


@given(pitches, dice)
def test_digits_for_letters_inside_words_are_undone(pitch, dice):
    def inside(word):
        return word[0] + leet(word[1:-1], dice) + word[-1] if word.isalpha() and len(word) > 2 else word

    assert normalise(" ".join(map(inside, pitch.split()))) == normalise(pitch)


@given(pitches, st.lists(st.integers(0x300, 0x36F).map(chr), min_size=1, max_size=8), st.integers(0, 40))
def test_marks_piled_on_letters_are_undone(pitch, marks, at):
    spot = next(i for i in range(at, len(pitch)) if pitch[i].isalpha()) + 1
    assert normalise(pitch[:spot] + "".join(marks) + pitch[spot:]) == normalise(pitch)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("th3 v3lv3t br1dg3 0p3ns 4t n1n3", "the velvet bridge opens at nine"),
        ("H3y, l0n3ly 1n P3r7h? M3et 5omeone 0f 20 n0w", "hey, lonely in perth? meet someone of 20 now"),
        ("wh0 l0v3s m4rbl3s @m4rbl3_3 s1te.example/3a", "who loves marbles @m4rbl3_3 s1te.example/3a"),
        (
            "W3 g0t thr33 n3w 7oys 7h15 year and 5ince w45 2022 at 10k",
            "we got three new toys this year and since was 2022 at 10k",
        ),
        ("th3 b1rds 4nd b33s of the garden", "the birds and bees of the garden"),
    ],
)
def test_among_words_with_digits_inside_those_at_their_borders_are_undone_too(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    "text",
    ["a 4k tv, 3 mp3 and an iphone5 for 45 or 10k", "in the 80s it took 5min or 1hour", "paid $5 and 3usd for the 1st"],
)
def test_digits_at_borders_stay_where_nothing_else_is_a_disguise(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("w_a_t_c_h_3_s my p-r-0-m-i-s-e", "watches my promise"),
        ("c0me, pr0mised: y-3-5-t-e-r-d-a-y", "come, promised: yesterday"),
        ("f r e e 5 euro", "free 5 euro"),
    ],
)
def test_letters_pulled_apart_are_joined_where_digits_pass_for_some(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize("text", ["a 4 x 4 car", "5-4-3-1 go", "b-1-0-3", "row a 1 b"])
def test_numbers_between_signs_stay(text):
    assert normalise(text) == text


@given(st.lists(st.text("aei015 -.!", max_size=12), max_size=4), pitches, st.integers(0, 2**32))
def test_a_form_of_several_disguises_is_its_own_form(parts, pitch, seed):
    once = normalise(" ".join([*parts, mixed(pitch, Random(seed))]))
    assert normalise(once) == once


LATIN = {fake: real for real, fake in HOMOGLYPHS.items()}


@given(st.sampled_from(["Russian", "Ukrainian"]), dice)
def test_latin_letters_in_cyrillic_words_are_undone(language, dice):
    text = HONEST[language]
    disguised = "".join(LATIN[c] if c in LATIN and dice.random() < 0.4 else c for c in text)
    mixed = any(not word.isascii() and any(c.isascii() and c.isalpha() for c in word) for word in disguised.split())
    assert normalise(disguised) == normalise(text) or not mixed


def test_a_latin_word_in_disguise_is_undone_in_a_cyrillic_text_too():
    assert normalise("куплю новый аррle завтра утром") == "куплю новый apple завтра утром"


@pytest.mark.parametrize(
    "text", ["мой iphone от apple лучше", "кабель usb-c и hdmi-шнур в copy центре", "x-файлы по tv"]
)
def test_honest_latin_words_in_cyrillic_texts_stay(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("w w w.velvetcheap.example", "www.velvetcheap.example"),
        ("see W.W.W.velvetcheap.example", "see www.velvetcheap.example"),
        ("v e l v e t . c o m", "velvet.com"),
        ("velvetcheap. c o m", "velvetcheap.com"),
        ("velvetcheap .co m now", "velvetcheap.com now"),
        ("velvetcheap.n e t", "velvetcheap.net"),
    ],
)
def test_a_link_with_its_letters_apart_is_joined(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "that was the end. come and see", "yes.no or maybe", "e.g. this", "5.com", "ok. net result: nothing",
        "x. org chart", "new w who w w", "stop.begin again", "it failed. com on", "i saw u.s.a. or g. b.",
    ],
)  # fmt: skip
def test_the_end_of_a_sentence_makes_no_link(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    "styled",
    [
        "𝐟𝐫𝐞𝐞 𝐜𝐨𝐟𝐟𝐞𝐞", "𝒻𝓇ℯℯ 𝒸ℴ𝒻𝒻ℯℯ", "ⓕⓡⓔⓔ ⓒⓞⓕⓕⓔⓔ", "🅵🆁🅴🅴 🅲🅾🅵🅵🅴🅴", "ｆｒｅｅ　ｃｏｆｆｅｅ", "ꜰʀᴇᴇ ᴄᴏꜰꜰᴇᴇ",
        "FREE\u00a0COFFEE", "free c๐ffee",
    ],
)  # fmt: skip
def test_letters_in_fancy_dress_are_undone(styled):
    assert normalise(styled) == "free coffee"


@pytest.mark.parametrize("language", HONEST)
def test_honest_texts_of_any_script_stay(language):
    text = HONEST[language]
    expected = unicodedata.normalize("NFKC", text.replace("\u200c", "")).lower()
    assert normalise(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "45s", "6 itch", "142,460", "assassin", "mp3", "iphone5", "b2b", "4k", "90s kids", "10 000", "3.5", "1st",
        "привет", "мама мыла раму", "iphone у меня", "не ok", "сорок два рубля",
    ],
)  # fmt: skip
def test_numbers_and_honest_words_are_no_disguise(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "https://ex4mple.com/pa0th?a=1", "see www.g00d.example", "jo3y.m0on@sh0p.example", "@h4ndle", "#t0day",
        "ftp://a1b.example:80/c0d",
    ],
)  # fmt: skip
def test_addresses_and_handles_keep_their_digits(text):
    assert normalise(text) == text


@pytest.mark.parametrize(("text", "form"), [("a g1ft.", "a gift."), ("g1ft: n0w", "gift: now"), ("v1d30!", "video!")])
def test_a_sign_behind_a_word_makes_no_address(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("İstanbul ILICA ığdır", "istanbul ilica igdir"),
        ("Straße", "straße"),
        ("ﬁne ﬂow", "fine flow"),
        ("C'est déjà vu", "c'est deja vu"),
        ("e\u0301te\u0301 = été", "ete = ete"),
        ("Việt Nam", "viet nam"),
        ("goooood!!!!!", "good!"),
        ("www.example.com", "www.example.com"),
        ("U.S.A.", "u.s.a."),
        ("one\ntwo\r\n\tthree", "one two three"),
        ("Wasps!\nоса", "wasps! оса"),
    ],
)
def test_letters_and_spaces_have_one_form(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("🇩🇪 🇫🇷", "🇩🇪 🇫🇷"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("👍🏽👍🏿", "👍"),
        ("❤\ufe0f", "❤"),
        ("😀😀😀😀", "😀"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴"),
    ],
)
def test_pictures_keep_their_parts_that_show(text, form):
    assert normalise(text) == form


@pytest.mark.parametrize(
    "unit",
    [
        "a ", "a  ", "a. ", "a.b-", "a1", "1", "@", "a", "!", "www", "аa", "а a ", "a\u200b", "😀👍🏽", "\u00a0", "\n",
        "\u0301", "\u0301\u0316", "\u0301\u200b\u0316", "\u0e34\u0e48", "\u1100\u1161\u11a8", "a\u0301", "é", "ﷺ",
    ],
)  # fmt: skip
def test_time_grows_with_length_and_not_with_its_square(unit):
    def seconds(length):
        text = "a" + unit * (length // len(unicodedata.normalize("NFKC", unit))) + "ab"
        spent = []
        for _ in range(3):
            started = perf_counter()
            normalise(text)
            spent.append(perf_counter() - started)
        return min(spent)

    # Sixteen times the text: a square would take 256 times as long.
    assert seconds(240_000) < 100 * max(seconds(15_000), 1e-4)


def test_one_megabyte_of_marks_is_normalised():
    assert normalise("ok" + "\u0301\u0316" * 500_000) == "ok"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("hello", "Latin"), ("café", "Latin"), ("привет", "Cyrillic"), ("สวัสดี", "Thai"), ("مرحبا", "Arabic"),
        ("おはよう", "Hiragana"), ("안녕", "Hangul"), ("გამარჯობა", "other"), ("привет ok", "Cyrillic"),
        ("ok thanks привет", "Latin"), ("12 😀 !", "none"), ("", "none"),
    ],
)  # fmt: skip
def test_main_script_is_that_of_most_letters(text, script):
    assert main_script(text) == script


def test_leet_table_of_the_simulation_is_covered():
    for letter, digit in LEET.items():
        assert normalise(f"x{digit}x") == f"x{letter.lower()}x"
