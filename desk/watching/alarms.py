"""Read this to know what wakes somebody: the log lines that are alarms, each with its sentence."""

from collections.abc import Mapping

import msgspec


class Alarm(msgspec.Struct, frozen=True):
    """A line of this name is an alarm; with `over`, only when it comes more often than that."""

    sentence: str
    over: int = 0
    within: float = 300.0
    """Seconds in which more than `over` must come, of one account where the line names one."""


ALARMS: Mapping[str, Alarm] = {
    "process_failed": Alarm("A process stopped with an error; it is started anew."),
    "process_ended": Alarm("A process ended by itself; it is started anew."),
    "agent_failed": Alarm("A stream process stopped rather than lose what it had in hand."),
    "crashed": Alarm("The stream engine gave up; the worker starts anew."),
    "no_progress": Alarm("A worker made no progress and starts anew."),
    "parked": Alarm("Something could not be processed and waits for a person (desk parked list)."),
    "job_failed": Alarm("Messages or other obligations are given up, many of them.", over=10),
    "slow_message": Alarm("Replies leave late.", over=5),
    "slow_messages": Alarm("Customers' messages are taken in late.", over=5),
    "slow_job": Alarm("Obligations take long.", over=5),
    "streams_late": Alarm("The streams are behind."),
    "lake_late": Alarm("The reports are behind."),
    "lake_sync_failed": Alarm("The lake could not be brought up to date."),
    "lake_check_failed": Alarm("A check of the lake found rows that cannot be."),
    "dagster_run_failed": Alarm("A run of Dagster failed."),
    "journal writer failed": Alarm("The journal of what comes in cannot be written."),
}
