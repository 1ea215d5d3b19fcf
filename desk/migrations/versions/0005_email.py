"""Which conversation a Message-ID leads to."""

from alembic import op

revision = "0005"
down_revision = "0004"

APP = "streamdesk_app"
SYSTEM = "streamdesk_system"
CURRENT = "nullif(current_setting('app.account_id', true), '')::bigint"


def upgrade() -> None:
    op.execute(
        """
        create table mail_references (
            account_id bigint not null,
            inbox_id bigint not null,
            mail_id text not null,
            conversation_id bigint not null,
            constraint pk_mail_references primary key (account_id, inbox_id, mail_id),
            constraint fk_mail_references_account_id foreign key (account_id)
                references accounts (id),
            constraint fk_mail_references_account_id_inbox_id foreign key (account_id, inbox_id)
                references inboxes (account_id, id) on delete cascade,
            constraint fk_mail_references_account_id_conversation_id
                foreign key (account_id, conversation_id)
                references conversations (account_id, id) on delete cascade
        )"""
    )
    op.execute(
        "create index ix_mail_references_conversation "
        "on mail_references (account_id, conversation_id)"
    )
    op.execute(f"grant select, insert, update, delete on mail_references to {APP}, {SYSTEM}")
    op.execute("alter table mail_references enable row level security")
    condition = f"account_id = {CURRENT}"
    op.execute(
        f"create policy of_account on mail_references to {APP} "
        f"using ({condition}) with check ({condition})"
    )
    op.execute(
        f"create policy across_accounts on mail_references to {SYSTEM} "
        "using (true) with check (true)"
    )
