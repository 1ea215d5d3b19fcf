"""Say from which number the account's text messages come."""

import re
from typing import Any

import msgspec

from desk.events.automation import SmsSenderChanged
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.automation import SmsSenderRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId
from desk.words.phone_number import phone_number
from desk.words.web_address import web_address

TWILIO = "https://api.twilio.com"

_SID = re.compile(r"AC[0-9a-f]{32}")


class SmsSenderWanted(msgspec.Struct, frozen=True):
    """The sender as it is to be."""

    account_sid: str
    from_number: str
    auth_token: str | None = None
    """Absent: the one already kept."""
    api_base_url: str = TWILIO


async def name_sms_sender(
    tx: TenantTx, wanted: SmsSenderWanted, *, secrets: SecretBox, by: Actor
) -> None:
    """Send text messages from this number from now on."""
    if not _SID.fullmatch(wanted.account_sid):
        raise Invalid(
            "account_sid_malformed",
            "An account SID is AC and 32 hexadecimal digits.",
            field="account_sid",
        )
    values: dict[str, Any] = {
        "account_sid": wanted.account_sid,
        "from_number": phone_number(wanted.from_number, field="from_number"),
        "api_base_url": web_address(wanted.api_base_url, field="api_base_url").rstrip("/"),
    }
    context = sealing_context(tx.account_id)
    row = await tx.session.get(SmsSenderRow, tx.account_id, with_for_update=True)
    if wanted.auth_token is None and row is None:
        raise Invalid("auth_token_missing", "Give the auth token.", field="auth_token")
    if wanted.auth_token is not None:
        if not wanted.auth_token.strip():
            raise Invalid("auth_token_missing", "Give the auth token.", field="auth_token")
        kept = secrets.open(row.auth_token, context) if row is not None else {}
        given = {"auth_token": wanted.auth_token.strip()}
        if kept != given:
            values["auth_token"] = secrets.seal(given, context)
    if row is None:
        row = SmsSenderRow(account_id=tx.account_id, created_at=tx.now, updated_at=tx.now, **values)
        tx.session.add(row)
    elif any(getattr(row, field) != value for field, value in values.items()):
        for field, value in values.items():
            setattr(row, field, value)
        row.updated_at = tx.now
    else:
        return
    tx.record(SmsSenderChanged(), by=by)


async def drop_sms_sender(tx: TenantTx, *, by: Actor) -> None:
    """Send no text messages any more."""
    row = await tx.session.get(SmsSenderRow, tx.account_id, with_for_update=True)
    if row is None:
        raise NotFound("sms_sender_not_found", "The account has no SMS sender.")
    await tx.session.delete(row)
    tx.record(SmsSenderChanged(removed=True), by=by)


def sealing_context(account_id: AccountId) -> str:
    """What the sender's token is sealed to."""
    return f"sms_senders:{int(account_id)}"
