"""The lake brought up to what the desk knows now."""

from assets.extract.sync import sync_lake
from desk.settings import Settings
from warehouse.lake import Lake


def sync(settings: Settings) -> None:
    """Let reports see everything that has happened."""
    lake = Lake.writer(settings.storage)
    try:
        sync_lake(settings.storage, lake)
    finally:
        lake.close()
