"""The inbox's API, asked as the visitor: what pages change, they change through its doors."""

from typing import Any

import httpx
from msgspec import Struct

from desk.store.sessions import COOKIE
from desk.words.ids import AccountId

PATIENCE_SECONDS = 10.0


class Refused(Exception):
    """The inbox said no; the sentence is for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InboxClient(Struct, frozen=True):
    """Asks within one account, with the cookie the visitor came with."""

    inbox_url: str
    account: AccountId
    cookie: str

    def get(self, path: str, *, version: str = "v1") -> Any:
        """What the address holds."""
        return self._ask("GET", path, None, version)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Something new."""
        return self._ask("POST", path, body)

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """A change."""
        return self._ask("PATCH", path, body)

    def delete(self, path: str) -> None:
        """An end."""
        self._ask("DELETE", path, None)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None, version: str = "v1") -> Any:
        base = self.inbox_url.rstrip("/")
        url = f"{base}/api/{version}/accounts/{int(self.account)}{path}"
        try:
            answer = httpx.request(
                method, url, json=body, cookies={COOKIE: self.cookie}, timeout=PATIENCE_SECONDS
            )
        except httpx.HTTPError as error:
            raise Refused("The inbox does not answer just now.") from error
        if answer.is_success:
            return answer.json() if answer.content else None
        raise Refused(_sentence(answer))


def _sentence(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return f"The inbox answered {answer.status_code}."
