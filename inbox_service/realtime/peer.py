"""One subscription of one socket: who listens, and how bytes reach them."""

from collections.abc import Callable

from desk.access.audience import Viewer
from desk.access.hearing import Visitor
from desk.words.ids import AccountId
from inbox_service.realtime.framing import prefix_of


class Peer:
    """An agent's or a visitor's subscription to an account."""

    __slots__ = ("cookie", "identifier", "listener", "prefix", "shut", "token", "write")

    def __init__(
        self,
        listener: Viewer | Visitor,
        identifier: str,
        *,
        token: str,
        cookie: str | None,
        write: Callable[[bytes], None],
        shut: Callable[[str, bool], None],
    ) -> None:
        self.listener = listener
        self.identifier = identifier
        self.token = token
        """What it subscribed with; when it is another, the subscription ends."""
        self.cookie = cookie
        """The sign-in that the socket's page came with, if any; when it ends, so does the socket."""
        self.prefix = prefix_of(identifier)
        self.write = write
        self.shut = shut
        """Ends the socket: the reason, and whether the client should come back."""

    @property
    def account_id(self) -> AccountId:
        return self.listener.account_id

    @property
    def user_id(self) -> int | None:
        """The agent; absent for a visitor."""
        return int(self.listener.user_id) if isinstance(self.listener, Viewer) else None

    @property
    def contact_id(self) -> int | None:
        """The visitor; absent for an agent."""
        return int(self.listener.contact_id) if isinstance(self.listener, Visitor) else None
