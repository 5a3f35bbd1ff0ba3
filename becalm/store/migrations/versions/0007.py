"""What signals are held against: the comment answered, the company in a thread; and who may be quoted."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("signals", schema=None) as batch_op:
        batch_op.alter_column("off_topic", existing_type=sa.Double(), nullable=True)
        batch_op.add_column(sa.Column("grievance", sa.Double(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("parent_text_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("praised", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("signals", schema=None) as batch_op:
        for name in ("praised", "topics"):
            batch_op.alter_column(name, existing_type=sa.JSON(), server_default=None)
    # Until now the lexicons were the whole score.
    op.execute("UPDATE signals SET grievance = complaint")
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.add_column(sa.Column("company", sa.JSON(), nullable=True))
    op.create_table(
        "consents",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_consents")),
    )


def downgrade() -> None:
    op.drop_table("consents")
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_column("company")
    op.execute("UPDATE signals SET off_topic = 0 WHERE off_topic IS NULL")
    with op.batch_alter_table("signals", schema=None) as batch_op:
        batch_op.drop_column("topics")
        batch_op.drop_column("praised")
        batch_op.drop_column("parent_text_id")
        batch_op.drop_column("grievance")
        batch_op.alter_column("off_topic", existing_type=sa.Double(), nullable=False)
