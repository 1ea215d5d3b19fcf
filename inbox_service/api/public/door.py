"""Who asks: the API inbox and the customer that an address names, and what proves an identity."""

import hashlib
import hmac
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from desk.actions.open_inbox import sealing_context
from desk.store import public_clients
from desk.store.desk import Desk
from desk.store.public_clients import Addressee, ApiInbox
from desk.words.errors import NotFound, Unauthenticated
from desk.words.ids import DisplayId
from inbox_service.auth.guard import LARGEST_ID
from inbox_service.auth.remembered import Remembered

REMEMBER_SECONDS = 2.0
"""So long a change of the inbox's settings may take to show."""
LONGEST = 320

AnyRequest = Request[Any, Any, Any]


class PublicDoor:
    """Finds API inboxes and their customers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._inboxes = Remembered[str, ApiInbox](REMEMBER_SECONDS)

    async def inbox(self, identifier: str) -> ApiInbox:
        """The API inbox with this identifier; raises NotFound."""
        known = self._inboxes.get(identifier)
        if known is None and "\x00" not in identifier and len(identifier) <= LONGEST:
            async with self._desk.transaction_across_accounts(
                reason="an API inbox's identifier names it before an account is known"
            ) as tx:
                found = await public_clients.api_inbox_of(tx, identifier)
            known = None if found is None else self._inboxes.keep(identifier, found)
        if known is None:
            raise NotFound("inbox_not_found", "There is no inbox with this identifier.")
        if known.suspended:
            raise Unauthenticated("account_suspended", "Account is suspended")
        return known

    async def addressee(self, inbox: ApiInbox, identifier: str) -> Addressee:
        """The customer with this address on the inbox; raises NotFound."""
        if "\x00" in identifier or len(identifier) > LONGEST:
            raise NotFound("contact_not_found", "There is no contact with this identifier.")
        async with self._desk.transaction(inbox.account_id) as tx:
            return await public_clients.addressee_at(tx, inbox.inbox_id, identifier)

    def proves(self, inbox: ApiInbox, identifier: str | None, claimed: str | None) -> bool:
        """Whether the hash shows that the account itself vouches for the identifier.

        Raises Unauthenticated for a wrong hash, and for none where the inbox insists.
        """
        if not claimed:
            if inbox.config.get("hmac_mandatory"):
                raise Unauthenticated("hmac_missing", "identifier_hash is missing.")
            return False
        opened: dict[str, Any] = {}
        if inbox.secrets:
            opened = self._desk.secrets.open(inbox.secrets, sealing_context(inbox.inbox_id))
        key = str(opened.get("hmac_token") or "")
        expected = hmac.digest(key.encode(), (identifier or "").encode(), hashlib.sha256).hex()
        if not key or not hmac.compare_digest(claimed.lower().encode(), expected.encode()):
            raise Unauthenticated("hmac_wrong", "identifier_hash does not fit the identifier.")
        return True


async def current_inbox(request: AnyRequest, public_door: NamedDependency[PublicDoor]) -> ApiInbox:
    """The inbox the address names."""
    return await public_door.inbox(str(request.path_params["inbox_identifier"]))


async def current_addressee(
    request: AnyRequest,
    public_door: NamedDependency[PublicDoor],
    api_inbox: NamedDependency[ApiInbox],
) -> Addressee:
    """The customer the address names."""
    return await public_door.addressee(api_inbox, str(request.path_params["contact_identifier"]))


def number(conversation_id: int) -> DisplayId:
    """A conversation's number as it stood in an address; raises NotFound for one that cannot be."""
    if not 0 <= conversation_id <= LARGEST_ID:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return DisplayId(conversation_id)
