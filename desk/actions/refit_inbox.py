"""Change what an inbox is made of: its address, its channel's settings, its credentials."""

from typing import Any

import msgspec

from desk.actions.open_inbox import key_digest, only_one_of_its_kind, sealing_context
from desk.events.administration import InboxUpdated
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.inboxes import InboxRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, NotFound
from desk.words.ids import InboxId


class Fitting(msgspec.Struct, frozen=True):
    """What an inbox is made of beside what all inboxes have."""

    address: str
    config: dict[str, Any]
    credentials: dict[str, Any]


async def refit_inbox(
    tx: TenantTx,
    inbox_id: InboxId,
    was: Fitting,
    to: Fitting,
    *,
    own_key: str | None,
    secrets: SecretBox,
    by: Actor,
) -> None:
    """Give the inbox these parts; conversations and people stay.

    `was` is what the change was thought out upon: if that is no longer so, it is refused.
    """
    inbox = await tx.session.get(InboxRow, (tx.account_id, inbox_id), with_for_update=True)
    if inbox is None:
        raise NotFound("inbox_not_found", "There is no such inbox.")
    context = sealing_context(inbox_id)
    credentials = secrets.open(inbox.secrets, context) if inbox.secrets else {}
    if Fitting(inbox.address, inbox.config, credentials) != was:
        raise Conflict("inbox_changed", "Somebody changed the inbox meanwhile. Try again.")
    changed = [
        name for name in Fitting.__struct_fields__ if getattr(was, name) != getattr(to, name)
    ]
    inbox.address, inbox.config = to.address, to.config
    if "credentials" in changed:
        inbox.secrets = secrets.seal(to.credentials, context) if to.credentials else None
    if own_key is not None:
        inbox.key_digest = key_digest(secrets, own_key)
    with only_one_of_its_kind(to.address):
        await tx.session.flush()
    if changed:
        tx.record(InboxUpdated(inbox_id, changed), by=by)
