"""Every report there is, in the order of the navigation; the first one greets."""

from collections.abc import Mapping

from dashboards.page import Report
from dashboards.reports.agent_performance import AGENT_PERFORMANCE
from dashboards.reports.automation import AUTOMATION
from dashboards.reports.backlog import BACKLOG_REPORT
from dashboards.reports.bots import BOTS
from dashboards.reports.breakdowns import CHANNELS, INBOXES, LABELS, TEAMS
from dashboards.reports.conversation_trends import CONVERSATION_TRENDS
from dashboards.reports.overview import OVERVIEW
from dashboards.reports.reopening import REOPENING
from dashboards.reports.response_times import RESPONSE_TIMES
from dashboards.reports.satisfaction import SATISFACTION
from dashboards.reports.sla import SLA
from dashboards.reports.then_and_now import THEN_AND_NOW
from dashboards.reports.traffic import TRAFFIC

SECTIONS: Mapping[str, tuple[Report, ...]] = {
    "": (OVERVIEW,),
    "Volume": (CONVERSATION_TRENDS, TRAFFIC, BACKLOG_REPORT),
    "Service": (RESPONSE_TIMES, SLA, SATISFACTION, REOPENING),
    "Who and what": (AGENT_PERFORMANCE, TEAMS, INBOXES, LABELS, CHANNELS),
    "Bots and rules": (BOTS, AUTOMATION),
    "More": (THEN_AND_NOW,),
}
"""Those without a section stand by themselves."""
