"""What the lexicons say of promotion, beside the trained score of spam that it is a part of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("signals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("promotion", sa.Double(), nullable=False, server_default="0"))
    # Until now the lexicons were the whole score.
    op.execute("UPDATE signals SET promotion = spam")


def downgrade() -> None:
    with op.batch_alter_table("signals", schema=None) as batch_op:
        batch_op.drop_column("promotion")
