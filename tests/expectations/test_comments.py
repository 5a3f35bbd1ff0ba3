from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from becalm.errors import BatchRefused, ColumnsMissing, InputError
from becalm.sources import INVALID_UTF8, UNREADABLE
from expectations.comments import FEWEST_BAD_ROWS, CommentContext, check_comments, examine_comments, known_authors
from expectations.facts import REQUIRED
from expectations.run import Quality

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GONE = object()

IS_TIME = "published_at is a time with a zone"
TOO_EARLY = "published_at is not before social platforms (2004)"
TOO_LATE = "published_at is not in the future"
PLATFORM = "platform is a key of small letters, digits, dot, dash and underscore"
PARENT = "parent_id is a text of 1 to 200 characters, or nothing"
NAME = "author_name is a text of at most 1,000 characters, or nothing"
LANGUAGE = "language is a BCP 47 tag, or nothing"
LIKES = "likes is a whole number from 0 up, or nothing"
RATING = "rating is a number from 0 to 10, or nothing"
BRAND = "is_brand is true, false or nothing"
SAYS = "text says something"
STORABLE = "text is valid Unicode without NUL"


def is_id(field: str) -> str:
    return f"{field} is a text of 1 to 200 characters"


def no_controls(field: str) -> str:
    return f"{field} has no control characters"


BROKEN = [
    *[({field: value}, is_id(field))
      for field in ("comment_id", "channel", "thread_id", "author_id")
      for value in (
          GONE, None, "", "  \u00a0", "\u200b\u2060", 7, 1.5, True, ["x"], {"id": "x"}, float("nan"), "x" * 201
      )],
    *[({field: value}, no_controls(field))
      for field in ("comment_id", "channel", "thread_id", "author_id")
      for value in ("a\0b", "a\nb", "a\x7f", "a\ud800")],
    *[({"platform": value}, PLATFORM)
      for value in (
          GONE, None, "", 3, "Clipshare", "clip share", "clipshare\n", "-clip", "ключ", "c" * 201, "c\ud800", "c\0"
      )],
    *[({"text": value}, "text is given as text")
      for value in (GONE, None, 12, 0.5, False, ["a"], {"a": 1}, float("nan"))],
    *[({"text": value}, SAYS)
      for value in ("", "   ", "\u200b\u200d\ufeff", "\u3164\u115f", "\u2800", "\n\t\r", "\ufe0f")],
    ({"text": "x" * 1_000_000}, "text is not too long"),
    ({"text": "x" * 50_001}, "text is not too long"),
    ({"text": "a\0b"}, STORABLE),
    ({"text": "half a pair \ud83d here"}, STORABLE),
    *[({"published_at": value}, IS_TIME)
      for value in (
          GONE, None, "", "  ", "yesterday", "0", 0, 1_700_000_000, 1.7e9, float("nan"), [], True, "2026-02-27",
          "2026-02-27T09:30:00", "2026-02-27 09:30", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
          "2026-02-27T24:61:00Z", "2026-02-27T09:30:61Z", "2026-02-27T09:30:00+25:00", "0000-01-01T00:00:00Z",
          "10000-01-01T00:00:00Z", "27.02.2026 09:30", "Fri, 27 Feb 2026 09:30:00 GMT", "2026-W09-5T09:30:00Z",
          "٢٠٢٦-٠٢-٢٧T09:30:00Z", "2026-02-27T09:30:00Z ", "2026-02-27T09:30:00Z\n", "None", "NaT",
      )],
    *[({"published_at": value}, TOO_EARLY)
      for value in (
          "1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "2003-12-31T23:59:59Z"
      )],
    *[({"published_at": value}, TOO_LATE)
      for value in (
          "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "2026-03-02T12:00:01Z", "2038-01-19T03:14:07Z"
      )],
    *[({"parent_id": value}, PARENT) for value in ("", " ", 5, ["c1"], True, "p" * 201)],
    ({"parent_id": "p\nq"}, no_controls("parent_id")),
    ({"comment_id": "self", "parent_id": "self"}, "a comment does not answer itself"),
    *[({"author_name": value}, NAME) for value in (5, ["Ann"], {"name": "Ann"}, "n" * 1_001)],
    ({"author_name": "Ann\0"}, "author_name is valid Unicode without NUL"),
    *[({"language": value}, LANGUAGE) for value in ("", "English!", "e", "EN", 5, ["en"], "en\n", "en-", "en_GB")],
    *[({"likes": value}, LIKES) for value in (-1, 1.5, "5", True, [], float("inf"), 10**400, -(10**400), 2**63)],
    *[({"rating": value}, RATING) for value in (-0.1, 10.1, "5", True, {}, float("inf"), 10**400)],
    *[({"is_brand": value}, BRAND) for value in ("true", 1, 0, 0.0, [], "no")],
    ({INVALID_UTF8: True}, "the row is valid UTF-8"),
]  # fmt: skip

