"""What channels are called on the pages."""

from collections.abc import Mapping

CHANNELS: Mapping[str, str] = {
    "whatsapp": "WhatsApp",
    "email": "E-mail",
    "website": "Website",
    "api": "API",
    "sms": "SMS",
    "telegram": "Telegram",
    "custom": "Custom",
}


def channel_name(channel: str | None) -> str:
    """Its name; one that a third party added goes by its own word."""
    return CHANNELS.get(channel or "", (channel or "Unknown").capitalize())
