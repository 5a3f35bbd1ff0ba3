"""Whose data is to be erased, and everything that is theirs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..errors import AccountUnknown, InputError
from ..review.excerpt import excerpt
from ..store import Account, Comment, CommentVersion, Quarantined, RawRow, Text, stable_id
from ..store.upsert import chunks
from .going import Going, with_comments
from .mentions import Mentions, names, texts

# Ids of the texts that becalm makes of what people write; the core can't normalise by itself.
TextIds = Callable[[Session, Sequence[str]], list[int]]
SEARCHED = 2_000


@dataclass(frozen=True, slots=True)
class Subject:
    """An account with all that goes with it; `comment_ids` are those of the platform, in rows held back too.

    `said` finds it in what staff wrote, `printed` in files, where names and short ids would be words of the page.
    """

    account_id: str
    platform: str
    id: int
    going: Going
    comment_ids: frozenset[str]
    said: Mentions
    printed: Mentions


def split_name(account_id: str) -> tuple[str, str]:
    """Platform and author id; raises `AccountUnknown` where it is not written so."""
    platform, colon, author_id = account_id.partition(":")
    if not (platform and colon and author_id):
        raise AccountUnknown(account_id)
    return platform, author_id


def find_subject(session: Session, account_id: str, text_ids: TextIds) -> Subject:
    """Who that is. Raises `AccountUnknown` where nothing of theirs is stored, not even a row that was held back, and
    `InputError` for an account that speaks for the brand."""
    platform, author_id = split_name(account_id)
    named = (Account.platform == platform, Account.author_id == author_id)
    account = session.execute(select(Account.id, Account.name, Account.is_brand).where(*named)).one_or_none()
    if account and account.is_brand:
        raise InputError(f"account {account_id!r} speaks for the brand and can't be erased; nothing was changed")
    rows = rows_of_author(session, platform, author_id)
    if account is None and not rows:
        raise AccountUnknown(account_id)
    own_id = account.id if account else stable_id(platform, author_id)
    written = session.execute(select(Comment.id, Comment.comment_id, Comment.text).where(Comment.account_id == own_id))
    comments = written.all()
    earlier = _earlier(session, own_id)
    going = with_comments(session, [one.id for one in comments], text_ids(session, earlier) if earlier else ())
    held = set(filter(None, rows.values())) - {one.comment_id for one in comments}
    # A row may have been held back because it says that somebody else's comment is theirs.
    ids = {one.comment_id for one in comments} | held - _others_ids(session, platform, held, own_id)
    going = replace(
        going, raw_rows=going.raw_rows | rows.keys(), accounts=frozenset({own_id}),
        account_names=frozenset({account_id}), comment_names=frozenset(f"{platform}/{one}" for one in ids),
    )  # fmt: skip
    own = _own_words(session, going, [*(one.text for one in comments), *earlier])
    tags = [account_id, *going.comment_names]
    name = account.name if account else None
    return Subject(
        account_id, platform, own_id, going, frozenset(ids),
        said=Mentions([*tags, *names(author_id, name, *ids), *own]),
        printed=Mentions([*tags, *(one for one in names(author_id, *ids) if any(map(str.isdigit, one))), *own]),
    )  # fmt: skip


def rows_of_author(session: Session, platform: str, author_id: str) -> dict[int, str | None]:
    """Every row that came in under this author, whatever became of it, with the id of its comment."""
    told = orjson.dumps(author_id).decode()[1:-1]
    may_be = or_(
        RawRow.payload.contains(told, autoescape=True), Quarantined.fixed_payload.contains(told, autoescape=True)
    )
    query = (
        select(RawRow.id, RawRow.payload, Quarantined.fixed_payload)
        .outerjoin(Quarantined, Quarantined.raw_row_id == RawRow.id)
        .where(may_be)
    )
    return {
        row_id: None if (comment := fields.get("comment_id")) is None else str(comment)
        for row_id, *payloads in session.execute(query)
        for fields in map(_fields, payloads)
        if str(fields.get("author_id")) == author_id and str(fields.get("platform", platform)).casefold() == platform
    }


def _others_ids(session: Session, platform: str, comment_ids: set[str], account: int) -> set[str]:
    """Those of these ids under which the comment of another account is stored."""
    found: set[str] = set()
    for chunk in chunks(sorted(comment_ids)):
        where = (Comment.platform == platform, Comment.comment_id.in_(chunk), Comment.account_id != account)
        found |= set(session.scalars(select(Comment.comment_id).where(*where)))
    return found


def _fields(payload: str | None) -> dict[str, object]:
    """What a payload says; one that was emptied says nothing, and one that is no object names nobody."""
    try:
        read = orjson.loads(payload) if payload else {}
    except orjson.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _earlier(session: Session, account: int) -> list[str]:
    """What its comments said before they were edited."""
    query = select(CommentVersion.text).join(Comment, Comment.id == CommentVersion.comment_id)
    return list(session.scalars(query.where(Comment.account_id == account).distinct()))


def _own_words(session: Session, going: Going, written: Iterable[str]) -> list[str]:
    """What nobody else wrote, as it stands in the store and as reports print it."""
    normalised = [
        text for chunk in chunks(sorted(going.texts))
        for text in session.scalars(select(Text.normalised).where(Text.id.in_(chunk)))
    ]  # fmt: skip
    own = set(texts([*normalised, *_written_by_nobody_else(session, going, written)]))
    return [*own, *texts({excerpt(one[:SEARCHED]).rstrip("…") for one in own})]


def _written_by_nobody_else(session: Session, going: Going, written: Iterable[str]) -> set[str]:
    """Those of these texts that no comment of somebody else says word for word."""
    own = set(written)
    shared: set[str] = set()
    for chunk in chunks(sorted(own)):
        rows = session.execute(select(Comment.text, Comment.id).where(Comment.text.in_(chunk)))
        shared |= {text for text, comment_id in rows if comment_id not in going.comments}
    return own - shared
