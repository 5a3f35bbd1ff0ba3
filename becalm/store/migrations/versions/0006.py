"""What people did about accounts, what offenders did after that, and who writes as they do."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)
_COUNTS = ("warnings", "after_warning", "suspensions")


def upgrade() -> None:
    op.create_table(
        "measures",
        sa.Column("account_id", _INTEGER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_at", _TIME, nullable=False),
        sa.Column("ends_at", _TIME, nullable=True),
        sa.Column("lifted_at", _TIME, nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_measures_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", "kind", "taken_at", name=op.f("pk_measures")),
    )
    op.create_table(
        "resemblances",
        sa.Column("offender_id", _INTEGER, nullable=False),
        sa.Column("account_id", _INTEGER, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_resemblances_account_id_accounts")),
        sa.ForeignKeyConstraint(["offender_id"], ["accounts.id"], name=op.f("fk_resemblances_offender_id_accounts")),
        sa.PrimaryKeyConstraint("offender_id", "account_id", name=op.f("pk_resemblances")),
    )
    _create_rings()
    for name in _COUNTS:
        op.add_column("offenders", sa.Column(name, _INTEGER, nullable=False, server_default="0"))


def _create_rings() -> None:
    op.create_table(
        "rings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("ties", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("first_seen", _TIME, nullable=False),
        sa.Column("last_seen", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rings")),
    )
    op.create_table(
        "ring_answers",
        sa.Column("account_id", _INTEGER, autoincrement=False, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("ring_id", sa.String(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ring_answers_account_id_accounts")),
        sa.ForeignKeyConstraint(["ring_id"], ["rings.id"], name=op.f("fk_ring_answers_ring_id_rings")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_ring_answers")),
    )
    op.create_index("ix_ring_answers_ring_id", "ring_answers", ["ring_id"], unique=False)


def downgrade() -> None:
    op.drop_table("ring_answers")
    op.drop_table("rings")
    for name in _COUNTS:
        op.drop_column("offenders", name)
    op.drop_table("resemblances")
    op.drop_table("measures")
