"""All that a process needs to serve `/cable`, put together once."""

import secrets

from desk.store.desk import Desk
from desk.store.presence import Presence
from inbox_service.auth.people import People
from inbox_service.metrics import ServiceMetrics
from inbox_service.realtime.attendance import Attendance
from inbox_service.realtime.departures import Departures
from inbox_service.realtime.heartbeat import Heartbeat
from inbox_service.realtime.hub import Hub
from inbox_service.realtime.identification import Identification
from inbox_service.realtime.resume import Resume
from inbox_service.realtime.service import Service


class LiveLine:
    """The hub with its feed, the pings, and who is there."""

    def __init__(self, desk: Desk, people: People, metrics: ServiceMetrics) -> None:
        self.presence = Presence(desk.redis, desk.clock, secrets.token_hex(4))
        self.attendance = Attendance(desk, self.presence)
        self.hub = Hub(desk, metrics, rights_changed=people.forget_account)
        self.departures = Departures(self.hub, self.presence, self.attendance)
        self.heartbeat = Heartbeat(desk.clock)
        self.service = Service(
            Identification(desk, people),
            self.hub,
            self.presence,
            self.attendance,
            self.departures,
            Resume(desk),
            self.heartbeat,
        )

    def start(self) -> None:
        """Follow the feed and ping."""
        self.hub.start()
        self.heartbeat.start()

    async def close(self) -> None:
        """Let the feed go; nobody is told anything any more."""
        self.heartbeat.close()
        self.departures.close()
        await self.hub.close()
