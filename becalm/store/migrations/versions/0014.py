"""Training packs, what they were made from, and the answers of those who worked through them."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "training_packs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", "folder", name=op.f("pk_training_packs")),
    )
    op.create_table(
        "training_sources",
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("comment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("account_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("pack_id", "scenario", "comment_id", "account_id", name=op.f("pk_training_sources")),
    )
    for name in ("comment_id", "account_id"):
        op.create_index(op.f(f"ix_training_sources_{name}"), "training_sources", [name])
    _create_results()


def _create_results() -> None:
    op.create_table(
        "quiz_results",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("attempt", _ID, nullable=False),
        sa.Column("taken_at", _TIME, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("answered_rule", sa.String(), nullable=True),
        sa.Column("answered_action", sa.String(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        sa.Column("is_rule_right", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_results")),
        sa.UniqueConstraint("pack_id", "scenario", "taken_by", "attempt", name="uq_quiz_results_answer"),
    )
    op.create_index(op.f("ix_quiz_results_rule"), "quiz_results", ["rule"])
    op.create_index("ix_quiz_results_taken_at", "quiz_results", ["taken_at"])


def downgrade() -> None:
    for table in ("quiz_results", "training_sources", "training_packs"):
        op.drop_table(table)
