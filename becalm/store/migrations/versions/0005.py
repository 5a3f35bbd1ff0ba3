"""Comments that somebody wants to hear of, and who has been told."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("comment_id", _ID, nullable=False),
        sa.Column("alert_list", sa.String(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("noted_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_alerts_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", "alert_list", name=op.f("pk_alerts")),
    )
    op.create_index("ix_alerts_waiting", "alerts", ["alert_list", "is_waiting"], unique=False)
    op.create_table(
        "alert_deliveries",
        sa.Column("comment_id", _ID, nullable=False),
        sa.Column("alert_list", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id", "alert_list"],
            ["alerts.comment_id", "alerts.alert_list"],
            name=op.f("fk_alert_deliveries_comment_id_alerts"),
        ),
        sa.PrimaryKeyConstraint("comment_id", "alert_list", "address", name=op.f("pk_alert_deliveries")),
    )
    op.create_index("ix_alert_deliveries_state", "alert_deliveries", ["state", "alert_list", "address"], unique=False)


def downgrade() -> None:
    op.drop_table("alert_deliveries")
    op.drop_table("alerts")
