"""A comment by the id that its platform gave it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..store import Comment, stable_id
from ..visible import visible


class CommentUnknown(InputError):
    """No comment, or comments of several platforms, have this id."""

    def __init__(self, asked: str, platforms: list[str]) -> None:
        several = ", ".join(f"{platform}/{asked}" for platform in platforms)
        why = f"several platforms have one: {several}" if platforms else "no comment of this id is stored"
        super().__init__(f"comment {visible(asked)!r}: {why}")
        self.asked, self.platforms = asked, platforms


def find_comment(session: Session, asked: str) -> Comment:
    """The comment of this id, as `comment_id` or `platform/comment_id`. Raises `CommentUnknown`."""
    # The whole may be an id by itself: some platforms have slashes in theirs.
    found = list(session.scalars(select(Comment).where(Comment.comment_id == asked).order_by(Comment.platform)))
    platform, slash, comment_id = asked.partition("/")
    if slash and (named := session.get(Comment, stable_id(platform, comment_id))):
        found.append(named)
    if len(found) != 1:
        raise CommentUnknown(asked, [one.platform for one in found])
    return found[0]
