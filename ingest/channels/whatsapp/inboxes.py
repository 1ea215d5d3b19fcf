"""How a WhatsApp inbox is made, changed and shown: a business number with its Cloud API's keys."""

import re
from typing import Any

import msgspec

from desk.clock import new_token
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from ingest.inbox_contract import Given, InboxParts, Site, understood

_NUMBER = re.compile(r"\+[1-9]\d{1,14}")
_SECRETS = {
    "api_key": "access_token",
    "app_secret": "app_secret",
    "webhook_verify_token": "verify_token",
}
"""What `provider_config` calls our credentials."""


class CloudApi(msgspec.Struct, frozen=True):
    """The keys of the business's app with Meta."""

    api_key: str
    phone_number_id: str
    business_account_id: str = ""
    app_secret: str | None = None
    """Without it no hook is trusted."""
    webhook_verify_token: str | None = None


class WhatsAppSettings(msgspec.Struct, frozen=True):
    """What must be said about a WhatsApp inbox."""

    phone_number: str
    provider_config: CloudApi
    provider: str = "whatsapp_cloud"


class WhatsAppInboxes:
    """Inboxes of WhatsApp business numbers."""

    type = "whatsapp"
    kind = ChannelKind.WHATSAPP

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        settings = understood(given, WhatsAppSettings)
        if settings.provider != "whatsapp_cloud":
            raise Invalid("unknown_provider", "provider must be whatsapp_cloud.", field="provider")
        if not _NUMBER.fullmatch(settings.phone_number):
            raise Invalid(
                "phone_malformed",
                "A phone number is written +15550100: plus, country, digits.",
                field="phone_number",
            )
        cloud = settings.provider_config
        config = {
            "phone_number": settings.phone_number,
            "phone_number_id": cloud.phone_number_id,
            "business_account_id": cloud.business_account_id,
        }
        secrets = {
            "access_token": cloud.api_key,
            "app_secret": cloud.app_secret or "",
            "verify_token": cloud.webhook_verify_token or new_token(),
        }
        return InboxParts(settings.phone_number, config, secrets)

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        cloud = given.get("provider_config") or {}
        if not isinstance(cloud, dict):
            raise Invalid(
                "malformed", "provider_config must be an object.", field="provider_config"
            )
        config, secrets = dict(now.config), dict(now.secrets)
        for name, value in cloud.items():
            if not isinstance(value, str):
                raise Invalid("malformed", f"{name} must be a text.", field=name)
            if name in _SECRETS:
                secrets[_SECRETS[name]] = value
            elif name in ("phone_number_id", "business_account_id"):
                config[name] = value
        return msgspec.structs.replace(now, config=config, secrets=secrets)

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "phone_number": parts.address,
            "provider": "whatsapp_cloud",
            "callback_webhook_url": f"{site.public_url}/webhooks/whatsapp/{parts.address}",
        }
        if trusted:
            shown["provider_config"] = {
                name: parts.config.get(name, "")
                for name in ("phone_number_id", "business_account_id")
            } | {"webhook_verify_token": parts.secrets.get("verify_token", "")}
        return shown
