"""Reports by users, those who report, and appeals."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)
_JSON = sa.JSON()


def upgrade() -> None:
    op.create_table(
        "reporters",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first_reported_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporters")),
        sa.UniqueConstraint("platform", "key", name=op.f("uq_reporters_platform")),
    )
    _create_reports()
    op.create_table(
        "reported",
        sa.Column("comment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("reasons", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_reported_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_reported")),
    )
    _create_reporter_measures()
    op.create_table(
        "held_intake",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("line", _ID, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("held_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_intake")),
    )
    op.create_index(op.f("ix_held_intake_room"), "held_intake", ["room"])
    _create_appeals()


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("comment_id", _ID, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("comment_name", sa.String(), nullable=False),
        sa.Column("reporter_id", _ID, nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_trusted", sa.Boolean(), nullable=False),
        sa.Column("reported_at", _TIME, nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("confirmed_at", _TIME, nullable=True),
        sa.Column("tellings", _JSON, nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reporter_id"], ["reporters.id"], name=op.f("fk_reports_reporter_id_reporters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_comment_id"), "reports", ["comment_id"])
    op.create_index(op.f("ix_reports_reporter_id"), "reports", ["reporter_id"])
    op.create_index("ix_reports_state", "reports", ["state"])


def _create_reporter_measures() -> None:
    reporter = sa.ForeignKeyConstraint(
        ["reporter_id"], ["reporters.id"], name=op.f("fk_reporter_measures_reporter_id_reporters")
    )
    op.create_table(
        "reporter_measures",
        sa.Column("reporter_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=True),
        sa.Column("lifted_at", _TIME, nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("evidence", _JSON, nullable=False),
        reporter,
        sa.PrimaryKeyConstraint("reporter_id", "kind", "taken_at", name=op.f("pk_reporter_measures")),
    )


def _create_appeals() -> None:
    refers = {"case_id": "cases", "decision_id": "decisions", "original_case_id": "cases", "account_id": "accounts"}
    op.create_table(
        "appeals",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("original_case_id", sa.String(), nullable=False),
        sa.Column("account_id", _ID, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("taken_in_at", _TIME, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("row_id", _ID, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer_id", sa.String(), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_appeals_{name}_{table}"))
            for name, table in refers.items()
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", "account_id", name=op.f("uq_appeals_decision_id")),
    )
    op.create_index(op.f("ix_appeals_original_case_id"), "appeals", ["original_case_id"])
    for name in ("account_id", "row_id"):
        op.create_index(op.f(f"ix_appeals_{name}"), "appeals", [name])


def downgrade() -> None:
    for name in ("appeals", "held_intake", "reporter_measures", "reported", "reports", "reporters"):
        op.drop_table(name)
