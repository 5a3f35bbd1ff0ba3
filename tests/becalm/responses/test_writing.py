"""Templates are filled in with whatever people wrote, and nothing of that ever acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.policy.templates import Template
from becalm.policy.variables import VARIABLES
from becalm.responses import PlaceholdersMissing, ValueUnusable, gaps_in, person_name, write

HOSTILE = [
    "{{ 7 * 7 }}", "{% for x in range(999999999) %}x{% endfor %}", "{{ ''.__class__.__mro__ }}", "{# gone #}",
    "{% raw %}", "{%- include 'secrets' -%}", "{{ name }}", "⟦handler⟧", "{name}", "%(name)s", "${name}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "a\u202eb", "a\ue000b\ue001c", "<script>", "\x1b[2J",
]  # fmt: skip


def template(text, **more):
    return Template(id="t", audience="public", actions=("reply",), text=text, **more)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["thread", "facts", "answer"])
def test_a_hostile_value_stands_there_as_plain_text(value, name):
    written = write(template(f"before {{{{ {name} }}}} after"), {name: value})
    plain = "".join(c for c in value if c.isprintable() and c not in "⟦⟧\ue000\ue001")
    assert written.text == f"before {plain} after"
    assert written.is_ready


@given(st.text(min_size=1, max_size=200))
def test_no_value_becomes_a_template_or_acts(value):
    written = write(template("{{ thread }}|{{ brand }}"), {"thread": value, "brand": "b"})
    assert written.text.endswith("|b") or not written.is_ready
    assert not set(written.text) & set("\ue000\ue001\x1b\u202e\n")
    spans = [written.text[span.start : span.end] for span in written.quoted]
    assert spans[-1] == "b"


def test_what_is_missing_is_listed_and_blocks_sending():
    written = write(template("{{ brand }}: {{ answer }} {{ handler }}"), {"handler": "Kim", "answer": "  "})
    assert written.text == "⟦brand⟧: ⟦answer⟧ Kim"
    assert [(each.name, each.filled_by) for each in written.missing] == [("answer", "person"), ("brand", "policy")]
    with pytest.raises(PlaceholdersMissing, match=r"answer \(the answer in plain words\); brand"):
        written.require_ready()


def test_an_unknown_name_is_left_out_of_the_greeting():
    hello = template("Hello{% if name %} {{ name }}{% endif %}, thank you.")
    assert write(hello, {}).text == "Hello, thank you."
    assert write(hello, {"name": "Robin"}).text == "Hello Robin, thank you."


def test_a_truth_that_nobody_gave_is_missing_and_not_taken_for_false():
    written = write(template("{% if machine_decided %}Software{% else %}A person{% endif %} decided."), {})
    assert [each.name for each in written.missing] == ["machine_decided"]


def test_strangers_words_are_one_short_line():
    written = write(template("{{ thread }}"), {"thread": "one\ntwo " + "x" * 200})
    assert written.text.startswith("one two x")
    assert len(written.text) == 80
    assert written.text.endswith("…")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"naame": "x"}, "did you mean `name`"),
        ({"name": 5}, "is a text, not int"),
        ({"name": ["x"]}, "not list"),
        ({"machine_decided": "yes"}, "true or false"),
        ({"brand": True}, "not true or false"),
        ({"answer": "x" * 2001}, "2,001 characters"),
    ],
)
def test_a_value_that_cannot_stand_in_a_text_is_refused(values, why):
    with pytest.raises(ValueUnusable, match=why):
        write(template("{{ name }}"), values)


@pytest.mark.parametrize(
    ("shown", "addressed"),
    [
        ("Robin", "Robin"), ("Zoë  van Dam", "Zoë van Dam"), ("李雷", "李雷"), ("O'Neil", "O'Neil"),
        ("win at prize.example", None), ("https://prize.example", None), ("@brand", None), ("<b>Bob</b>", None),
        ("call 5551234", None), ("stupid people", None), ("{{ 7*7 }}", None), ("x", None), ("🔥🔥🔥", None),
        ("a" * 31, None), (None, None), ("", None), ("Robin!", None),
    ],
)  # fmt: skip
def test_only_a_name_is_used_to_address_somebody(shown, addressed):
    assert person_name(shown) == addressed


@pytest.mark.parametrize("text", ["a ⟦name⟧", "{{ name }}", "{name}", "[handler]", "{% if x %}", "[Support_Link]"])
def test_a_gap_left_in_an_edited_text_is_seen(text):
    assert gaps_in(text)


def test_ordinary_brackets_are_no_gap():
    assert not gaps_in("Hello (again) [sic], see {1, 2} and 3 < 4.")


def test_every_variable_has_an_example_to_try_a_template_with():
    assert all(variable.example or variable.is_truth for variable in VARIABLES.values())
