"""Give a contact a picture, or take it away."""

from desk.events.contacts import ContactUpdated
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_avatar_later
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import ContactId
from desk.words.web_address import web_address

FETCH_CONTACT_AVATAR = "fetch_contact_avatar"


async def picture_contact(
    tx: TenantTx, contact_id: ContactId, path: str | None, *, by: Actor
) -> None:
    """The picture, if it is one, lies in the store already; the one before it is to go."""
    contact = await tx.session.get(ContactRow, (tx.account_id, contact_id), with_for_update=True)
    if contact is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    before = contact.avatar_path
    if before == path:
        return
    contact.avatar_path = path
    await remove_avatar_later(tx, before)
    tx.record(ContactUpdated(contact_id, ["avatar"]), by=by)


async def fetch_picture_later(tx: TenantTx, contact_id: ContactId, url: str) -> None:
    """The picture lies at an address: a job fetches it, so that nobody waits for a stranger."""
    payload = {"contact_id": int(contact_id), "url": web_address(url, field="avatar_url")}
    await queue_job(tx, FETCH_CONTACT_AVATAR, str(int(contact_id)), payload, priority=8)