FINE = [
    {},
    *[{field: None} for field in ("parent_id", "author_name", "language", "likes", "rating", "is_brand")],
    *[{field: float("nan")} for field in ("parent_id", "author_name", "language", "likes", "rating", "is_brand")],
    {"parent_id": "another", "author_name": "Zoë 🦜", "language": "pt-BR", "likes": 0, "rating": 10, "is_brand": False},
    {"language": "zh-Hant-TW", "rating": 4.5, "likes": 12_000_000.0, "author_name": ""},
    *[{"text": value} for value in ("👍", "!", "١٢", "สวัสดี", "x" * 50_000, "\u200bhidden\u200b", "7", "\uf8ff")],
    *[{"published_at": value}
      for value in (
          "2026-02-27T09:30:00+05:30", "2026-02-27t09:30:00z", "2026-02-27 09:30:00Z", "2026-02-27T09:30Z",
          "2026-02-27T09:30:00.123456789Z", "2026-02-27T09:30:00,5-0800", "2004-01-01T00:00:00Z",
          "2026-03-02T12:00:00Z", "2024-02-29T00:00:00-03",
      )],
    {"platform": "my.site_2-x"},
    {"comment_id": "https://reviews.example/r/1?x=2"},
    {"surplus": {"anything": [1, None]}},
]  # fmt: skip


def a_row(number: int, changes: dict) -> dict:
    row = {
        "comment_id": f"c{number}", "platform": "clipshare", "channel": "lantern-tea", "thread_id": "t1",
        "author_id": f"a{number}", "text": "The second kettle arrived with a dent.",
        "published_at": "2026-02-27T09:30:00Z", **changes,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not GONE}


@cache
def broken_rows_examined() -> Quality:
    rows = [a_row(number, changes) for number, (changes, _) in enumerate(BROKEN)]
    return examine_comments(rows, CommentContext(now=NOW))


def names(quality: Quality, index: int) -> list[str]:
    return [failure.expectation for failure in quality.bad.get(index, ())]


@pytest.mark.parametrize("index", range(len(BROKEN)), ids=lambda index: f"{index}-{next(iter(BROKEN[index][0]))}")
def test_broken_field_fails_its_own_expectation_and_no_other(index):
    assert names(broken_rows_examined(), index) == [BROKEN[index][1]]


def test_rows_at_the_edge_of_what_is_allowed_are_good(context):
    quality = check_comments([a_row(number, changes) for number, changes in enumerate(FINE)], context)
    assert quality.bad == {}
    assert quality.is_good
    assert quality.good == list(range(len(FINE)))


def test_every_expectation_of_the_suite_was_broken_by_some_row():
    claims = {"a comment has one author in its batch", "a stored comment keeps its author", "the row can be read"}
    validation = broken_rows_examined().validation
    suite = {outcome["expectation_config"]["description"] for outcome in validation["results"]}
    assert suite - claims == set(broken_rows_examined().failed)


def test_row_broken_in_three_ways_names_all_three(good_row, context):
    quality = check_comments([good_row(), good_row(text="", published_at="soon", likes=-4)], context)
    assert [failure.as_dict() for failure in quality.bad[1]] == [
        {"expectation": SAYS, "found": "an empty text"},
        {"expectation": IS_TIME, "found": "a text of 4 characters"},
        {"expectation": LIKES, "found": "the number -4"},
    ]
    assert quality.failed == {SAYS: 1, IS_TIME: 1, LIKES: 1}
    assert quality.bad_share == 0.5


def test_unreadable_line_fails_only_for_being_unreadable(good_row, context):
    quality = check_comments([{UNREADABLE: "no JSON: unexpected end"}, good_row()], context)
    assert {index: names(quality, index) for index in quality.bad} == {0: ["the row can be read"]}
    assert quality.bad[0][0].found == "no JSON: unexpected end"


def test_only_unreadable_lines_are_all_bad(context):
    quality = check_comments([{UNREADABLE: "no JSON"}] * 3, context)
    assert list(quality.bad) == [0, 1, 2]


