"""The outbox: what is to be done on platforms, and what people are to be told."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON()


def _time() -> becalm.store.base.UTCDateTime:
    return becalm.store.base.UTCDateTime(timezone=True)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    _create_notices()
    _create_actions()
    op.create_table(
        "notice_causes",
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("comments", _JSON, nullable=False),
        _refers("notice_causes", "notice_id", "notices"),
        _refers("notice_causes", "decision_id", "decisions"),
        sa.PrimaryKeyConstraint("notice_id", "decision_id", name=op.f("pk_notice_causes")),
    )
    op.create_index(op.f("ix_notice_causes_decision_id"), "notice_causes", ["decision_id"])


def _create_notices() -> None:
    op.create_table(
        "notices",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "audience", "recipient", "action")),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("given", _JSON, nullable=False),
        sa.Column("edited", sa.String(), nullable=True),
        *(sa.Column(name, _ID, nullable=True) for name in ("account_id", "thread_id", "comment_id")),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("gaps", _JSON, nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("owed_at", _time(), nullable=False),
        sa.Column("due_at", _time(), nullable=False),
        sa.Column("ready_at", _time(), nullable=True),
        sa.Column("appeal_until", _time(), nullable=True),
        sa.Column("tried_under", sa.String(), nullable=True),
        _refers("notices", "case_id", "cases"),
        _refers("notices", "account_id", "accounts"),
        _refers("notices", "thread_id", "threads"),
        _refers("notices", "comment_id", "comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    for column in ("account_id", "case_id", "thread_id"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column])
    op.create_index("ix_notices_due", "notices", ["state", "due_at"])
    op.create_index("ix_notices_recipient", "notices", ["recipient", "state"])


def _create_actions() -> None:
    op.create_table(
        "actions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("case_id", "kind", "platform", "target_kind", "target")
        ),
        *(sa.Column(name, _ID, nullable=False) for name in ("round", "level")),
        sa.Column("takes_back", _ID, nullable=True),
        sa.Column("notice_id", sa.String(), nullable=True),
        sa.Column("account_id", _ID, nullable=True),
        sa.Column("detail", _JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, _time(), nullable=False) for name in ("planned_at", "next_at")),
        *(sa.Column(name, _ID, nullable=False) for name in ("attempts", "misses", "attempts_at_most")),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.Column("leased_until", _time(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("connector", sa.String(), nullable=True),
        sa.Column("results", _JSON, nullable=True),
        *(sa.Column(name, _time(), nullable=True) for name in ("done_at", "taken_back_at")),
        _refers("actions", "decision_id", "decisions"),
        _refers("actions", "case_id", "cases"),
        _refers("actions", "takes_back", "actions"),
        _refers("actions", "notice_id", "notices"),
        _refers("actions", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("key", name=op.f("uq_actions_key")),
        sa.UniqueConstraint(
            "decision_id", "platform", "target_kind", "target", "kind", "round", name="uq_actions_once"
        ),
    )
    for column in ("account_id", "case_id", "decision_id", "notice_id"):
        op.create_index(op.f(f"ix_actions_{column}"), "actions", [column])
    op.create_index("ix_actions_due", "actions", ["state", "next_at"])
    op.create_index("ix_actions_target", "actions", ["platform", "target_kind", "target"])


def downgrade() -> None:
    for table in ("notice_causes", "actions", "notices"):
        op.drop_table(table)
