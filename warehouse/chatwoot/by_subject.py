"""Chatwoot's summaries: a row for every agent, team, inbox or label."""

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.sources import all_events, conversations, events, seconds_column
from warehouse.chatwoot.window import Window
from warehouse.lake import Lake
from warehouse.view import View


class Row(Struct, frozen=True):
    """One subject's numbers; averages are absent where nothing was noted."""

    conversations: int = 0
    resolved: int = 0
    resolution_time: float | None = None
    first_response_time: float | None = None
    reply_time: float | None = None


NOTHING = Row()

_VALUES = """
    count(*) filter (name = 'conversation_resolved')::bigint as resolved,
    avg(v) filter (name = 'conversation_resolved') as resolution_time,
    avg(v) filter (name = 'first_response') as first_response_time,
    avg(v) filter (name = 'reply_time') as reply_time"""

_NOW = {
    Kind.AGENT: "assignee_id",
    Kind.TEAM: "team_id",
    Kind.INBOX: "inbox_id",
    Kind.LABEL: "unnest(label_ids)",
}
_NOTED = {Kind.AGENT: "agent_id", Kind.INBOX: "inbox_id"}


def by_subject(
    lake: Lake, account: AccountId, kind: Kind, window: Window, *, business: bool = False
) -> dict[int, Row]:
    """Every subject of a kind for which anything was counted."""
    view = View.newest(lake, account)
    scope = Scope(account)
    value = seconds_column(business=business)
    noted = _of_labels if kind is Kind.LABEL else _of_others
    rows = lake.rows(
        f"""
        with began as (
            select subject, count(*)::bigint as conversations
            from (select {_NOW[kind]} as subject from {conversations(scope, window, view)})
            where subject is not null group by subject
        ),
        noted as ({noted(scope, kind, window, value, view)})
        select subject, coalesce(conversations, 0), coalesce(resolved, 0),
               resolution_time, first_response_time, reply_time
        from began full join noted using (subject)"""
    )
    return {subject: Row(*values) for subject, *values in rows}


def _of_others(scope: Scope, kind: Kind, window: Window, value: str, view: View) -> str:
    """By the instant of the event; agents and inboxes as they were noted, teams as they are."""
    rows = events(scope, window, view)
    if kind in _NOTED:
        source = f"select {_NOTED[kind]} as subject, name, {value}::double as v from {rows}"
    else:
        source = (
            f"select c.{_NOW[kind]} as subject, e.name, e.{value}::double as v from {rows} as e "
            f"join {scope.conversations(view)} as c on c.id = e.conversation_id"
        )
    return f"select subject, {_VALUES} from ({source}) where subject is not null group by subject"


def _of_labels(scope: Scope, _kind: Kind, window: Window, value: str, view: View) -> str:
    """Averages by when the conversation began, resolutions by when they happened: as Chatwoot has it."""
    began = conversations(scope, window, view)
    resolved = f"""
        select unnest(c.label_ids) as subject from {events(scope, window, view)} as e
        join {scope.conversations(view)} as c on c.id = e.conversation_id
        where e.name = 'conversation_resolved'"""
    measured = f"""
        select unnest(c.label_ids) as subject, e.name, e.{value}::double as v
        from {all_events(scope, view)} as e join {began} as c on c.id = e.conversation_id"""
    return f"""
        select subject, coalesce(r.resolved, 0) as resolved, resolution_time, first_response_time,
               reply_time
        from (select subject, count(*)::bigint as resolved from ({resolved}) group by subject) as r
        full join (select subject, {_VALUES} from ({measured}) group by subject) as m
            using (subject)"""
