"""What the assets work with: one lake connection, kept by the process from run to run."""

import os
from functools import cached_property

from desk.settings import Settings, Storage
from warehouse.lake import Lake


class Warehouse:
    """The lake and the desk it follows, as the environment names them; opened on first use."""

    @cached_property
    def storage(self) -> Storage:
        return Settings.from_environment(os.environ).storage

    @cached_property
    def lake(self) -> Lake:
        return Lake.writer(self.storage)
