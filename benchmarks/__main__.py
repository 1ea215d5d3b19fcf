"""`python -m benchmarks [NAME…]`: run them all, or those named; print and save the results."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

from benchmarks.result import Result

NAMES = (
    "ingest",
    "chain",
    "live",
    "sockets",
    "list",
    "thread",
    "post",
    "search",
    "lake_full",
    "lake_increment",
    "reports",
)
"""Each is a module of this package with `run() -> Result`."""


def main() -> None:
    wanted = sys.argv[1:] or [name for name in NAMES if _is_there(name)]
    unknown = [name for name in wanted if name not in NAMES or not _is_there(name)]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    for name in wanted:
        run = cast(Callable[[], Result], importlib.import_module(f"benchmarks.{name}").run)
        result = run()
        result.save()
        print(result.sentence(), flush=True)


def _is_there(name: str) -> bool:
    return (Path(__file__).parent / f"{name}.py").exists()


if __name__ == "__main__":
    main()
