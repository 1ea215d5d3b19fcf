"""Which channels there are."""

from importlib.metadata import EntryPoint

import pytest

from desk.words.channels import ChannelKind
from desk.words.errors import NotFound
from ingest import channel_catalogue
from ingest.channels.whatsapp.adapter import WhatsApp


class Telegraph(WhatsApp):
    """What another package might bring."""

    kind = ChannelKind.TELEGRAM


def test_whatsapp_is_there() -> None:
    assert channel_catalogue.channel_of("whatsapp").kind is ChannelKind.WHATSAPP


@pytest.mark.parametrize("kind", ["telegraph", "", "WHATSAPP", "custom\x00"])
def test_a_kind_nobody_knows_is_not_found(kind: str) -> None:
    with pytest.raises(NotFound):
        channel_catalogue.channel_of(kind)


def test_another_package_brings_a_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("telegram", f"{__name__}:Telegraph", channel_catalogue.ENTRY_POINTS)
    monkeypatch.setattr(
        channel_catalogue,
        "entry_points",
        lambda *, group: [point] if group == channel_catalogue.ENTRY_POINTS else [],
    )
    channel_catalogue.channels.cache_clear()
    try:
        found = channel_catalogue.channel_of("telegram")
        assert type(found).__name__ == "Telegraph"
        assert channel_catalogue.channel_of("whatsapp").kind is ChannelKind.WHATSAPP
    finally:
        channel_catalogue.channels.cache_clear()
