"""What numbers can be split by; people, teams and labels are those of the moment of the fact."""

from warehouse.metrics.metric import Dimension

_BOTH = ("agent_day", "inbox_hour")
_ALL = (*_BOTH, "backlog_day")

CHANNEL = Dimension("channel", "channel", in_marts=_ALL)
INBOX = Dimension("inbox_id", "inbox_id", in_marts=_ALL)
AGENT = Dimension("agent_id", "agent_id", in_marts=("agent_day", "backlog_day"))
TEAM = Dimension("team_id", "team_id", in_marts=("backlog_day",))
LABEL = Dimension("label_id", "label_id")
"""A conversation with two labels counts under both."""
WEEKDAY = Dimension("weekday", "isodow(day)::bigint", in_marts=_BOTH)
"""1 is Monday."""
HOUR = Dimension("hour", "hour::bigint", in_marts=("inbox_hour",))
RATING = Dimension("rating", "rating::bigint")
"""From 1 to 5; of answers to surveys alone."""
RULE = Dimension("actor_id", "actor_id")
"""The automation rule; of changes by rules alone."""

WORK = (CHANNEL, INBOX, TEAM, AGENT, LABEL)
CLOCK = (WEEKDAY, HOUR)
