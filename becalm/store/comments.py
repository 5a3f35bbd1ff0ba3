"""Comments, who wrote them, where they stand, and the distinct texts they share."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Account(Base):
    """Who wrote, on one platform; id from (platform, author_id)."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform: Mapped[str]
    author_id: Mapped[str]
    name: Mapped[str | None]
    is_brand: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("platform", "author_id"),)

    @property
    def account_id(self) -> str:
        return f"{self.platform}:{self.author_id}"


class Thread(Base):
    """The post that comments stand under; id from (platform, thread_id)."""

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform: Mapped[str]
    thread_id: Mapped[str]
    channel: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    # Ids of some of its texts, by which comments there were scored: what is talked about.
    company: Mapped[list[Any] | None]

    __table_args__ = (UniqueConstraint("platform", "thread_id"),)


class Text(Base):
    """A distinct normalised text; id from `normalised`. Each is embedded once, whoever wrote it how often."""

    __tablename__ = "texts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    normalised: Mapped[str]
    script: Mapped[str]  # the writing system of most of its letters, or `none`
    compared_by: Mapped[str | None] = mapped_column(index=True)  # the rules under which its neighbours were found


class Comment(Base):
    """One comment as it stands now; id from (platform, comment_id). `text` is raw, as people see it."""

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform: Mapped[str]
    comment_id: Mapped[str]
    channel: Mapped[str]
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    raw_row_id: Mapped[int] = mapped_column(ForeignKey("raw_rows.id"), index=True)
    text: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(index=True)
    parent_id: Mapped[str | None]
    language: Mapped[str | None]
    likes: Mapped[int | None]
    rating: Mapped[float | None]
    is_brand: Mapped[bool] = mapped_column(default=False)
    raw: Mapped[dict[str, Any]]  # fields of the source that becalm has no column for

    __table_args__ = (UniqueConstraint("platform", "comment_id"),)


class CommentVersion(Base):
    """What a comment said before it was edited."""

    __tablename__ = "comment_versions"

    raw_row_id: Mapped[int] = mapped_column(ForeignKey("raw_rows.id"), primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    text: Mapped[str]
    replaced_at: Mapped[datetime]

    __table_args__ = (Index("ix_comment_versions_comment_id", "comment_id"),)
