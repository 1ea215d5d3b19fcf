"""The token by which a visitor's browser is known again: signed, and good for half a year."""

from datetime import datetime

import msgspec
from itsdangerous import BadSignature, URLSafeSerializer

from desk.words.ids import InboxId

LIFETIME_SECONDS = 180 * 24 * 3600


class Bearer(msgspec.Struct, frozen=True):
    """Whose browser it is."""

    inbox_id: InboxId
    source_id: str
    issued_at: int


class VisitorTokens:
    """Makes and reads the tokens."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, salt="streamdesk.visitor")

    def issue(self, inbox_id: InboxId, source_id: str, now: datetime) -> str:
        """A token for the visitor with this address."""
        return str(self._signer.dumps([int(inbox_id), source_id, int(now.timestamp())]))

    def read(self, token: str, now: datetime) -> Bearer | None:
        """Whose token it is; nothing when it is not ours, or too old."""
        try:
            bearer = msgspec.convert(self._signer.loads(token), tuple[int, str, int])
        except (BadSignature, msgspec.ValidationError):
            return None
        inbox_id, source_id, issued_at = bearer
        if now.timestamp() - issued_at > LIFETIME_SECONDS:
            return None
        return Bearer(InboxId(inbox_id), source_id, issued_at)
