"""Each table of the store, and how erasure reaches it: the one place to look, and to add to.

A new table needs one line here, or a test fails (`tests/becalm/erasure/test_tables.py`):

- its rows go with a person or a comment: `Rows(Table, ("column", ...), "accounts")` in `ROWS`, before the tables that
  its foreign keys point to. The last word says what the columns hold, as a field of `Going`: ids of `comments`,
  `texts`, `raw_rows` or `accounts`, or `comment_names` (`platform/comment_id`) or `account_names`
  (`platform:author_id`);
- its rows stay, and some columns are emptied: `Emptied(Table, ("column", ...), "accounts", {"note": ""})` in `EMPTIED`;
- people write words into it that may quote or name somebody: `(Table, "column")` in `SPOKEN`;
- it takes more than that: a function in a file of this room, called by `carry_out`, and a line in `BY_HAND`;
- it holds nothing about who comments: a line in `NOTHING_PERSONAL` that says why.

How long its rows are kept by themselves says `terms.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..store import (
    Access,
    Account,
    Action,
    Alert,
    AlertDelivery,
    Alternate,
    Appeal,
    Base,
    Batch,
    Campaign,
    CampaignEvent,
    CampaignText,
    Case,
    CaseComment,
    CaseEvent,
    ChainHead,
    Clearance,
    ClearedLook,
    Comment,
    CommentVersion,
    Consent,
    Decision,
    DecisionGround,
    Erasure,
    Group,
    GroupText,
    HeldIntake,
    Measure,
    Model,
    NeighbourPair,
    Notice,
    NoticeCause,
    Offender,
    PairRuling,
    PolicyFeedback,
    PolicyVersion,
    Quarantined,
    QuizResult,
    RawRow,
    Report,
    Reported,
    Reporter,
    ReporterMeasure,
    Resemblance,
    Ring,
    RingAnswer,
    Run,
    SecondLook,
    Signals,
    StageMark,
    Statement,
    StoreSecret,
    Strike,
    Text,
    TextRuling,
    Thread,
    Tombstone,
    TrainingPack,
    TrainingSource,
    Vector,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of `table` go when one of the columns holds one of what goes (a field of `Going`)."""

    table: type[Base]
    columns: tuple[str, ...]
    of: str


@dataclass(frozen=True, slots=True)
class Emptied:
    """Rows found like that stay, with these values."""

    table: type[Base]
    columns: tuple[str, ...]
    of: str
    values: Mapping[str, Any] = field(default_factory=dict)


ROWS: tuple[Rows, ...] = (
    Rows(AlertDelivery, ("comment_id",), "comments"),
    Rows(Alert, ("comment_id",), "comments"),
    Rows(Clearance, ("comment_id",), "comments"),
    Rows(CaseComment, ("comment_id",), "comments"),
    Rows(ClearedLook, ("comment_id",), "comments"),
    Rows(Reported, ("comment_id",), "comments"),
    Rows(Signals, ("comment_id",), "comments"),
    Rows(CommentVersion, ("comment_id",), "comments"),
    Rows(Comment, ("id",), "comments"),
    Rows(Quarantined, ("raw_row_id",), "raw_rows"),
    Rows(RawRow, ("id",), "raw_rows"),
    Rows(Vector, ("text_id",), "texts"),
    Rows(NeighbourPair, ("first_id", "second_id"), "texts"),
    Rows(GroupText, ("text_id",), "texts"),
    Rows(CampaignText, ("text_id",), "texts"),
    Rows(TextRuling, ("text_id",), "texts"),
    Rows(PairRuling, ("first_id", "second_id"), "texts"),
    Rows(Text, ("id",), "texts"),
    Rows(Consent, ("account_id",), "accounts"),
    Rows(Measure, ("account_id",), "accounts"),
    Rows(Strike, ("account_id",), "accounts"),
    Rows(Offender, ("account_id",), "accounts"),
    Rows(Resemblance, ("offender_id", "account_id"), "accounts"),
    Rows(Alternate, ("offender_id", "account_id"), "accounts"),
    Rows(RingAnswer, ("account_id",), "accounts"),
    Rows(Account, ("id",), "accounts"),
)

EMPTIED: tuple[Emptied, ...] = (
    # The score of a comment that answered one of these stays; what it answered is forgotten.
    Emptied(Signals, ("parent_text_id",), "texts", {"parent_text_id": None}),
)

SPOKEN: tuple[tuple[type[Base], str], ...] = (
    (PolicyFeedback, "text"),
    (Measure, "note"),
    (TextRuling, "note"),
    (CaseEvent, "detail"),
    (Case, "reasons"),
    (Case, "evidence"),
    (Campaign, "reasons"),
    (Decision, "note"),
    (DecisionGround, "explanation"),
    (Statement, "fields"),
    (ReporterMeasure, "note"),
    (HeldIntake, "payload"),
)

BY_HAND: Mapping[type[Base], str] = {
    Case: "cases.py: those about the person go, or stay without subject, reasons and evidence where decided",
    CaseEvent: "cases.py: go with their case, or stay without what was written",
    Decision: "logged.py: subjects and note are emptied and the salt dropped, so that the chain holds",
    Group: "grouped.py: one around a text that goes is dropped, and made anew by the next run",
    Campaign: "grouped.py: keeps its id and figures; message and markers are those of the texts that stay",
    Ring: "grouped.py: one with the person in it is dropped, and looked for anew by the next run",
    Thread: "replies.py: texts that go are no longer among those that show what it is about",
    Comment: "replies.py: who answered no longer says whom",
    StageMark: "marks.py: ids of accounts and comments that stages remember",
    Action: "told.py: what was done stays without its target, what was not done yet is cancelled",
    Notice: "told.py: stays without reader and words, what was not sent yet is cancelled",
    NoticeCause: "told.py: without the comments that go",
    Report: "contested.py: those about the comments and those by the person go",
    Reporter: "contested.py: goes with what they reported",
    ReporterMeasure: "contested.py: goes with its reporter",
    Appeal: "contested.py: one that was answered stays without account and words, others go",
    TrainingSource: "erase.py, by becalm.training: scenarios are cut out of the packs",
}

NOTHING_PERSONAL: Mapping[type[Base], str] = {
    Batch: "counts, and names of files",
    Model: "encoders",
    CampaignEvent: "counts of campaigns",
    PolicyVersion: "what the brand itself wrote, and who published it",
    SecondLook: "staff and decisions; what decisions say of people is reached in `decisions`",
    ChainHead: "a number and a digest",
    Run: "counts and seconds",
    StoreSecret: "random bytes",
    Erasure: "a keyed digest and counts; the reason is written down without what names the person",
    Tombstone: "keyed digests",
    Access: "a keyed pseudonym and staff",
    TrainingPack: "names of folders",
    QuizResult: "staff and what they answered",
}
