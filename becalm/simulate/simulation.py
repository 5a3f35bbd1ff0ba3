"""`simulate`: a labelled stream of a fictional brand's comments, written as files that `becalm run` reads."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from becalm.errors import InputError, SourceUnusable
from becalm.files import write_csv, write_json_lines
from becalm.simulate.people import Account
from becalm.simulate.stream import make_stream
from becalm.simulate.threads import Thread
from becalm.simulate.world import Draft

# Streams end here whatever the day is: the same seed gives the same bytes.
END = datetime(2026, 6, 1, tzinfo=UTC)
TRUTH_COLUMNS = ("comment_id", "label", "family", "kind", "disguise")
ACCOUNT_COLUMNS = ("account_id", "alternate_of")


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was written, and where."""

    out: Path
    comments: int
    threads: int
    accounts: int
    alternates: int
    kinds: Mapping[str, int]
    labels: Mapping[str, int]
    disguises: Mapping[str, int]
    campaigns: int
    floods: int
    first: datetime | None
    last: datetime | None
    seconds: float

    @property
    def comments_file(self) -> Path:
        return self.out / "comments.jsonl"

    @property
    def threads_file(self) -> Path:
        return self.out / "threads.jsonl"

    @property
    def truth_file(self) -> Path:
        return self.out / "truth.csv"

    @property
    def accounts_file(self) -> Path:
        return self.out / "accounts.csv"

    @property
    def comments_a_second(self) -> float:
        return self.comments / self.seconds


def simulate(out: Path, comments: int = 5000, days: int = 14, seed: int = 1) -> Simulation:
    """The stream of this seed, written into `out`; the same arguments give the same bytes.

    comments.jsonl and threads.jsonl are input for `becalm run`; truth.csv says of every comment whether it is spam (a
    member of a campaign or flood, which `family` names), organic or neutral, and how it was made and disguised;
    accounts.csv says which account is a banned troll's next one. Files appear whole or not at all.
    InputError when a number makes no sense, SourceUnusable when `out` can't be a folder, DiskFull when it is full.
    """
    if comments < 0 or not 1 <= days <= 3650:
        raise InputError(f"can't simulate {comments} comments over {days} days: 0 or more over 1 to 3,650")
    began = time.perf_counter()
    stream = make_stream(comments, days, seed)
    start = END - timedelta(days=days)
    _make_folder(out)
    write_json_lines(out / "comments.jsonl", (_comment(draft, start) for draft in stream.drafts))
    write_json_lines(out / "threads.jsonl", (_thread(thread, start) for thread in stream.threads))
    write_csv(out / "truth.csv", TRUTH_COLUMNS, (_truth(draft) for draft in stream.drafts))
    write_csv(out / "accounts.csv", ACCOUNT_COLUMNS, (_alternate(*pair) for pair in stream.alternates))
    return Simulation(
        out=out,
        comments=len(stream.drafts),
        threads=len(stream.threads),
        accounts=len({draft.account.author_id for draft in stream.drafts}),
        alternates=len(stream.alternates),
        kinds=Counter(draft.kind for draft in stream.drafts),
        labels=Counter(draft.label for draft in stream.drafts),
        disguises=Counter(draft.disguise for draft in stream.drafts if draft.label == "spam"),
        campaigns=len({draft.family for draft in stream.drafts if draft.family and draft.kind != "flood"}),
        floods=len({draft.family for draft in stream.drafts if draft.kind == "flood"}),
        first=start + timedelta(seconds=stream.drafts[0].second) if stream.drafts else None,
        last=start + timedelta(seconds=stream.drafts[-1].second) if stream.drafts else None,
        seconds=time.perf_counter() - began,
    )


def _comment(draft: Draft, start: datetime) -> dict[str, Any]:
    thread, account = draft.thread, draft.account
    row: dict[str, Any] = {
        "comment_id": draft.comment_id,
        "platform": thread.platform,
        "channel": thread.channel,
        "thread_id": thread.thread_id,
        "author_id": account.author_id,
        "author_name": account.name,
        "text": draft.text,
        "published_at": _stamp(start, draft.second),
        "likes": draft.likes,
        "is_brand": account.is_brand,
    }
    if draft.parent is not None:
        row["parent_id"] = draft.parent.comment_id
    if draft.rating is not None:
        row["rating"] = draft.rating
    if thread.platform in ("facebook", "x", "reviews"):
        row["language"] = account.voice.language
    return row


def _thread(thread: Thread, start: datetime) -> dict[str, Any]:
    return {
        "thread_id": thread.thread_id,
        "platform": thread.platform,
        "channel": thread.channel,
        "title": thread.title,
        "text": thread.text,
        "published_at": _stamp(start, thread.published),
    }


def _truth(draft: Draft) -> dict[str, str]:
    return {name: getattr(draft, name) for name in TRUTH_COLUMNS}


def _alternate(account: Account, original: Account) -> dict[str, str]:
    return {"account_id": account.account_id, "alternate_of": original.account_id}


def _stamp(start: datetime, second: int) -> str:
    return (start + timedelta(seconds=second)).isoformat()[:19] + "Z"


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise SourceUnusable(out, "is not a folder") from error
