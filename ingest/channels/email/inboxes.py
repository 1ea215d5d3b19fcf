"""How an e-mail inbox is made, changed and shown: an address, and perhaps a server of its own."""

import re
from typing import Any

import msgspec

from desk.clock import new_token
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from ingest.inbox_contract import Given, InboxParts, Site, understood

_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_SETTINGS = ("smtp_address", "smtp_port", "smtp_enable_ssl_tls", "smtp_enable_starttls_auto")
_SECRETS = ("smtp_login", "smtp_password")


class EmailSettings(msgspec.Struct, frozen=True):
    """What must and what may be said about an e-mail inbox, under Chatwoot's names."""

    email: str
    smtp_enabled: bool = False
    smtp_address: str = ""
    smtp_port: int = 587
    smtp_login: str = ""
    smtp_password: str = ""
    smtp_enable_ssl_tls: bool = False
    smtp_enable_starttls_auto: bool = True


class EmailInboxes:
    """Inboxes of mail addresses."""

    type = "email"
    kind = ChannelKind.EMAIL

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        return _parts(understood(given, EmailSettings), new_token())

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        known = {"email": now.address, **now.config, **now.secrets}
        known["smtp_enabled"] = bool(now.config.get("smtp_address"))
        merged = {name: known[name] for name in EmailSettings.__struct_fields__ if name in known}
        merged |= {name: given[name] for name in EmailSettings.__struct_fields__ if name in given}
        return _parts(understood(merged, EmailSettings), str(now.secrets.get("hmac_token") or ""))

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "email": parts.address,
            "forward_to_email": parts.address,
            "callback_webhook_url": f"{site.public_url}/webhooks/email/{parts.address}",
            "imap_enabled": False,
            "smtp_enabled": bool(parts.config.get("smtp_address")),
        }
        if trusted:
            shown |= {name: parts.config[name] for name in _SETTINGS if name in parts.config}
            shown["smtp_login"] = parts.secrets.get("smtp_login", "")
            shown["hmac_token"] = parts.secrets.get("hmac_token", "")
        return shown


def _parts(settings: EmailSettings, hmac_token: str) -> InboxParts:
    address = settings.email.strip().lower()
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise Invalid(
            "email_malformed",
            "An e-mail address is written support@example.com, without a + in it.",
            field="email",
        )
    config: dict[str, Any] = {"email": address}
    secrets: dict[str, Any] = {"hmac_token": hmac_token}
    if settings.smtp_enabled or settings.smtp_address:
        for name in ("smtp_address", *_SECRETS):
            if not getattr(settings, name):
                raise Invalid("smtp_incomplete", f"Give {name} as well.", field=name)
        if not 0 < settings.smtp_port < 65_536:
            raise Invalid("port_malformed", "A port is between 1 and 65535.", field="smtp_port")
        config |= {name: getattr(settings, name) for name in _SETTINGS}
        secrets |= {name: getattr(settings, name) for name in _SECRETS}
    return InboxParts(address, config, secrets)
