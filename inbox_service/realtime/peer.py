"""One subscription of one socket: who listens, and how bytes reach them."""

from collections.abc import Callable

from desk.access.audience import Viewer
from desk.words.ids import AccountId
from inbox_service.realtime.framing import prefix_of


class Peer:
    """An agent's or a visitor's subscription to an account."""

    __slots__ = (
        "account_id",
        "contact_id",
        "contact_token",
        "identifier",
        "prefix",
        "shut",
        "user_id",
        "viewer",
        "write",
    )

    def __init__(
        self,
        account_id: AccountId,
        identifier: str,
        *,
        write: Callable[[bytes], None],
        shut: Callable[[str, bool], None],
        viewer: Viewer | None = None,
        contact_id: int | None = None,
        contact_token: str | None = None,
    ) -> None:
        self.account_id = account_id
        self.identifier = identifier
        self.prefix = prefix_of(identifier)
        self.write = write
        self.shut = shut
        """Ends the socket: the reason, and whether the client should come back."""
        self.viewer = viewer
        """The agent; absent for a visitor."""
        self.user_id = None if viewer is None else int(viewer.user_id)
        self.contact_id = contact_id
        self.contact_token = contact_token
