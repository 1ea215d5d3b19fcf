"""What strangers are told about a conversation: the shapes that screens see."""

from typing import Any

import msgspec

from desk.automation.errands import Errand
from desk.store.accounts import account_of
from desk.store.contacts import contact_shape
from desk.store.conversations import shapes
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound


async def told_shapes(tx: TenantTx, errand: Errand) -> dict[str, msgspec.Raw | dict[str, Any]]:
    """conversation, contact and account, as they are now; raises NotFound."""
    found = await shapes(tx, tx.account_id, [errand.conversation_id])
    row = await tx.first(
        "select contact_id from conversations where account_id = %s and id = %s",
        [tx.account_id, errand.conversation_id],
    )
    if row is None:
        raise NotFound("conversation_not_found", "The conversation is gone.")
    contact = await contact_shape(tx, row["contact_id"])
    account = await account_of(tx)
    return {
        "conversation": msgspec.Raw(found[errand.conversation_id]["shape"].encode()),
        "contact": msgspec.Raw(contact.encode()),
        "account": {"id": account["id"], "name": account["name"]},
    }
