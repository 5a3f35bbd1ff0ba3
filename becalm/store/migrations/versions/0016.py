"""What belonging to a group says of a comment being spam; the next run reckons it, for it groups anew."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("groups", sa.Column("lent_spam", sa.Double(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("groups", "lent_spam")
