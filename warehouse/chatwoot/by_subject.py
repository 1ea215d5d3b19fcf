"""Chatwoot's summaries: a row for every agent, team, inbox or label."""

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.chatwoot.few import ALWAYS, courses
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
    coalesce(max(n) filter (name = 'conversation_resolved'), 0) as resolved,
    max(mean) filter (name = 'conversation_resolved') as resolution_time,
    max(mean) filter (name = 'first_response') as first_response_time,
    max(mean) filter (name = 'reply_time') as reply_time"""

_NOW = {
    Kind.AGENT: "assignee_id",
    Kind.TEAM: "team_id",
    Kind.INBOX: "inbox_id",
    Kind.LABEL: "unnest(label_ids)",
}
_MEASURED = ("conversation_resolved", "first_response", "reply_time")
_NEVER = (0, None)
_NOTED = {Kind.AGENT: "agent_id", Kind.INBOX: "inbox_id"}


def by_subject(
    lake: Lake, account: AccountId, kind: Kind, window: Window, *, business: bool = False
) -> dict[int, Row]:
    """Every subject of a kind for which anything was counted."""
    view = View.newest(lake, account)
    scope = Scope(account)
    value = seconds_column(business=business)
    few = _of_few(view, scope, kind, window, value)
    if few is not None:
        return few
    noted = _of_labels if kind is Kind.LABEL else _of_others
    rows = lake.known(
        f"""
        with began as (
            select subject, count(*)::bigint as conversations
            from ({_began(scope, kind, window, view)}) group by subject
        ),
        noted as ({noted(scope, kind, window, value, view)})
        select subject, coalesce(conversations, 0), coalesce(resolved, 0),
               resolution_time, first_response_time, reply_time
        from began full join noted using (subject)"""
    ).rows
    return {subject: Row(*values) for subject, *values in rows}


def _of_few(
    view: View, scope: Scope, kind: Kind, window: Window, value: str
) -> dict[int, Row] | None:
    """The same from what is remembered: what began, what was resolved, and what was measured."""
    tables = ("raw.conversations", "facts.reporting_event")

    def sql() -> str:
        resolved, measured = _noted(scope, kind, ALWAYS, value, view)
        return f"""
            select epoch_us("at"), subject, 'began', null
            from ({_began(scope, kind, ALWAYS, view)})
            union all select epoch_us("at"), subject, 'resolved', null from ({resolved})
            union all select epoch_us("at"), subject, name, v from ({measured})"""

    few = courses(view, tables, sql)
    if few is None:
        return None
    found = few.within(window)

    def row(subject: int) -> Row:
        return Row(
            found.get((subject, "began"), _NEVER)[0],
            found.get((subject, "resolved"), _NEVER)[0],
            *(found.get((subject, name), _NEVER)[1] for name in _MEASURED),
        )

    return {subject: row(subject) for subject, _ in found}


def _began(scope: Scope, kind: Kind, window: Window, view: View) -> str:
    return (
        f'select * from (select "at", {_NOW[kind]} as subject '
        f"from {conversations(scope, window, view)}) where subject is not null"
    )


def _noted(scope: Scope, kind: Kind, window: Window, value: str, view: View) -> tuple[str, str]:
    """The moves to resolved, and the values with the instants by which they are dated."""
    rows = events(scope, window, view)
    if kind is Kind.LABEL:
        # Averages by when the conversation began, resolutions by when they happened, as Chatwoot.
        resolved = f"""
            select e."at", c.subject from {rows} as e
            join (select id, unnest(label_ids) as subject from {scope.conversations(view)}) as c
                on c.id = e.conversation_id
            where e.name = 'conversation_resolved'"""
        began = conversations(scope, window, view)
        measured = f"""
            select c."at", c.subject, e.name, e.{value} as v from {all_events(scope, view)} as e
            join (select id, "at", unnest(label_ids) as subject from {began}) as c
                on c.id = e.conversation_id"""
        return resolved, measured
    if kind in _NOTED:
        source = f'select "at", {_NOTED[kind]} as subject, name, {value} as v from {rows}'
    else:
        source = (
            f'select e."at", c.{_NOW[kind]} as subject, e.name, e.{value} as v from {rows} as e '
            f"join {scope.conversations(view)} as c on c.id = e.conversation_id"
        )
    measured = f"select * from ({source}) where subject is not null"
    return f"select * from ({measured}) where name = 'conversation_resolved'", measured


def _of_others(scope: Scope, kind: Kind, window: Window, value: str, view: View) -> str:
    """By the instant of the event; agents and inboxes as they were noted, teams as they are."""
    _, measured = _noted(scope, kind, window, value, view)
    return f"select subject, {_VALUES} from ({_means(measured)}) group by subject"


def _means(measured: str) -> str:
    """A row for each subject and name: to tell the names apart row by row would cost more."""
    return (
        "select subject, name, count(*)::bigint as n, avg(v::double) as mean "
        f"from ({measured}) group by subject, name"
    )


def _of_labels(scope: Scope, kind: Kind, window: Window, value: str, view: View) -> str:
    resolved, measured = _noted(scope, kind, window, value, view)
    return f"""
        select subject, coalesce(r.resolved, 0) as resolved, resolution_time, first_response_time,
               reply_time
        from (select subject, count(*)::bigint as resolved from ({resolved}) group by subject) as r
        full join (select subject, {_VALUES} from ({_means(measured)}) group by subject) as m
            using (subject)"""
