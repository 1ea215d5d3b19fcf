"""The kinds of inbox that the API can make: ours, one by one, and those other packages bring."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points

from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from ingest.channels.api.inboxes import ApiInboxes
from ingest.channels.custom.inboxes import CustomInboxes
from ingest.channels.email.inboxes import EmailInboxes
from ingest.channels.website.inboxes import WebsiteInboxes
from ingest.channels.whatsapp.inboxes import WhatsAppInboxes
from ingest.inbox_contract import InboxKind

BUILT_IN: tuple[InboxKind, ...] = (
    ApiInboxes(),
    CustomInboxes(),
    EmailInboxes(),
    WebsiteInboxes(),
    WhatsAppInboxes(),
)

ENTRY_POINTS = "streamdesk.inboxes"
"""The group in which another package names a class of its own that keeps the contract."""


@cache
def inbox_kinds() -> tuple[InboxKind, ...]:
    """Every kind; another package's stands before ours of the same name."""
    return (*(point.load()() for point in entry_points(group=ENTRY_POINTS)), *BUILT_IN)


def inbox_kind_by_type(word: object) -> InboxKind:
    """The kind of that word in a request; raises Invalid."""
    for kind in inbox_kinds():
        if kind.type == word:
            return kind
    known = ", ".join(sorted(set(_types())))
    raise Invalid("unknown_channel_type", f"channel.type must be one of {known}.", field="type")


def inbox_kind_of(channel: ChannelKind) -> InboxKind | None:
    """The kind of an inbox that is there; nothing for one that only the desk itself can make."""
    return next((kind for kind in inbox_kinds() if kind.kind is channel), None)


def _types() -> Iterator[str]:
    return (kind.type for kind in inbox_kinds())
