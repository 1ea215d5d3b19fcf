"""Teams, inboxes, labels and channels: who and what the work is made of."""

from dashboards.breakdown import LATER, Breakdown
from dashboards.names import Names
from dashboards.page import Report
from warehouse.metrics.dimensions import CHANNEL, INBOX, LABEL, TEAM
from warehouse.metrics.resolution import RESOLVED

AT_THE_END = (RESOLVED, *(metric for metric in LATER if metric is not RESOLVED))
"""A conversation seldom has a team or a label when it begins: what was resolved under it counts."""

_TEAM = Breakdown(TEAM, "Team", Names.team, AT_THE_END)
_INBOX = Breakdown(INBOX, "Inbox", Names.inbox)
_LABEL = Breakdown(LABEL, "Label", Names.label, AT_THE_END)
_CHANNEL = Breakdown(CHANNEL, "Channel", Names.channel)

TEAMS = Report("Teams", "teams", _TEAM.draw, by_agent=False, business=True)
INBOXES = Report("Inboxes", "inboxes", _INBOX.draw, by_agent=False, business=True)
LABELS = Report("Labels", "labels", _LABEL.draw, by_agent=False, business=True)
CHANNELS = Report("Channels", "channels", _CHANNEL.draw, by_agent=False, business=True)
