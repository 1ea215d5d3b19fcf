"""Brings the lake up to date now: `python -m assets.sync [--check] [--anew]`."""

import argparse
import os
import sys

from assets.extract.sync import sync_lake
from desk.settings import Settings, SettingsError
from desk.words.errors import DeskError
from warehouse.lake import Lake


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="desk sync", description="Bring raw tables, facts and marts up to the desk's present."
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare every table with the desk, repair what differs",
    )
    parser.add_argument(
        "--anew", action="store_true", help="load and build everything from nothing"
    )
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        lake = Lake.writer(settings.storage)
        report = sync_lake(settings.storage, lake, check=arguments.check, anew=arguments.anew)
    except SettingsError as error:
        sys.exit(str(error))
    except DeskError as error:
        sys.exit(error.sentence)
    sys.stdout.write(report.line() + "\n")


if __name__ == "__main__":
    main()
