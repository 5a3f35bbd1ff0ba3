"""The suite `comments`: what a row must be like to enter the store, and when a whole batch is turned away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.errors import BatchRefused, ColumnsMissing
from becalm.sources import INVALID_UTF8, UNREADABLE, Row
from becalm.store import Account, Comment, stable_id
from becalm.store.upsert import chunks

from .columns import between, great_expectations, matching, one_of
from .facts import NAMED_BY_ID, REQUIRED, Key, measure
from .found import found
from .run import Quality, run

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

LONGEST_ID = 200  # characters; the longest ids seen on platforms are URLs of reviews, about 150
LONGEST_NAME = 1_000
MOST_LIKES = 1e12
# Facebook opened in February 2004; an older date is a default of some software, not a comment on a social channel.
FIRST_DAY = datetime(2004, 1, 1, tzinfo=UTC)
CLOCK_SLACK = timedelta(days=1)  # clocks of platforms and zones written wrongly
# In a handful of rows a share means nothing: one bad row of two is no broken source.
FEWEST_BAD_ROWS = 20
COLUMNS_NAMED = 20


@dataclass(frozen=True, slots=True)
class CommentContext:
    """What the check knows besides the rows: settings, the time, and who wrote the comments already stored."""

    now: datetime
    max_text_characters: int = 50_000
    max_bad_share: float = 0.5
    known_authors: Mapping[Key, str] = field(default_factory=dict)
    source: str = "the batch"


def check_comments(rows: Sequence[Row], context: CommentContext) -> Quality:
    """The quality of a batch that may be stored, with its bad rows for the quarantine.

    Raises `ColumnsMissing` when no row at all has a field that every comment needs, and `BatchRefused` when more than
    `context.max_bad_share` of the rows, and at least `FEWEST_BAD_ROWS`, are bad.
    """
    require_columns(rows, context.source)
    quality = examine_comments(rows, context)
    judge_batch(quality, context.max_bad_share)
    return quality


def examine_comments(rows: Sequence[Row], context: CommentContext) -> Quality:
    """Good and bad rows, whatever their share: for rows that come back from the quarantine."""
    facts = measure(rows, context.known_authors)
    return run(suite(context), facts, lambda index, field: found(rows[index], field))


def require_columns(rows: Sequence[Row], source: str) -> None:
    """Raises `ColumnsMissing` for a source whose rows all lack a required field: a wrong column, not bad rows."""
    readable = [row for row in rows if UNREADABLE not in row]
    missing = [name for name in REQUIRED if readable and not any(name in row for row in readable)]
    if missing:
        names = sorted({str(name)[:60] for row in readable[:100] for name in row})
        raise ColumnsMissing(source, missing, names[:COLUMNS_NAMED])


def judge_batch(quality: Quality, max_bad_share: float) -> None:
    """Raises `BatchRefused`, naming the expectation that most rows failed."""
    if quality.bad_rows >= FEWEST_BAD_ROWS and quality.bad_share > max_bad_share:
        worst, count = next(iter(quality.failed.items()))
        raise BatchRefused(
            quality.suite, quality.bad_rows, quality.rows, max_bad_share, f"most often, {count} times: {worst}"
        )


def suite(context: CommentContext) -> "ExpectationSuite":
    """Identity, text, dates, keys, sizes and what holds between fields."""
    return great_expectations().ExpectationSuite(
        name="comments",
        expectations=[
            one_of("the row can be read", "is_readable", [1], UNREADABLE),
            one_of("the row is valid UTF-8", "is_utf8", [1], INVALID_UTF8),
            *_identity(),
            *_text(context.max_text_characters),
            *_date(context.now),
            *_optional(),
            one_of("a comment does not answer itself", "answers_itself", [0], "parent_id"),
            one_of("a comment has one author in its batch", "claimed_by_another", [0], "author_id"),
            one_of("a stored comment keeps its author", "author_changed", [0], "author_id"),
        ],
    )


def _identity() -> list[Any]:
    pattern = r"^[a-z0-9][a-z0-9_.-]{0,199}\Z"
    rules = [matching("platform is a key of small letters, digits, dot, dash and underscore", "platform", pattern)]
    for name in NAMED_BY_ID:
        sizes = f"{name} is a text of 1 to {LONGEST_ID} characters"
        rules.append(between(sizes, f"{name}_characters", 1, LONGEST_ID, name))
        rules.append(one_of(f"{name} has no control characters", f"{name}_controls", [0], name))
    return rules


def _text(longest: int) -> list[Any]:
    return [
        one_of("text is given as text", "text_is_text", [1], "text"),
        one_of("text says something", "text_says_something", [1], "text"),
        between("text is not too long", "text_characters", 0, longest, "text"),
        one_of("text is valid Unicode without NUL", "text_is_storable", [1], "text"),
    ]


def _date(now: datetime) -> list[Any]:
    column, name = "published_at_seconds", "published_at"
    return [
        one_of("published_at is a time with a zone", "published_at_is_time", [1], name),
        between("published_at is not before social platforms (2004)", column, FIRST_DAY.timestamp(), None, name),
        between("published_at is not in the future", column, None, (now + CLOCK_SLACK).timestamp(), name),
    ]


def _optional() -> list[Any]:
    parent, author = "parent_id", "author_name"
    ids = f"parent_id is a text of 1 to {LONGEST_ID} characters, or nothing"
    names = f"author_name is a text of at most {LONGEST_NAME:,} characters, or nothing"
    return [
        between(ids, "parent_id_characters", 1, LONGEST_ID, parent),
        one_of("parent_id has no control characters", "parent_id_controls", [0], parent),
        between(names, "author_name_characters", 0, LONGEST_NAME, author),
        one_of("author_name is valid Unicode without NUL", "author_name_is_storable", [1], author),
        matching("language is a BCP 47 tag, or nothing", "language", r"^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}\Z"),
        between("likes is a whole number from 0 up, or nothing", "likes", 0, MOST_LIKES),
        between("rating is a number from 0 to 10, or nothing", "rating", 0, 10),
        one_of("is_brand is true, false or nothing", "is_brand", [0, 1]),
    ]


def known_authors(session: Session, rows: Sequence[Row]) -> dict[Key, str]:
    """(platform, comment_id) -> author_id of those of `rows` that are stored already; one query per 10,000 rows."""
    ids = set()
    for row in rows:
        platform, comment = row.get("platform"), row.get("comment_id")
        if isinstance(platform, str) and isinstance(comment, str):
            ids.add(stable_id(platform, comment))
    authors: dict[Key, str] = {}
    columns = select(Comment.platform, Comment.comment_id, Account.author_id).join(Account)
    for chunk in chunks(sorted(ids)):
        for platform, comment, author in session.execute(columns.where(Comment.id.in_(chunk))):
            authors[platform, comment] = author
    return authors
