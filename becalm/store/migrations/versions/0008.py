"""The life of a case: who has it, what happened to it, and the chain of decisions."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON()

WORDS = ("language", "claimed_by", "held_by", "escalated_to", "merged_into", "split_from")
TIMES = ("claimed_at", "claimed_until", "held_at", "escalated_at", "decided_at")


def _time() -> becalm.store.base.UTCDateTime:
    return becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("cases", sa.Column("version", _ID, nullable=False, server_default="1"))
    op.add_column("cases", sa.Column("lane", sa.String(), nullable=False, server_default=sa.text("''")))
    for name in WORDS:
        op.add_column("cases", sa.Column(name, sa.String(), nullable=True))
    for name in TIMES:
        op.add_column("cases", sa.Column(name, _time(), nullable=True))
    # The next run tells the language of what is open.
    op.execute("UPDATE cases SET lane = queue || '/' || rule || '/'")
    op.create_index("ix_cases_urgent", "cases", ["state", "lane", sa.text("priority DESC"), "due_at"])
    op.create_index("ix_cases_due", "cases", ["state", "lane", "due_at"])
    op.create_index("ix_cases_escalated", "cases", ["escalated_to", "state"])
    op.add_column("measures", sa.Column("decision_id", sa.String(), nullable=True))
    op.create_index(op.f("ix_measures_decision_id"), "measures", ["decision_id"])
    op.add_column("case_comments", sa.Column("is_placed", sa.Boolean(), nullable=False, server_default=sa.false()))
    _create_events()
    _create_decisions()


def _create_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", _time(), nullable=False),
        sa.Column("detail", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    op.create_index("ix_case_events_case", "case_events", ["case_id", "kind", "by"])


def _create_decisions() -> None:
    required = ("previous", "digest", "case_id", "kind", "by", "rule", "policy_version", "action", "outcome")
    op.create_table(
        "decisions",
        sa.Column("seq", _ID, nullable=False, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in required),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("template", "language", "answers", "overrides")),
        sa.Column("is_machine", sa.Boolean(), nullable=False),
        sa.Column("decided_at", _time(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("subjects", _JSON, nullable=False),
        sa.CheckConstraint("is_machine = (\"by\" = 'machine')", name=op.f("ck_decisions_machine")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["policy_version"], ["policies.version"], name=op.f("fk_decisions_policy_version_policies")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decisions")),
        sa.UniqueConstraint("id", name=op.f("uq_decisions_id")),
    )
    op.create_index(op.f("ix_decisions_case_id"), "decisions", ["case_id"])
    op.create_index("ix_decisions_machine", "decisions", ["is_machine", "rule", "decided_at"])
    op.create_table(
        "second_looks",
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("drawn_at", _time(), nullable=False),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", _time(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_second_looks_decision_id_decisions")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_second_looks")),
    )
    op.create_table(
        "decision_chain",
        sa.Column("id", _ID, nullable=False, autoincrement=False),
        sa.Column("seq", _ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_chain")),
    )


def downgrade() -> None:
    for table in ("decision_chain", "second_looks", "decisions", "case_events"):
        op.drop_table(table)
    for index in ("ix_cases_urgent", "ix_cases_due", "ix_cases_escalated"):
        op.drop_index(index, table_name="cases")
    op.drop_column("case_comments", "is_placed")
    op.drop_index(op.f("ix_measures_decision_id"), table_name="measures")
    op.drop_column("measures", "decision_id")
    for name in ("version", "lane", *WORDS, *TIMES):
        op.drop_column("cases", name)
