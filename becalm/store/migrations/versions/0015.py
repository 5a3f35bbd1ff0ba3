"""Which strikes people upheld."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("strikes", sa.Column("upheld", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("offenders", sa.Column("upheld", sa.Double(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("offenders", "upheld")
    op.drop_column("strikes", "upheld")
