"""Platform apps, bots at work, people's own settings, and the ends of accounts."""

from alembic import op

revision = "0011"
down_revision = "0010"

APP = "streamdesk_app"
SYSTEM = "streamdesk_system"
CURRENT = "nullif(current_setting('app.account_id', true), '')::bigint"

AUDITED = (
    "account_updated",
    "account_suspended",
    "account_resumed",
    "account_closed",
    "feature_switched",
    "sms_sender_changed",
    "agent_added",
    "agent_role_changed",
    "agent_custom_role_changed",
    "agent_removed",
    "profile_changed",
    "signed_in",
    "signed_out",
    "agent_bot_employed",
    "agent_bot_updated",
    "agent_bot_dismissed",
    "inbox_bot_changed",
    "inbox_created",
    "inbox_updated",
    "inbox_closed",
    "working_hours_changed",
    "inbox_members_changed",
    "team_created",
    "team_updated",
    "team_members_changed",
    "team_disbanded",
    "label_created",
    "label_updated",
    "label_deleted",
    "automation_rule_created",
    "automation_rule_updated",
    "automation_rule_deleted",
    "macro_created",
    "macro_updated",
    "macro_deleted",
    "webhook_created",
    "webhook_updated",
    "webhook_paused",
    "webhook_deleted",
    "portal_created",
    "portal_updated",
    "portal_deleted",
    "category_created",
    "category_updated",
    "category_deleted",
    "article_created",
    "article_updated",
    "article_deleted",
    "integration_hook_created",
    "integration_hook_updated",
    "integration_hook_deleted",
    "custom_role_created",
    "custom_role_updated",
    "custom_role_deleted",
    "dashboard_app_created",
    "dashboard_app_updated",
    "dashboard_app_deleted",
    "canned_response_created",
    "canned_response_updated",
    "canned_response_deleted",
    "custom_attribute_defined",
    "custom_attribute_changed",
    "custom_attribute_dropped",
    "sla_policy_created",
    "sla_policy_updated",
    "sla_policy_deleted",
    "conversation_deleted",
)


def upgrade() -> None:
    op.execute(
        """
        alter table accounts
            add column domain varchar(100),
            add column support_email varchar(100),
            add column limits jsonb not null default '{}'::jsonb,
            add column deleted_at timestamptz"""
    )
    op.execute(
        """
        alter table users
            add column custom_attributes jsonb not null default '{}'::jsonb,
            add column message_signature varchar,
            add column avatar_path varchar(255),
            add column token_round bigint not null default 0,
            add column deleted_at timestamptz"""
    )
    _bots()
    _platform()
    names = ", ".join(f"'{name}'" for name in AUDITED)
    op.execute(f"create index ix_events_audited on events (account_id, id) where name in ({names})")


def _bots() -> None:
    op.execute(
        """
        alter table agent_bots
            drop constraint pk_agent_bots,
            add constraint pk_agent_bots primary key (id),
            alter column account_id drop not null,
            add constraint uq_agent_bots_account_id_id unique (account_id, id),
            add column outgoing_url varchar(2048),
            add column bot_config jsonb not null default '{}'::jsonb,
            add column secret bytea,
            add column avatar_path varchar(255),
            add column token_digest bytea,
            add column token_round bigint not null default 0,
            add constraint uq_agent_bots_token_digest unique (token_digest)"""
    )
    # An account may look at the house's bots and put them to work; it changes only its own.
    op.execute(
        f"create policy of_the_house on agent_bots for select to {APP} using (account_id is null)"
    )
    op.execute(
        """
        create table agent_bot_inboxes (
            account_id bigint not null,
            inbox_id bigint not null,
            agent_bot_id bigint not null,
            status smallint not null default 0,
            created_at timestamptz not null,
            constraint pk_agent_bot_inboxes primary key (account_id, inbox_id),
            constraint fk_agent_bot_inboxes_account_id
                foreign key (account_id) references accounts (id),
            constraint fk_agent_bot_inboxes_account_id_inbox_id
                foreign key (account_id, inbox_id) references inboxes (account_id, id)
                on delete cascade,
            constraint fk_agent_bot_inboxes_agent_bot_id
                foreign key (agent_bot_id) references agent_bots (id) on delete cascade
        )"""
    )
    op.execute("create index ix_agent_bot_inboxes_agent_bot_id on agent_bot_inboxes (agent_bot_id)")
    op.execute(f"grant select, insert, update, delete on agent_bot_inboxes to {APP}, {SYSTEM}")
    op.execute("alter table agent_bot_inboxes enable row level security")
    op.execute(
        f"create policy of_account on agent_bot_inboxes to {APP} "
        f"using (account_id = {CURRENT}) with check (account_id = {CURRENT})"
    )
    op.execute(
        f"create policy across_accounts on agent_bot_inboxes to {SYSTEM} "
        "using (true) with check (true)"
    )
    op.execute(
        """
        alter table webhooks
            add column agent_bot_id bigint,
            drop constraint uq_webhooks_account_id_url,
            add constraint uq_webhooks_account_id_agent_bot_id unique (account_id, agent_bot_id),
            add constraint fk_webhooks_agent_bot_id
                foreign key (agent_bot_id) references agent_bots (id) on delete cascade"""
    )
    op.execute(
        "create unique index uq_webhooks_url on webhooks (account_id, url) "
        "where agent_bot_id is null"
    )
    op.execute("create index ix_webhooks_agent_bot_id on webhooks (agent_bot_id)")


def _platform() -> None:
    op.execute(
        """
        create table platform_apps (
            id bigint generated by default as identity,
            name varchar(255) not null,
            token_digest bytea not null,
            token_round bigint not null default 0,
            created_at timestamptz not null,
            constraint pk_platform_apps primary key (id),
            constraint uq_platform_apps_name unique (name),
            constraint uq_platform_apps_token_digest unique (token_digest)
        )"""
    )
    op.execute(
        """
        create table platform_app_permissibles (
            platform_app_id bigint not null,
            kind varchar(16) not null,
            object_id bigint not null,
            created_at timestamptz not null,
            constraint pk_platform_app_permissibles primary key (platform_app_id, kind, object_id),
            constraint fk_platform_app_permissibles_platform_app_id
                foreign key (platform_app_id) references platform_apps (id) on delete cascade
        )"""
    )
    for table in ("platform_apps", "platform_app_permissibles"):
        op.execute(f"grant select, insert, update, delete on {table} to {SYSTEM}")
        op.execute(f"alter table {table} enable row level security")
        op.execute(
            f"create policy across_accounts on {table} to {SYSTEM} using (true) with check (true)"
        )
    op.execute(f"grant usage on all sequences in schema public to {APP}, {SYSTEM}")
