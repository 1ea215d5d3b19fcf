"""Roles and availability of the people who work at a desk."""

from desk.words.coded import Coded


class Role(Coded):
    """What a user is in one account."""

    AGENT = 0
    ADMINISTRATOR = 1


class Availability(Coded):
    """What an agent says about being reachable."""

    ONLINE = 0
    OFFLINE = 1
    BUSY = 2
