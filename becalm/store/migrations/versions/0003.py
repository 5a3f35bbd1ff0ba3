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
    # Groups of no comments are found to have changed, and judged anew.
    count = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("groups", sa.Column("comments", count, nullable=False, server_default="0"))
    op.add_column("groups", sa.Column("first_seen", _TIME, nullable=False, server_default="1970-01-01"))
    op.add_column("groups", sa.Column("last_seen", _TIME, nullable=False, server_default="1970-01-01"))


def downgrade() -> None:
    for name in ("last_seen", "first_seen", "comments"):
        op.drop_column("groups", name)
