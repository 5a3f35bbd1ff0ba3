"""How many comments each group had, and when: by that it is known whether it changed since."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = becalm.store.base.UTCDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("groups", schema=None) as batch_op:
        # Groups of no comments are found to have changed, and judged anew.
        batch_op.add_column(sa.Column("comments", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("first_seen", _TIME, nullable=False, server_default="1970-01-01 00:00:00.000000"))
        batch_op.add_column(sa.Column("last_seen", _TIME, nullable=False, server_default="1970-01-01 00:00:00.000000"))


def downgrade() -> None:
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_column("last_seen")
        batch_op.drop_column("first_seen")
        batch_op.drop_column("comments")
