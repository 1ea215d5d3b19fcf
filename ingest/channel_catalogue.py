"""The channels there are: ours, named here one by one, and those that other packages bring."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

from desk.words.channels import ChannelKind
from desk.words.errors import NotFound
from ingest.channel_contract import Channel
from ingest.channels.api.adapter import Api
from ingest.channels.custom.adapter import Custom
from ingest.channels.email.adapter import Email
from ingest.channels.website.adapter import Website
from ingest.channels.whatsapp.adapter import WhatsApp

BUILT_IN: tuple[Channel, ...] = (
    Api(),
    Custom(),
    Email(),
    Website(),
    WhatsApp(),
)

ENTRY_POINTS = "streamdesk.channels"
"""The group in which another package names a class of its own that keeps the contract."""


@cache
def channels() -> Mapping[ChannelKind, Channel]:
    """Every channel by its kind; another package's replaces ours of the same kind."""
    brought = tuple(point.load()() for point in entry_points(group=ENTRY_POINTS))
    return {channel.kind: channel for channel in (*BUILT_IN, *brought)}


def channel_of(kind: str) -> Channel:
    """The channel of this kind; raises NotFound."""
    try:
        return channels()[ChannelKind(kind)]
    except (KeyError, ValueError):
        raise NotFound("unknown_channel", f"There is no channel {kind[:32]!r}.") from None