def test_first_author_of_a_comment_keeps_it(good_row, context):
    rows = [good_row(comment_id="same", author_id=author) for author in ("ann", "bob", "ann", "cem")]
    elsewhere = good_row(comment_id="same", author_id="dan", platform="otherplace")
    quality = check_comments([*rows, elsewhere], context)
    assert {index: names(quality, index) for index in quality.bad} == {
        1: ["a comment has one author in its batch"],
        3: ["a comment has one author in its batch"],
    }


def test_same_comment_with_another_text_is_an_edit(good_row, context):
    rows = [good_row(comment_id="same", author_id="ann", text=text) for text in ("before", "after")]
    assert check_comments(rows, context).is_good


def test_stored_comment_keeps_its_author(good_row, context):
    rows = [good_row(comment_id="same", author_id=author) for author in ("bob", "ann")]
    quality = check_comments(rows, replace(context, known_authors={("clipshare", "same"): "ann"}))
    assert {index: names(quality, index) for index in quality.bad} == {0: ["a stored comment keeps its author"]}


def test_known_authors_are_those_of_stored_comments(store, add_comment, good_row, now):
    with store.writing() as session:
        add_comment(session, "stored", "ann", now)
    rows = [good_row(comment_id="stored"), good_row(comment_id="new"), good_row(comment_id=["odd"]), {UNREADABLE: "x"}]
    with store.reading() as session:
        assert known_authors(session, rows) == {("clipshare", "stored"): "ann"}


def test_no_row_at_all_is_good(context):
    quality = check_comments([], context)
    assert (quality.rows, quality.is_good, quality.bad_share) == (0, True, 0.0)


@pytest.mark.parametrize(("bad", "good"), [(1, 0), (1, 1), (FEWEST_BAD_ROWS - 1, 0)])
def test_few_bad_rows_never_stop_a_batch(bad, good, good_row, context):
    quality = check_comments([good_row(text="") for _ in range(bad)] + [good_row() for _ in range(good)], context)
    assert len(quality.bad) == bad


def test_half_bad_rows_are_quarantined_and_one_more_stops_the_batch(good_row, context):
    rows = [good_row() for _ in range(100)] + [good_row(text="", likes=-1) for _ in range(100)]
    assert check_comments(rows, context).good == list(range(100))
    rows[0]["text"] = "\u200b"
    with pytest.raises(
        BatchRefused, match=r"101 of 200 rows are bad, the limit is 50%.*101 times: text says something"
    ):
        check_comments(rows, context)


@pytest.mark.parametrize("rows", [1, 2, 30])
def test_wrong_column_is_refused_with_its_name_and_those_found(rows, good_row, context):
    batch = [good_row() for _ in range(rows)]
    for row in batch:
        row["body"] = row.pop("text")
    with pytest.raises(ColumnsMissing, match=r"no row has `text`; found: .*`body`") as caught:
        check_comments([*batch, {UNREADABLE: "x"}], context)
    assert caught.value.missing == ["text"]
    assert isinstance(caught.value, InputError)


def test_two_checks_at_once_do_not_mix(good_row, context):
    batches = [[good_row() for _ in range(size)] + [good_row(text="")] for size in (3, 5, 8, 13)]
    with ThreadPoolExecutor(4) as pool:
        checked = list(pool.map(lambda rows: check_comments(rows, context), batches))
    assert [list(quality.bad) for quality in checked] == [[3], [5], [8], [13]]


CONTROLS = st.characters(categories=["Cs", "Cc", "Cf"])
OPTIONAL = ["parent_id", "author_name", "language", "likes", "rating", "is_brand"]
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text(st.characters(categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(
    [*REQUIRED, "parent_id", "author_name", "language", "likes", "rating", "is_brand", UNREADABLE, INVALID_UTF8]
)
odd_rows = st.dictionaries(fields | st.text(max_size=5), anything, max_size=12)
nearly_good = st.dictionaries(fields, anything, max_size=2).map(lambda changes: a_row(0, changes))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(odd_rows | nearly_good, max_size=30))
def test_any_row_is_good_or_says_why_not(rows):
    quality = examine_comments(rows, CommentContext(now=NOW))
    assert sorted([*quality.good, *quality.bad]) == list(range(len(rows)))
    assert all(failure.expectation and failure.found for failures in quality.bad.values() for failure in failures)
    assert all(isinstance(rows[index]["text"], str) and rows[index]["text"].strip() for index in quality.good)
    assert sum(map(len, quality.bad.values())) == sum(quality.failed.values())
