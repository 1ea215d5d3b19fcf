"""What a rule or a macro writes: a rule in nobody's name, a macro in that of whoever runs it."""

from desk.actions.send_automatic import send_automatic
from desk.actions.send_reply import send_reply
from desk.automation.action_contract import Firing
from desk.store.transaction import TenantTx


async def write(tx: TenantTx, firing: Firing, content: str, *, private: bool = False) -> None:
    """A message to the customer, or a note for colleagues."""
    if firing.user_id is None:
        await send_automatic(tx, firing.conversation, content, by=firing.by, private=private)
    else:
        await send_reply(tx, firing.conversation, content, by=firing.user_id, private=private)
