"""Links that open one thing for one person for a while: what browsers and scripts fetch files by."""

import hmac
from datetime import timedelta
from urllib.parse import urlencode

from desk.clock import Clock
from desk.store.secrets import SecretBox
from desk.words.errors import Forbidden
from desk.words.ids import UserId

VALID_FOR = timedelta(hours=1)

BY_LINK = "by_link"
"""The mark of routes that such a link opens without signing in."""


class Links:
    """Signs the path with the user's id and an end; the user's rights are checked at each use."""

    def __init__(self, secrets: SecretBox, clock: Clock, public_url: str) -> None:
        self._secrets = secrets
        self._clock = clock
        self._public_url = public_url.rstrip("/")

    def to(self, path: str, user_id: UserId) -> str:
        """The whole address, which ends to work in an hour."""
        expires = int((self._clock.now() + VALID_FOR).timestamp())
        query = {
            "user": int(user_id),
            "expires": expires,
            "signature": self._signature(path, str(int(user_id)), str(expires)),
        }
        return f"{self._public_url}{path}?{urlencode(query)}"

    def bearer(
        self, path: str, user: str | None, expires: str | None, signature: str | None
    ) -> UserId | None:
        """For whom the link was made; nobody when it is not ours; raises when it has ended."""
        if user is None or expires is None or signature is None:
            return None
        if not hmac.compare_digest(self._signature(path, user, expires), signature):
            return None
        if int(expires) < self._clock.now().timestamp():
            raise Forbidden("link_expired", "The link is no longer valid: ask for a new one.")
        return UserId(int(user))

    def _signature(self, path: str, user: str, expires: str) -> str:
        return self._secrets.token("link", path, user, expires)
