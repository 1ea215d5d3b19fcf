"""Put an app to use, change its settings, switch it on and off, and end it."""

from typing import Any

from sqlalchemy import func, select

from desk.actions.change_status import change_status
from desk.actions.employ_bot import employ_bot
from desk.actions.hand_over import MOST_TAKEN_OVER
from desk.events.integrations import (
    IntegrationHookCreated,
    IntegrationHookDeleted,
    IntegrationHookUpdated,
)
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.tables.inboxes import InboxRow
from desk.tables.integrations import IntegrationHookRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.integrations import (
    DIALOGFLOW,
    SLACK,
    App,
    HookStatus,
    HookType,
    app_of,
    checked_settings,
)

LONGEST_REASON = 500


async def create_hook(
    tx: TenantTx,
    app_id: object,
    settings: dict[str, Any],
    *,
    secrets: SecretBox,
    by: Actor,
    inbox_id: int | None = None,
    enabled: bool = True,
) -> IntegrationHookRow:
    """Put an app to use: once in an account, or once for each inbox."""
    app = app_of(app_id)
    kept = checked_settings(app, settings)
    inbox_id = await _inbox(tx, app, inbox_id)
    # Two at the same time would both find the place free.
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended('integration_hooks:' || %s, 0))",
        [int(tx.account_id)],
    )
    taken = await tx.session.execute(
        select(IntegrationHookRow.id).where(
            IntegrationHookRow.account_id == tx.account_id,
            IntegrationHookRow.app_id == app.id,
            func.coalesce(IntegrationHookRow.inbox_id, 0) == (inbox_id or 0),
        )
    )
    if taken.scalar_one_or_none() is not None:
        where = "this inbox" if app.hook_type is HookType.INBOX else "the account"
        raise Conflict("app_in_use", f"{app.name} is in use in {where} already.", field="app_id")
    row = IntegrationHookRow(
        account_id=tx.account_id,
        app_id=app.id,
        inbox_id=inbox_id,
        status=int(HookStatus.ENABLED if enabled else HookStatus.DISABLED),
        settings={},
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    _put(row, app, kept, secrets)
    if app.id == DIALOGFLOW:
        row.agent_bot_id = await _its_bot(tx, app, secrets, by)
    await tx.session.flush()
    tx.record(IntegrationHookCreated(row.id, app.id, inbox_id), by=by)
    return row


async def update_hook(
    tx: TenantTx,
    hook_id: int,
    *,
    secrets: SecretBox,
    by: Actor,
    settings: dict[str, Any] | None = None,
    enabled: bool | None = None,
) -> IntegrationHookRow:
    """Change the settings that are given, keep the others; null takes one back."""
    row = await _row(tx, hook_id)
    app = app_of(row.app_id)
    fields: list[str] = []
    if settings is not None:
        before = settings_of(row.id, row.settings, row.secrets, secrets)
        merged = {k: v for k, v in (before | settings).items() if v is not None}
        kept = checked_settings(app, merged)
        _refuse_secrets_elsewhere(app, before, kept, settings)
        if kept != before:
            channel = row.reference_id
            _put(row, app, kept, secrets)
            row.last_error = None
            fields.append("settings")
            if channel != row.reference_id:
                await _begin_anew(tx, row.id)
    if enabled is not None and enabled != (row.status == HookStatus.ENABLED):
        row.status = int(HookStatus.ENABLED if enabled else HookStatus.DISABLED)
        fields.append("status")
        if enabled:
            row.last_error = None
            await _pass_over_the_past(tx, row.id)
        else:
            await _take_over_from_bot(tx, row)
    if fields:
        row.updated_at = tx.now
        await tx.session.flush()
        tx.record(IntegrationHookUpdated(row.id, app.id, fields), by=by)
    return row


async def delete_hook(tx: TenantTx, hook_id: int, *, by: Actor) -> None:
    """End it; what came of it in conversations stays."""
    row = await _row(tx, hook_id)
    await _take_over_from_bot(tx, row)
    await tx.session.delete(row)
    tx.record(IntegrationHookDeleted(hook_id, row.app_id), by=by)


async def note_trouble(tx: TenantTx, hook_id: int, reason: str, *, switch_off: bool) -> None:
    """Keep what the other side said; an app that is refused for good is switched off."""
    row = await tx.session.get(IntegrationHookRow, (tx.account_id, hook_id), with_for_update=True)
    if row is None:
        return
    row.last_error = reason[:LONGEST_REASON].replace("\x00", "")
    if switch_off and row.status == HookStatus.ENABLED:
        row.status = int(HookStatus.DISABLED)
        row.updated_at = tx.now
        tx.record(IntegrationHookUpdated(row.id, row.app_id, ["status"]), by=Actor.system())


def settings_of(
    hook_id: int, shown: dict[str, Any], sealed: bytes | None, secrets: SecretBox
) -> dict[str, Any]:
    """All settings in the clear, for whoever works with the app."""
    return shown | (secrets.open(sealed, _context(hook_id)) if sealed else {})


def _put(row: IntegrationHookRow, app: App, kept: dict[str, Any], secrets: SecretBox) -> None:
    row.settings = {name: value for name, value in kept.items() if name not in app.secret}
    hidden = {name: value for name, value in kept.items() if name in app.secret}
    row.secrets = secrets.seal(hidden, _context(row.id)) if hidden else None
    row.reference_id = kept["channel_id"] if app.id == SLACK else None


def _refuse_secrets_elsewhere(
    app: App, before: dict[str, Any], kept: dict[str, Any], given: dict[str, Any]
) -> None:
    """What is never shown again must not be had by naming another address for it to go to."""
    moved = kept.get("api_base_url") != before.get("api_base_url")
    missing = sorted(name for name in app.secret if moved and given.get(name) is None)
    if missing:
        raise Invalid(
            "secrets_missing",
            f"Another address needs {' and '.join(missing)} to be given again.",
            field=f"settings.{missing[0]}",
        )


def _context(hook_id: int) -> str:
    return f"integration_hooks:{hook_id}"


async def _row(tx: TenantTx, hook_id: int) -> IntegrationHookRow:
    row = await tx.session.get(IntegrationHookRow, (tx.account_id, hook_id), with_for_update=True)
    if row is None:
        raise NotFound("hook_not_found", "There is no such integration.")
    return row


async def _inbox(tx: TenantTx, app: App, inbox_id: int | None) -> int | None:
    if app.hook_type is HookType.ACCOUNT:
        return None
    if inbox_id is None:
        raise Invalid("inbox_missing", f"{app.name} works in one inbox: name it.", field="inbox_id")
    if await tx.session.get(InboxRow, (tx.account_id, inbox_id)) is None:
        raise Invalid("unknown_inbox", "There is no such inbox.", field="inbox_id")
    return inbox_id


async def _its_bot(tx: TenantTx, app: App, secrets: SecretBox, by: Actor) -> int | None:
    row = await tx.first(
        """select agent_bot_id as id from integration_hooks
           where account_id = %s and app_id = %s and agent_bot_id is not null limit 1""",
        [tx.account_id, app.id],
    )
    if row is not None:
        return int(row["id"])
    return (await employ_bot(tx, app.name, by=by, secrets=secrets)).id


async def _begin_anew(tx: TenantTx, hook_id: int) -> None:
    """Another channel knows none of the threads."""
    for table in ("integration_threads", "integration_posts"):
        await tx.execute(
            f"delete from {table} where account_id = %s and hook_id = %s",  # noqa: S608
            [tx.account_id, hook_id],
        )


async def _pass_over_the_past(tx: TenantTx, hook_id: int) -> None:
    """What was said while it was off is not told."""
    await tx.execute(
        """update integration_threads t set trying_message_id = null, last_message_id = greatest(
               t.last_message_id, (select coalesce(max(m.id), 0) from messages m
                   where m.account_id = t.account_id and m.conversation_id = t.conversation_id))
           where t.account_id = %s and t.hook_id = %s""",
        [tx.account_id, hook_id],
    )


async def _take_over_from_bot(tx: TenantTx, row: IntegrationHookRow) -> None:
    """Nobody answers there any more: what the bot had in hand is people's."""
    if row.app_id != DIALOGFLOW:
        return
    found = await tx.session.execute(
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id,
            ConversationRow.inbox_id == row.inbox_id,
            ConversationRow.status == int(ConversationStatus.PENDING),
        )
        .order_by(ConversationRow.last_activity_at.desc())
        .limit(MOST_TAKEN_OVER)
        .with_for_update()
    )
    for conversation in found.scalars().all():
        await change_status(tx, conversation, ConversationStatus.OPEN, by=Actor.system())
