"""Conversations that turned out to be one: the absorbed one knows which it became part of."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute("alter table conversations add column merged_into_id bigint")
    op.execute(
        """
        alter table conversations add constraint fk_conversations_account_id_merged_into_id
            foreign key (account_id, merged_into_id) references conversations (account_id, id)"""
    )
    with op.get_context().autocommit_block():
        # Whoever deletes a conversation has to know at once that nothing became part of it.
        op.execute(
            "create index concurrently if not exists cv_merged on conversations "
            "(account_id, merged_into_id) where merged_into_id is not null"
        )
