"""Say where an account wants to be told by HTTP and of what; change and end it."""

import base64
import secrets as random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from desk.actions.queue_deliveries import wake_endpoint
from desk.events.webhooks import WebhookCreated, WebhookDeleted, WebhookUpdated
from desk.rules.webhook_signature import PREFIX
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.inboxes import InboxRow
from desk.tables.webhooks import WebhookDeliveryRow, WebhookRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.web_address import web_address
from desk.words.webhooks import MOST_TRIES, SUBSCRIBED_AT_FIRST, DeliveryState, WebhookEvent

LONGEST_NAME = 255


async def create_webhook(
    tx: TenantTx,
    url: str,
    *,
    by: Actor,
    secrets: SecretBox,
    subscriptions: Sequence[str] = SUBSCRIBED_AT_FIRST,
    name: str | None = None,
    inbox_id: int | None = None,
) -> WebhookRow:
    """Tell an endpoint from now on; each gets a secret of its own."""
    row = WebhookRow(
        account_id=tx.account_id,
        url=await _free_url(tx, url),
        name=_checked_name(name),
        inbox_id=await _known_inbox(tx, inbox_id),
        subscriptions=_checked(subscriptions),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    _renew_secret(row, secrets)
    tx.record(WebhookCreated(row.id), by=by)
    return row


async def update_webhook(
    tx: TenantTx, webhook_id: int, changes: dict[str, Any], *, by: Actor
) -> WebhookRow:
    """Change its address, name or subscriptions; another address begins without a past."""
    row = await _row(tx, webhook_id)
    checked: dict[str, Any] = {}
    if "url" in changes:
        checked["url"] = await _free_url(tx, changes["url"], but=row.id)
    if "name" in changes:
        checked["name"] = _checked_name(changes["name"])
    if "subscriptions" in changes:
        checked["subscriptions"] = _checked(changes["subscriptions"])
    if "inbox_id" in changes:
        checked["inbox_id"] = await _known_inbox(tx, changes["inbox_id"])
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, checked[field])
    if "url" in changed:
        _forget_trouble(row)
    if changed:
        row.updated_at = tx.now
        tx.record(WebhookUpdated(row.id, sorted(changed)), by=by)
    return row


async def delete_webhook(tx: TenantTx, webhook_id: int, *, by: Actor) -> None:
    """Tell it nothing any more; its log goes with it."""
    row = await _row(tx, webhook_id)
    await tx.session.delete(row)
    tx.record(WebhookDeleted(row.id), by=by)


async def resume_webhook(tx: TenantTx, webhook_id: int, *, by: Actor) -> WebhookRow:
    """Switch a paused endpoint on again; it is told what happens from now on."""
    row = await _row(tx, webhook_id)
    if row.paused_at is not None:
        _forget_trouble(row)
        row.updated_at = tx.now
        tx.record(WebhookUpdated(row.id, ["paused_at"]), by=by)
    return row


async def renew_webhook_secret(
    tx: TenantTx, webhook_id: int, *, by: Actor, secrets: SecretBox
) -> WebhookRow:
    """Sign with another secret from the next try on."""
    row = await _row(tx, webhook_id)
    _renew_secret(row, secrets)
    row.updated_at = tx.now
    tx.record(WebhookUpdated(row.id, ["secret"]), by=by)
    return row


async def send_again(tx: TenantTx, webhook_id: int, delivery_id: int) -> None:
    """Deliver once more what was delivered or given up, under the id it had."""
    webhook = await _row(tx, webhook_id)
    if webhook.paused_at is not None:
        raise Invalid("webhook_paused", "The endpoint is paused. Switch it on first.")
    delivery = await tx.session.get(
        WebhookDeliveryRow, (tx.account_id, delivery_id), with_for_update=True
    )
    if delivery is None or delivery.webhook_id != webhook_id:
        raise NotFound("delivery_not_found", "There is no such delivery.")
    delivery.state = int(DeliveryState.WAITING)
    delivery.tries = 0
    delivery.most_tries = MOST_TRIES
    delivery.due_at = tx.now
    delivery.finished_at = None
    webhook.resting_until = None
    await tx.session.flush()
    await wake_endpoint(tx, webhook_id)


def secret_of(row_id: int, sealed: bytes | None, secrets: SecretBox) -> str | None:
    """The secret in the clear, for its administrators and for signing."""
    if sealed is None:
        return None
    return str(secrets.open(sealed, _context(row_id))["secret"])


def _renew_secret(row: WebhookRow, secrets: SecretBox) -> None:
    secret = PREFIX + base64.b64encode(random.token_bytes(32)).decode()
    row.secret = secrets.seal({"secret": secret}, _context(row.id))


def _context(row_id: int) -> str:
    return f"webhooks:{row_id}"


def _forget_trouble(row: WebhookRow) -> None:
    row.paused_at = row.paused_reason = row.failing_since = None
    row.resting_until = row.last_error = None
    row.failures = 0


async def _row(tx: TenantTx, webhook_id: int) -> WebhookRow:
    row = await tx.session.get(WebhookRow, (tx.account_id, webhook_id), with_for_update=True)
    if row is None or row.agent_bot_id is not None:
        raise NotFound("webhook_not_found", "There is no such webhook.")
    return row


async def _free_url(tx: TenantTx, url: str, *, but: int | None = None) -> str:
    address = web_address(url, field="url")
    found = await tx.session.execute(
        select(WebhookRow.id).where(
            WebhookRow.account_id == tx.account_id,
            WebhookRow.url == address,
            WebhookRow.agent_bot_id.is_(None),
        )
    )
    if any(taken != but for taken in found.scalars()):
        raise Conflict("url_taken", "Another webhook has this URL.", field="url")
    return address


async def _known_inbox(tx: TenantTx, inbox_id: int | None) -> int | None:
    if inbox_id is not None and await tx.session.get(InboxRow, (tx.account_id, inbox_id)) is None:
        raise Invalid("unknown_inbox", "There is no such inbox.", field="inbox_id")
    return inbox_id


def _checked_name(name: str | None) -> str | None:
    name = (name or "").strip() or None
    if name is not None and (len(name) > LONGEST_NAME or "\x00" in name):
        raise Invalid(
            "name_malformed", f"A name has at most {LONGEST_NAME} characters.", field="name"
        )
    return name


def _checked(subscriptions: Sequence[str]) -> list[str]:
    known = {event.value for event in WebhookEvent}
    unknown = sorted(set(subscriptions) - known)
    if unknown:
        raise Invalid(
            "unknown_subscriptions",
            f"There is no event {', '.join(unknown)}. There are: {', '.join(sorted(known))}.",
            field="subscriptions",
        )
    if not subscriptions:
        raise Invalid(
            "subscriptions_are_empty", "Subscribe to at least one event.", field="subscriptions"
        )
    return [event.value for event in WebhookEvent if event.value in subscriptions]
