"""Outlives a `desk up` that was killed, just long enough to leave no process behind."""

import signal
import sys
from pathlib import Path

PATIENCE = 3.0


def main(home: Path, run: str) -> None:
    """Wait until the pipe from `desk up` closes, then end whatever it left running."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while sys.stdin.buffer.read(1):
        pass
    # Imported when it is needed, so that the waiting costs a few megabytes only.
    from desk.local.leftovers import clear_leftovers  # noqa: PLC0415

    clear_leftovers(home, PATIENCE, only=run)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
