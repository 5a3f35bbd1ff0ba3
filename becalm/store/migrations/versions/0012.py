"""Statements of reasons, and the laws that people named for them."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    required = ("case_id", "rule", "policy_version", "action", "suggested")
    op.create_table(
        "statements",
        sa.Column("puid", sa.String(), nullable=False),
        sa.Column("seq", _ID, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in required),
        *(sa.Column(name, _ID, nullable=False) for name in ("comments", "accounts")),
        sa.Column("in_force_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("ended_by", "ended_how")),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["puid"], ["decisions.id"], name=op.f("fk_statements_puid_decisions")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_statements_case_id_cases")),
        sa.PrimaryKeyConstraint("puid", name=op.f("pk_statements")),
    )
    for name in ("seq", "case_id", "in_force_at", "state"):
        op.create_index(op.f(f"ix_statements_{name}"), "statements", [name])
    op.create_table(
        "decision_grounds",
        sa.Column("decision_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("law", "explanation", "named_by")),
        sa.Column("named_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_grounds_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_grounds")),
    )


def downgrade() -> None:
    op.drop_table("decision_grounds")
    op.drop_table("statements")
