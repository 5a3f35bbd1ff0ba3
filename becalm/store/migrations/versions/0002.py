"""What became of campaigns, and what people said about texts."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_history()
    _create_rulings()


def _create_history() -> None:
    op.create_table(
        "campaign_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=True),
        sa.Column("comments", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_events_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["campaigns.id"], name=op.f("fk_campaign_events_other_id_campaigns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_events")),
    )
    with op.batch_alter_table("campaign_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_events_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "campaign_texts",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_texts_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_campaign_texts_text_id_texts")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_campaign_texts")),
    )
    with op.batch_alter_table("campaign_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_texts_campaign_id"), ["campaign_id"], unique=False)
    op.execute(
        "INSERT INTO campaign_texts (text_id, campaign_id) SELECT group_texts.text_id, groups.campaign_id "
        "FROM group_texts JOIN groups ON groups.id = group_texts.group_id WHERE groups.campaign_id IS NOT NULL"
    )


def _create_rulings() -> None:
    op.create_table(
        "pair_rulings",
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["texts.id"], name=op.f("fk_pair_rulings_first_id_texts")),
        sa.ForeignKeyConstraint(["second_id"], ["texts.id"], name=op.f("fk_pair_rulings_second_id_texts")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_pair_rulings")),
    )
    op.create_table(
        "text_rulings",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("is_bad", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_text_rulings_text_id_texts")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_text_rulings")),
    )


def downgrade() -> None:
    op.drop_table("text_rulings")
    op.drop_table("pair_rulings")
    with op.batch_alter_table("campaign_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_texts_campaign_id"))
    op.drop_table("campaign_texts")
    with op.batch_alter_table("campaign_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_events_campaign_id"))

    op.drop_table("campaign_events")
