"""A WhatsApp inbox as tests hold it: its number, its secrets, and the hooks Meta would send it."""

import hashlib
import hmac
import json
import random
from dataclasses import dataclass
from typing import Any

from tests.builders.accounts import SmallDesk


@dataclass
class WhatsAppInbox:
    """One business phone number, with the secrets Meta and we share."""

    phone_number: str
    phone_number_id: str
    access_token: str = "access-token"
    app_secret: str = "app-secret"
    verify_token: str = "verify-token"
    api_base_url: str = ""
    account_id: int = 0
    id: int = 0

    @classmethod
    def of(cls, desk: SmallDesk) -> "WhatsAppInbox":
        return cls(
            phone_number=desk.phone_number,
            phone_number_id=desk.phone_number_id,
            app_secret=desk.app_secret,
            verify_token=desk.verify_token,
            account_id=desk.account_id,
            id=desk.inbox,
        )

    @classmethod
    def invent(cls) -> "WhatsAppInbox":
        """An inbox that stands in no database."""
        number = random.randrange(10**9, 10**10)
        return cls(phone_number=f"+1{number}", phone_number_id=f"1065{number}")

    @property
    def config(self) -> dict[str, Any]:
        return {
            "phone_number": self.phone_number,
            "phone_number_id": self.phone_number_id,
            "business_account_id": "102290129340398",
            **({"api_base_url": self.api_base_url} if self.api_base_url else {}),
        }

    @property
    def secrets(self) -> dict[str, Any]:
        return {
            "access_token": self.access_token,
            "app_secret": self.app_secret,
            "verify_token": self.verify_token,
        }

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers Meta sends with this body."""
        digest = hmac.digest(self.app_secret.encode(), body, hashlib.sha256).hex()
        return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}

    def text(self, text: str = "Hello", sender: str = "16505551234", number: int = 1) -> bytes:
        """The hook of one text message."""
        return self.hook(
            {
                "from": sender,
                "id": f"wamid.{sender}.{number}",
                "timestamp": "1749416383",
                "type": "text",
                "text": {"body": text},
            }
        )

    def hook(self, *messages: dict[str, Any], **value: Any) -> bytes:
        """A hook with these messages, or with other parts of its value."""
        return json.dumps(
            {
                "object": "whatsapp_business_account",
                "entry": [
                    {
                        "id": "102290129340398",
                        "changes": [
                            {
                                "field": "messages",
                                "value": {
                                    "messaging_product": "whatsapp",
                                    "metadata": {
                                        "display_phone_number": self.phone_number.lstrip("+"),
                                        "phone_number_id": self.phone_number_id,
                                    },
                                    **({"messages": list(messages)} if messages else {}),
                                    **value,
                                },
                            }
                        ],
                    }
                ],
            }
        ).encode()
