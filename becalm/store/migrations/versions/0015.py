"""Which strikes people upheld; cleared comments drawn to be looked at."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("strikes", sa.Column("upheld", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("offenders", sa.Column("upheld", sa.Double(), server_default="0", nullable=False))
    op.create_table(
        "cleared_looks",
        sa.Column("comment_id", _ID, autoincrement=False, nullable=False),
        sa.Column("drawn_at", _TIME, nullable=False),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", _TIME, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_cleared_looks_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_cleared_looks")),
    )


def downgrade() -> None:
    op.drop_table("cleared_looks")
    op.drop_column("offenders", "upheld")
    op.drop_column("strikes", "upheld")
