"""What was erased, what is not to come back, who looked at whose data, and the secret that pseudonyms are made with."""

import secrets

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = becalm.store.base.UTCDateTime(timezone=True)
SECRET_BYTES = 32


# Without them the database looks through a whole table for each row that is deleted.
_INDEXES = (("comments", "raw_row_id"), ("vectors", "text_id"), ("groups", "medoid_id"))


def upgrade() -> None:
    secret = op.create_table(
        "store_secret",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_secret")),
    )
    op.bulk_insert(secret, [{"id": 1, "secret": secrets.token_bytes(SECRET_BYTES)}])
    op.create_table(
        "erasures",
        sa.Column("id", _ID, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("erased_at", _TIME, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index("ix_erasures_who", "erasures", ["who"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("erased_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "accesses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
    )
    op.create_index("ix_accesses_at", "accesses", ["at"], unique=False)
    op.create_index("ix_accesses_subject", "accesses", ["subject"], unique=False)
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def downgrade() -> None:
    for table, column in _INDEXES:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    for name in ("accesses", "tombstones", "erasures", "store_secret"):
        op.drop_table(name)
