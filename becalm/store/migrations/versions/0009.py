"""Since when and until when a policy holds, who published it and why; what staff say about its rules."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    for name, kind in (("author", sa.String()), ("reason", sa.String()), ("valid_from", _TIME), ("valid_to", _TIME)):
        op.add_column("policies", sa.Column(name, kind, nullable=True))
    op.create_table(
        "policy_feedback",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", _TIME, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_feedback")),
    )
    op.create_index("ix_policy_feedback_said_at", "policy_feedback", ["said_at"], unique=False)


def downgrade() -> None:
    op.drop_table("policy_feedback")
    # Not in a batch: that makes the table anew, and cases refer to it.
    for name in ("valid_to", "valid_from", "reason", "author"):
        op.drop_column("policies", name)
