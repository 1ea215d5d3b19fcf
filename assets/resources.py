"""What the assets work with: lake connections, kept by the process from run to run."""

import os
from functools import cached_property

from desk.settings import Settings, Storage
from desk.watching.watch import Watch, begin_watching
from warehouse.lake import Lake


class Warehouse:
    """The lake and the desk it follows, as the environment names them; opened on first use."""

    @cached_property
    def settings(self) -> Settings:
        return Settings.from_environment(os.environ)

    @cached_property
    def watch(self) -> Watch:
        """Who is told when something fails here."""
        return begin_watching("dagster_code", self.settings.watching)

    @cached_property
    def storage(self) -> Storage:
        return self.settings.storage

    @cached_property
    def lake(self) -> Lake:
        return Lake.writer(self.storage)

    @cached_property
    def reader(self) -> Lake:
        """A connection that only reads, so that an export never holds up the sync."""
        return Lake.reader(self.storage)
