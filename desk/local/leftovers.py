"""Clears up after a run of `desk up` that could not do so itself."""

from pathlib import Path

import msgspec

from desk.local.belonging import Record, end, members
from desk.local.home import Home


def clear_leftovers(folder: Path, patience: float, only: str | None = None) -> list[str]:
    """End what an earlier run (or only that one) left running here, and say what that was."""
    home = Home(folder)
    if not home.record_file.exists():
        return []
    record = msgspec.json.decode(home.record_file.read_bytes(), type=Record)
    if only not in (None, record.run):
        return []
    ended = end(members(record), patience)
    home.run_file.unlink(missing_ok=True)
    home.record_file.unlink(missing_ok=True)
    return ended
