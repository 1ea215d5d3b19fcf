"""How a custom inbox is made, changed and shown: a key, and a server that answers to it."""

import secrets as random
from typing import Any

import msgspec

from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from desk.words.web_address import web_address
from ingest.channels.custom.partner import check_connection
from ingest.inbox_contract import Given, InboxParts, Site, understood

Unset = msgspec.UnsetType

LONGEST_KEY = 512


class CustomSettings(msgspec.Struct, frozen=True):
    """What can be said about a custom inbox."""

    api_key: str | Unset | None = msgspec.UNSET
    webhook_url: str | Unset | None = msgspec.UNSET


class CustomInboxes:
    """Inboxes whose customers are with a partner's server."""

    type = "custom"
    kind = ChannelKind.CUSTOM

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        settings = understood(given, CustomSettings)
        key = _key(settings.api_key)
        base = _base(settings.webhook_url)
        promise = await check_connection(site.http, base, key)
        return InboxParts(
            address=random.token_hex(16),
            config={"webhook_url": base, "repeats_harmless": promise.idempotency_keys},
            secrets={"api_key": key},
            own_key=key,
        )

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        settings = understood(given, CustomSettings)
        key, base = str(now.secrets.get("api_key") or ""), str(now.config.get("webhook_url") or "")
        if settings.api_key is not msgspec.UNSET:
            key = _key(settings.api_key)
        if settings.webhook_url is not msgspec.UNSET:
            base = _base(settings.webhook_url)
        if key == now.secrets.get("api_key") and base == now.config.get("webhook_url"):
            return now
        promise = await check_connection(site.http, base, key)
        return msgspec.structs.replace(
            now,
            config=now.config | {"webhook_url": base, "repeats_harmless": promise.idempotency_keys},
            secrets=now.secrets | {"api_key": key},
            own_key=key,
        )

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "webhook_url": parts.config.get("webhook_url"),
            "inbound_webhook_url": f"{site.public_url}/webhooks/custom/{parts.address}",
        }
        if trusted:
            shown["api_key"] = parts.secrets.get("api_key")
        return shown


def _key(given: str | Unset | None) -> str:
    key = given.strip() if isinstance(given, str) else ""
    if not key:
        raise Invalid("api_key_missing", "api_key is missing.", field="api_key")
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise Invalid(
            "api_key_unusable",
            f"api_key must be at most {LONGEST_KEY} ASCII characters without blanks.",
            field="api_key",
        )
    return key


def _base(given: str | Unset | None) -> str:
    return web_address(given, field="webhook_url").rstrip("/")
