"""The first schema."""

import sqlalchemy as sa
from alembic import op

import becalm.store.base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("is_brand", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("platform", "author_id", name=op.f("uq_accounts_platform")),
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first_line", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rows", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collected_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batches_run_id"), ["run_id"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("medoid_text", sa.String(), nullable=False),
        sa.Column("comments", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("accounts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("threads", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("first_seen", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_seen", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("markers", sa.JSON(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "models",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("dimension", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_used_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_models_fingerprint")),
    )
    op.create_table(
        "policies",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("first_used_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_policies")),
        sa.UniqueConstraint("digest", name=op.f("uq_policies_digest")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("started_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", becalm.store.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_started_at"), ["started_at"], unique=False)

    op.create_table(
        "stage_marks",
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("made_from", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stage", name=op.f("pk_stage_marks")),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("normalised", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("compared_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
    )
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_texts_compared_by"), ["compared_by"], unique=False)

    op.create_table(
        "threads",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("published_at", becalm.store.base.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("platform", "thread_id", name=op.f("uq_threads_platform")),
    )
    op.create_table(
        "alternates",
        sa.Column("offender_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_alternates_account_id_accounts")),
        sa.ForeignKeyConstraint(["offender_id"], ["accounts.id"], name=op.f("fk_alternates_offender_id_accounts")),
        sa.PrimaryKeyConstraint("offender_id", "account_id", name=op.f("pk_alternates")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("opened_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("suggested_action", sa.String(), nullable=False),
        sa.Column("suggested_template", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_version"], ["policies.version"], name=op.f("fk_cases_policy_version_policies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("rule", "kind", "subject", name=op.f("uq_cases_rule")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_next", ["queue", "state", "priority"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("medoid_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("campaign_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_groups_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["medoid_id"], ["texts.id"], name=op.f("fk_groups_medoid_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "neighbours",
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("characters", sa.Double(), nullable=False),
        sa.Column("meaning", sa.Double(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["texts.id"], name=op.f("fk_neighbours_first_id_texts")),
        sa.ForeignKeyConstraint(["second_id"], ["texts.id"], name=op.f("fk_neighbours_second_id_texts")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_neighbours")),
    )
    with op.batch_alter_table("neighbours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_neighbours_second_id"), ["second_id"], unique=False)

    op.create_table(
        "offenders",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("strikes", sa.Double(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("factors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_offenders_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_offenders")),
    )
    op.create_table(
        "raw_rows",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_raw_rows_batch_id_batches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_rows")),
    )
    with op.batch_alter_table("raw_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raw_rows_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "strikes",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("given_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_strikes_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", "rule", "cause", name=op.f("pk_strikes")),
    )
    with op.batch_alter_table("strikes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strikes_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "vectors",
        sa.Column("model_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_vectors_model_id_models")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_vectors_text_id_texts")),
        sa.PrimaryKeyConstraint("model_id", "text_id", name=op.f("pk_vectors")),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raw_row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("published_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("likes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("is_brand", sa.Boolean(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_comments_account_id_accounts")),
        sa.ForeignKeyConstraint(["raw_row_id"], ["raw_rows.id"], name=op.f("fk_comments_raw_row_id_raw_rows")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_comments_text_id_texts")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_comments_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("platform", "comment_id", name=op.f("uq_comments_platform")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_published_at"), ["published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_text_id"), ["text_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "group_texts",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_texts_group_id_groups")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_group_texts_text_id_texts")),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_group_texts")),
    )
    with op.batch_alter_table("group_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_texts_group_id"), ["group_id"], unique=False)

    op.create_table(
        "quarantine",
        sa.Column(
            "raw_row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("expectations", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fixed_payload", sa.String(), nullable=True),
        sa.Column("quarantined_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["raw_row_id"], ["raw_rows.id"], name=op.f("fk_quarantine_raw_row_id_raw_rows")),
        sa.PrimaryKeyConstraint("raw_row_id", name=op.f("pk_quarantine")),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index("ix_quarantine_state", ["state"], unique=False)

    op.create_table(
        "case_comments",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_comments_case_id_cases")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_case_comments_comment_id_comments")),
        sa.PrimaryKeyConstraint("case_id", "comment_id", name=op.f("pk_case_comments")),
    )
    with op.batch_alter_table("case_comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_comments_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "clearances",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_clearances_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_clearances")),
    )
    op.create_table(
        "comment_versions",
        sa.Column(
            "raw_row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("replaced_at", becalm.store.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_versions_comment_id_comments")),
        sa.ForeignKeyConstraint(["raw_row_id"], ["raw_rows.id"], name=op.f("fk_comment_versions_raw_row_id_raw_rows")),
        sa.PrimaryKeyConstraint("raw_row_id", name=op.f("pk_comment_versions")),
    )
    with op.batch_alter_table("comment_versions", schema=None) as batch_op:
        batch_op.create_index("ix_comment_versions_comment_id", ["comment_id"], unique=False)

    op.create_table(
        "signals",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("scored_text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scorer", sa.String(), nullable=False),
        sa.Column("spam", sa.Double(), nullable=False),
        sa.Column("abuse", sa.Double(), nullable=False),
        sa.Column("off_topic", sa.Double(), nullable=False),
        sa.Column("complaint", sa.Double(), nullable=False),
        sa.Column("praise", sa.Double(), nullable=False),
        sa.Column("sentiment", sa.Double(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("private_data", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_signals_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_signals")),
    )


def downgrade() -> None:
    op.drop_table("signals")
    with op.batch_alter_table("comment_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_versions_comment_id")

    op.drop_table("comment_versions")
    op.drop_table("clearances")
    with op.batch_alter_table("case_comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_comments_comment_id"))

    op.drop_table("case_comments")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index("ix_quarantine_state")

    op.drop_table("quarantine")
    with op.batch_alter_table("group_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_texts_group_id"))

    op.drop_table("group_texts")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_thread_id"))
        batch_op.drop_index(batch_op.f("ix_comments_text_id"))
        batch_op.drop_index(batch_op.f("ix_comments_published_at"))
        batch_op.drop_index(batch_op.f("ix_comments_account_id"))

    op.drop_table("comments")
    op.drop_table("vectors")
    with op.batch_alter_table("strikes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strikes_expires_at"))

    op.drop_table("strikes")
    with op.batch_alter_table("raw_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_raw_rows_batch_id"))

    op.drop_table("raw_rows")
    op.drop_table("offenders")
    with op.batch_alter_table("neighbours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_neighbours_second_id"))

    op.drop_table("neighbours")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_groups_campaign_id"))

    op.drop_table("groups")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_next")

    op.drop_table("cases")
    op.drop_table("alternates")
    op.drop_table("threads")
    with op.batch_alter_table("texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_texts_compared_by"))

    op.drop_table("texts")
    op.drop_table("stage_marks")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runs_started_at"))

    op.drop_table("runs")
    op.drop_table("policies")
    op.drop_table("models")
    op.drop_table("campaigns")
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batches_run_id"))

    op.drop_table("batches")
    op.drop_table("accounts")
