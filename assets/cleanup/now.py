"""Cleans up now: `python -m assets.cleanup.now [--dry-run]`."""

import argparse
import os
import sys

from assets.cleanup.desk_cleanup import clean_now
from assets.cleanup.duties import DUTIES, SWEEPS
from desk.settings import Settings, SettingsError
from desk.words.errors import DeskError


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="desk cleanup", description="Delete what the retention settings no longer keep."
    )
    parser.add_argument("--dry-run", action="store_true", help="only count what would go")
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        outcomes = clean_now(settings, *DUTIES, *SWEEPS, dry_run=arguments.dry_run)
    except SettingsError as error:
        sys.exit(str(error))
    except DeskError as error:
        sys.exit(error.sentence)
    for outcome in outcomes:
        sys.stdout.write(outcome.line() + "\n")


if __name__ == "__main__":
    main()
