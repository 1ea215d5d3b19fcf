"""What every connection shares."""

from typing import NamedTuple

from desk.store.presence import Presence
from inbox_service.realtime.attendance import Attendance
from inbox_service.realtime.departures import Departures
from inbox_service.realtime.heartbeat import Heartbeat
from inbox_service.realtime.hub import Hub
from inbox_service.realtime.identification import Identification
from inbox_service.realtime.resume import Resume


class Service(NamedTuple):
    """The parts of the live line that a connection asks."""

    identification: Identification
    hub: Hub
    presence: Presence
    attendance: Attendance
    departures: Departures
    resume: Resume
    heartbeat: Heartbeat
