"""How an API inbox is made, changed and shown."""

import base64
import secrets as random
from typing import Any

import msgspec

from desk.clock import new_token
from desk.words.channels import ChannelKind
from desk.words.web_address import web_address
from ingest.inbox_contract import Given, InboxParts, Site, understood

Unset = msgspec.UnsetType

_WINDOW = "agent_reply_time_window"
"""Chatwoot's name for how many hours after a customer's message agents may write freely."""


class ApiSettings(msgspec.Struct, frozen=True):
    """What can be said about an API inbox."""

    webhook_url: str | Unset | None = msgspec.UNSET
    hmac_mandatory: bool | Unset = msgspec.UNSET
    additional_attributes: dict[str, Any] | Unset | None = msgspec.UNSET


class ApiInboxes:
    """Inboxes whose customers write through the public API."""

    type = "api"
    kind = ChannelKind.API

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        return InboxParts(
            address=new_token(18),
            config={"webhook_url": None, "hmac_mandatory": False, "additional_attributes": {}}
            | _config(understood(given, ApiSettings)),
            secrets={"hmac_token": new_token(), "secret": f"whsec_{_key()}"},
        )

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        changes = _config(understood(given, ApiSettings))
        return msgspec.structs.replace(now, config=now.config | changes)

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "inbox_identifier": parts.address,
            "webhook_url": parts.config.get("webhook_url"),
            "hmac_mandatory": bool(parts.config.get("hmac_mandatory")),
            "additional_attributes": parts.config.get("additional_attributes") or {},
        }
        if trusted:
            shown["hmac_token"] = parts.secrets.get("hmac_token")
            shown["secret"] = parts.secrets.get("secret")
        return shown


def _config(given: ApiSettings) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if given.webhook_url is not msgspec.UNSET:
        url = given.webhook_url
        config["webhook_url"] = web_address(url, field="webhook_url") if url else None
    if given.hmac_mandatory is not msgspec.UNSET:
        config["hmac_mandatory"] = given.hmac_mandatory
    if given.additional_attributes is not msgspec.UNSET:
        attributes = given.additional_attributes or {}
        config["additional_attributes"] = attributes
        hours = attributes.get(_WINDOW)
        config["free_reply_hours"] = hours if isinstance(hours, int) and hours > 0 else None
    return config


def _key() -> str:
    """The key with which callbacks are signed, as Standard Webhooks writes it."""
    return base64.b64encode(random.token_bytes(32)).decode()
