"""The desk's tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from desk.tables.base import Xid8

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    op.execute("create extension if not exists btree_gin")
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("locale", sa.String(length=16), server_default="en", nullable=False),
        sa.Column("time_zone", sa.String(length=64), server_default="UTC", nullable=False),
        sa.Column("suspended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "features",
            postgresql.ARRAY(sa.TEXT()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "settings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "custom_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_lc_xid"), "accounts", ["lc_xid"], unique=False)
    op.create_table(
        "broker_epochs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broker_epochs")),
        sa.UniqueConstraint("epoch", name=op.f("uq_broker_epochs_epoch")),
    )
    op.create_table(
        "lake_tombstones",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("row_key", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lake_tombstones")),
    )
    op.create_index("ix_lake_tombstones_xid", "lake_tombstones", ["xid"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("display_name", sa.String(length=255), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("pubsub_token", sa.String(length=64), nullable=False),
        sa.Column(
            "ui_settings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("pubsub_token", name=op.f("uq_users_pubsub_token")),
    )
    op.create_index("uq_users_email", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "account_users",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.Column(
            "availability",
            sa.SmallInteger(),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column("auto_offline", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_users_account_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_users_user_id")),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_account_users")),
    )
    op.create_index(op.f("ix_account_users_lc_xid"), "account_users", ["lc_xid"], unique=False)
    op.create_index(op.f("ix_account_users_user_id"), "account_users", ["user_id"], unique=False)
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_api_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("name", sa.String(length=255), server_default="", nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone_number", sa.String(length=32), nullable=True),
        sa.Column("identifier", sa.String(length=255), nullable=True),
        sa.Column("blocked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "additional_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "custom_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_contacts_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_contacts")),
        sa.UniqueConstraint(
            "account_id", "identifier", name=op.f("uq_contacts_account_id_identifier")
        ),
    )
    op.create_index(op.f("ix_contacts_lc_xid"), "contacts", ["lc_xid"], unique=False)
    op.create_index(
        "ix_contacts_phone_number",
        "contacts",
        ["account_id", "phone_number"],
        unique=False,
    )
    op.create_index(
        "ix_contacts_recent",
        "contacts",
        ["account_id", sa.literal_column("last_activity_at desc nulls last")],
        unique=False,
    )
    op.create_index(
        "ix_contacts_search",
        "contacts",
        [
            sa.literal_column(
                "(coalesce(name,'') || ' ' || coalesce(email,'') || ' ' || coalesce(phone_number,'')) gin_trgm_ops"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "uq_contacts_email",
        "contacts",
        ["account_id", sa.literal_column("lower(email)")],
        unique=True,
    )
    op.create_table(
        "conversation_numbers",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "last_display_id",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_conversation_numbers_account_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_conversation_numbers")),
    )
    op.create_table(
        "events",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("fact", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quiet", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_events_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_events")),
    )
    op.create_index(
        "ix_events_conversation",
        "events",
        ["account_id", "conversation_id", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_events_lc_xid"), "events", ["lc_xid"], unique=False)
    op.create_index("ix_events_position", "events", ["account_id", "position"], unique=False)
    op.create_index(
        "ix_events_undone",
        "events",
        ["id"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    op.create_index(
        "ix_events_unpublished",
        "events",
        ["id"],
        unique=False,
        postgresql_where=sa.text("position is null"),
    )
    op.create_table(
        "inboxes",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("secrets", sa.LargeBinary(), nullable=True),
        sa.Column(
            "enable_auto_assignment",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.Column(
            "lock_to_single_conversation",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "csat_survey_enabled",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "working_hours_enabled",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(length=64), server_default="UTC", nullable=False),
        sa.Column(
            "greeting_enabled",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("greeting_message", sa.String(), nullable=True),
        sa.Column("out_of_office_message", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_inboxes_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_inboxes")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_inboxes_channel_address")),
    )
    op.create_index(op.f("ix_inboxes_lc_xid"), "inboxes", ["lc_xid"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("priority", sa.SmallInteger(), server_default=sa.text("5"), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "max_attempts",
            sa.SmallInteger(),
            server_default=sa.text("3"),
            nullable=False,
        ),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_jobs_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("account_id", "kind", "key", name=op.f("uq_jobs_account_id_kind_key")),
    )
    op.create_index(
        "ix_jobs_due",
        "jobs",
        ["priority", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("done_at is null and failed_at is null"),
    )
    op.create_table(
        "labels",
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("color", sa.String(length=16), server_default="#1f93ff", nullable=False),
        sa.Column(
            "show_on_sidebar",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_labels_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_labels")),
        sa.UniqueConstraint("account_id", "title", name=op.f("uq_labels_account_id_title")),
    )
    op.create_index(op.f("ix_labels_lc_xid"), "labels", ["lc_xid"], unique=False)
    op.create_table(
        "parked_messages",
        sa.Column("consumer", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.String(length=16), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_parked_messages_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_parked_messages")),
        sa.UniqueConstraint(
            "consumer",
            "source",
            "source_id",
            "part",
            name=op.f("uq_parked_messages_consumer_source_source_id_part"),
        ),
    )
    op.create_index(
        "ix_parked_messages_open",
        "parked_messages",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("resolved_at is null"),
    )
    op.create_table(
        "teams",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column(
            "allow_auto_assign",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_teams_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_teams")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_teams_account_id_name")),
    )
    op.create_index(op.f("ix_teams_lc_xid"), "teams", ["lc_xid"], unique=False)
    op.create_table(
        "contact_inboxes",
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.String(length=320), nullable=False),
        sa.Column("pubsub_token", sa.String(length=64), nullable=False),
        sa.Column(
            "hmac_verified",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "contact_id"],
            ["contacts.account_id", "contacts.id"],
            name=op.f("fk_contact_inboxes_account_id_contact_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_contact_inboxes_account_id_inbox_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_contact_inboxes_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_contact_inboxes")),
        sa.UniqueConstraint(
            "inbox_id", "source_id", name=op.f("uq_contact_inboxes_inbox_id_source_id")
        ),
        sa.UniqueConstraint("pubsub_token", name=op.f("uq_contact_inboxes_pubsub_token")),
    )
    op.create_index(
        "ix_contact_inboxes_contact",
        "contact_inboxes",
        ["account_id", "contact_id"],
        unique=False,
    )
    op.create_table(
        "inbound",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=320), server_default="", nullable=False),
        sa.Column(
            "headers",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_inbound_account_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_inbound_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_inbound")),
    )
    op.create_index(
        "ix_inbound_undone",
        "inbound",
        ["id"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    op.create_table(
        "inbox_members",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_inbox_members_account_id_inbox_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_inbox_members_account_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_inbox_members_user_id")),
        sa.PrimaryKeyConstraint("account_id", "inbox_id", "user_id", name=op.f("pk_inbox_members")),
    )
    op.create_index(op.f("ix_inbox_members_user_id"), "inbox_members", ["user_id"], unique=False)
    op.create_table(
        "job_attempts",
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "job_id"],
            ["jobs.account_id", "jobs.id"],
            name=op.f("fk_job_attempts_account_id_job_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_job_attempts_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_job_attempts")),
    )
    op.create_index("ix_job_attempts_job", "job_attempts", ["account_id", "job_id"], unique=False)
    op.create_table(
        "team_members",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "team_id"],
            ["teams.account_id", "teams.id"],
            name=op.f("fk_team_members_account_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_team_members_account_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_team_members_user_id")),
        sa.PrimaryKeyConstraint("account_id", "team_id", "user_id", name=op.f("pk_team_members")),
    )
    op.create_index(op.f("ix_team_members_lc_xid"), "team_members", ["lc_xid"], unique=False)
    op.create_index(op.f("ix_team_members_user_id"), "team_members", ["user_id"], unique=False)
    op.create_table(
        "working_hours",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("day_of_week", sa.SmallInteger(), nullable=False),
        sa.Column("opens", sa.SmallInteger(), nullable=True),
        sa.Column("closes", sa.SmallInteger(), nullable=True),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_working_hours_account_id_inbox_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_working_hours_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_working_hours")),
        sa.UniqueConstraint(
            "inbox_id",
            "day_of_week",
            name=op.f("uq_working_hours_inbox_id_day_of_week"),
        ),
    )
    op.create_index(op.f("ix_working_hours_lc_xid"), "working_hours", ["lc_xid"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("display_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "uuid",
            sa.Uuid(),
            server_default=sa.text("gen_random_uuid()"),
            nullable=False,
        ),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=True),
        sa.Column(
            "label_ids",
            postgresql.ARRAY(sa.BIGINT()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_reply_created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_incoming_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent_last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assignee_last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_chat_message_id", sa.BigInteger(), nullable=True),
        sa.Column("unread_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "additional_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "custom_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "contact_id"],
            ["contacts.account_id", "contacts.id"],
            name=op.f("fk_conversations_account_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "contact_inbox_id"],
            ["contact_inboxes.account_id", "contact_inboxes.id"],
            name=op.f("fk_conversations_account_id_contact_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_conversations_account_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "team_id"],
            ["teams.account_id", "teams.id"],
            name=op.f("fk_conversations_account_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_conversations_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["users.id"], name=op.f("fk_conversations_assignee_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_conversations")),
        sa.UniqueConstraint(
            "account_id",
            "display_id",
            name=op.f("uq_conversations_account_id_display_id"),
        ),
        sa.UniqueConstraint("uuid", name=op.f("uq_conversations_uuid")),
        postgresql_with={"fillfactor": "85", "autovacuum_vacuum_scale_factor": "0.01"},
    )
    op.create_index(
        "cv_all",
        "conversations",
        [
            "account_id",
            "status",
            sa.literal_column("last_activity_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
    )
    op.create_index(
        "cv_assignee",
        "conversations",
        [
            "account_id",
            "assignee_id",
            "status",
            sa.literal_column("last_activity_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
    )
    op.create_index(
        "cv_contact",
        "conversations",
        ["account_id", "contact_id", sa.literal_column("last_activity_at desc")],
        unique=False,
    )
    op.create_index(
        "cv_contact_inbox",
        "conversations",
        ["account_id", "contact_inbox_id", sa.literal_column("id desc")],
        unique=False,
    )
    op.create_index(
        "cv_inbox",
        "conversations",
        [
            "account_id",
            "inbox_id",
            "status",
            sa.literal_column("last_activity_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
    )
    op.create_index(
        "cv_labels",
        "conversations",
        ["label_ids"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "cv_open_count",
        "conversations",
        ["account_id", "assignee_id", "inbox_id", "team_id"],
        unique=False,
        postgresql_where=sa.text("status = 0"),
    )
    op.create_index(
        "cv_recent",
        "conversations",
        [
            "account_id",
            sa.literal_column("last_activity_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
    )
    op.create_index(
        "cv_team",
        "conversations",
        [
            "account_id",
            "team_id",
            "status",
            sa.literal_column("last_activity_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
        postgresql_where=sa.text("team_id is not null"),
    )
    op.create_index(
        "cv_unread",
        "conversations",
        ["account_id", "assignee_id", "inbox_id"],
        unique=False,
        postgresql_where=sa.text("unread_count > 0"),
    )
    op.create_index(op.f("ix_conversations_lc_xid"), "conversations", ["lc_xid"], unique=False)
    op.create_table(
        "messages",
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("message_type", sa.SmallInteger(), nullable=False),
        sa.Column("private", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column(
            "content_type",
            sa.SmallInteger(),
            server_default=sa.text("0"),
            nullable=False,
        ),
        sa.Column(
            "content_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("sender_type", sa.String(length=32), nullable=True),
        sa.Column("sender_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column(
            "additional_attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversations.account_id", "conversations.id"],
            name=op.f("fk_messages_account_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "inbox_id"],
            ["inboxes.account_id", "inboxes.id"],
            name=op.f("fk_messages_account_id_inbox_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_messages_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_lc_xid"), "messages", ["lc_xid"], unique=False)
    op.create_index(
        "ms_conversation",
        "messages",
        ["conversation_id", sa.literal_column("id desc")],
        unique=False,
    )
    op.create_index(
        "ms_search",
        "messages",
        [
            "account_id",
            sa.literal_column("to_tsvector('simple', coalesce(content, ''))"),
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "uq_messages_source",
        "messages",
        ["inbox_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id is not null"),
    )
    op.create_table(
        "attachments",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("file_type", sa.SmallInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("mime_type", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("remote_id", sa.String(), nullable=True),
        sa.Column("external_url", sa.String(), nullable=True),
        sa.Column(
            "meta",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "message_id"],
            ["messages.account_id", "messages.id"],
            name=op.f("fk_attachments_account_id_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_attachments_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_attachments")),
    )
    op.create_index(
        "ix_attachments_message",
        "attachments",
        ["account_id", "message_id"],
        unique=False,
    )
    op.create_table(
        "csat_surveys",
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "lc_xid",
            Xid8(),
            server_default=sa.text("pg_current_xact_id()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "contact_id"],
            ["contacts.account_id", "contacts.id"],
            name=op.f("fk_csat_surveys_account_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversations.account_id", "conversations.id"],
            name=op.f("fk_csat_surveys_account_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "message_id"],
            ["messages.account_id", "messages.id"],
            name=op.f("fk_csat_surveys_account_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_csat_surveys_account_id")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["users.id"], name=op.f("fk_csat_surveys_agent_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_csat_surveys")),
    )
    op.create_index(op.f("ix_csat_surveys_lc_xid"), "csat_surveys", ["lc_xid"], unique=False)
    op.create_index(
        "uq_csat_surveys_conversation",
        "csat_surveys",
        ["account_id", "conversation_id"],
        unique=True,
    )
