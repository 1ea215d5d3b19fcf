"""Row security for every tenant table, the lake's change marks, and tenant-safe search."""

from alembic import op

revision = "0002"
down_revision = "0001"

APP = "streamdesk_app"
SYSTEM = "streamdesk_system"

TENANT_TABLES = (
    "conversation_numbers",
    "account_users",
    "inboxes",
    "inbox_members",
    "working_hours",
    "teams",
    "team_members",
    "labels",
    "contacts",
    "contact_inboxes",
    "conversations",
    "messages",
    "attachments",
    "csat_surveys",
    "events",
    "inbound",
    "parked_messages",
    "jobs",
    "job_attempts",
)

LAKE_TABLES = {
    "accounts": ("id",),
    "account_users": ("account_id", "user_id"),
    "inboxes": ("account_id", "id"),
    "working_hours": ("account_id", "id"),
    "teams": ("account_id", "id"),
    "team_members": ("account_id", "team_id", "user_id"),
    "labels": ("account_id", "id"),
    "contacts": ("account_id", "id"),
    "conversations": ("account_id", "id"),
    "messages": ("account_id", "id"),
    "csat_surveys": ("account_id", "id"),
}
"""The tables whose rows change; the event log only grows and needs its default alone."""

CURRENT = "nullif(current_setting('app.account_id', true), '')::bigint"


def upgrade() -> None:
    op.execute(f"grant usage on schema public to {APP}, {SYSTEM}")
    op.execute(f"grant select, insert, update, delete on all tables in schema public to {SYSTEM}")
    op.execute(f"grant usage on all sequences in schema public to {APP}, {SYSTEM}")
    op.execute(f"grant select, update on accounts to {APP}")
    op.execute(f"grant select on users to {APP}")
    for table in TENANT_TABLES:
        op.execute(f"grant select, insert, update, delete on {table} to {APP}")
        _protect(table, f"account_id = {CURRENT}")
    _protect("accounts", f"id = {CURRENT}")
    _protect(
        "users",
        f"exists (select from account_users m where m.user_id = users.id and m.account_id = {CURRENT})",
    )
    for table in ("api_tokens", "broker_epochs", "lake_tombstones"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(
            f"create policy across_accounts on {table} to {SYSTEM} using (true) with check (true)"
        )

    op.execute(
        """
        create function mark_changed() returns trigger language plpgsql as $$
        begin
            new.lc_xid := pg_current_xact_id();
            return new;
        end $$"""
    )
    op.execute(
        """
        create function grow_version() returns trigger language plpgsql as $$
        begin
            new.version := old.version + 1;
            return new;
        end $$"""
    )
    op.execute(
        """
        create function leave_tombstones() returns trigger
        language plpgsql security definer set search_path = public as $$
        begin
            insert into lake_tombstones (table_name, account_id, row_key)
            select tg_table_name,
                   coalesce(to_jsonb(gone) ->> 'account_id', to_jsonb(gone) ->> 'id')::bigint,
                   (select jsonb_object_agg(k, to_jsonb(gone) -> k) from unnest(tg_argv) k)
            from gone;
            return null;
        end $$"""
    )
    for table, key in LAKE_TABLES.items():
        op.execute(
            f"create trigger mark_changed before update on {table} "
            "for each row execute function mark_changed()"
        )
        arguments = ", ".join(f"'{column}'" for column in key)
        op.execute(
            f"create trigger leave_tombstones after delete on {table} referencing old table as gone "
            f"for each statement execute function leave_tombstones({arguments})"
        )
    op.execute(
        "create trigger grow_version before update on conversations "
        "for each row execute function grow_version()"
    )

    # Row security keeps the planner from using GIN indexes under the application's role
    # (their operators are not leak-proof): these functions run as the owner and check the account.
    op.execute(
        f"""
        create function search_messages(p_account bigint, p_words text, p_limit int)
        returns table (conversation_id bigint, message_id bigint)
        language plpgsql stable security definer set search_path = public as $$
        declare
            plain text := plainto_tsquery('simple', p_words)::text;
            wanted tsquery;
        begin
            if p_account is distinct from {CURRENT} then
                raise exception 'search is for the current account only'
                    using errcode = 'insufficient_privilege';
            end if;
            if plain = '' then return; end if;
            wanted := (plain || ':*')::tsquery;
            return query execute
                'select found.conversation_id, max(found.id) from (
                    select m.conversation_id, m.id from messages m
                    where m.account_id = $1
                      and to_tsvector(''simple'', coalesce(m.content, '''')) @@ $2
                      and m.message_type in (0, 1)
                    limit 5000) found
                 group by found.conversation_id order by 2 desc limit $3'
            using p_account, wanted, p_limit;
        end $$"""
    )
    op.execute(
        f"""
        create function search_contacts(p_account bigint, p_words text, p_limit int)
        returns table (contact_id bigint)
        language plpgsql stable security definer set search_path = public as $$
        begin
            if p_account is distinct from {CURRENT} then
                raise exception 'search is for the current account only'
                    using errcode = 'insufficient_privilege';
            end if;
            return query execute
                'select c.id from contacts c where c.account_id = $1
                   and (coalesce(c.name, '''') || '' '' || coalesce(c.email, '''') || '' '' ||
                        coalesce(c.phone_number, '''')) ilike $2
                 order by c.last_activity_at desc nulls last limit $3'
            using p_account,
                  '%' || replace(replace(replace(p_words, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%',
                  p_limit;
        end $$"""
    )
    for function in ("search_messages", "search_contacts"):
        op.execute(f"revoke all on function {function} from public")
        op.execute(f"grant execute on function {function} to {APP}")


def _protect(table: str, condition: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(
        f"create policy of_account on {table} to {APP} using ({condition}) with check ({condition})"
    )
    op.execute(
        f"create policy across_accounts on {table} to {SYSTEM} using (true) with check (true)"
    )
