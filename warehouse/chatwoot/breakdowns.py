"""Chatwoot's smaller reports: distributions, matrices, and what bots achieve."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.sources import conversations, events, messages
from warehouse.chatwoot.window import Window
from warehouse.lake import Lake
from warehouse.literals import numbers
from warehouse.view import View

_CLASSES = ("0-1h", "1-4h", "4-8h", "8-24h", "24h+")
_STATUSES = ("open", "resolved", "pending", "snoozed")


def first_response_distribution(
    lake: Lake, account: AccountId, window: Window
) -> dict[str, dict[str, int]]:
    """By channel, how many first responses took how long; an edge belongs to the class it begins."""
    rows = lake.known(
        f"""select channel, case when value < 3600 then 0 when value < 14400 then 1
                   when value < 28800 then 2 when value < 86400 then 3 else 4 end as class, count(*)
            from {events(Scope(account), window, View.newest(lake, account))}
            where name = 'first_response' and channel is not null group by all order by channel"""
    ).rows
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_CLASSES, 0))
    for channel, number, n in rows:
        found[channel][_CLASSES[number]] = n
    return dict(found)


def channels_by_status(lake: Lake, account: AccountId, window: Window) -> dict[str, dict[str, int]]:
    """By channel, what became by now of the conversations that began in the period."""
    view = View.newest(lake, account)
    rows = lake.known(
        f"""select inboxes.channel, status, count(*)
            from {conversations(Scope(account), window, view)} as c
            join (select * from {view.of("raw.inboxes")}
                  where account_id = {int(account)}) as inboxes on inboxes.id = c.inbox_id
            group by all order by channel"""
    ).rows
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*_STATUSES, "total"), 0))
    for channel, status, n in rows:
        found[channel][_STATUSES[status]] += n
        found[channel]["total"] += n
    return dict(found)


def inboxes_and_labels(
    lake: Lake, account: AccountId, window: Window
) -> dict[tuple[int, int], int]:
    """How many conversations of the period each inbox has under each label."""
    rows = lake.known(
        f"""select inbox_id, label_id, count(*)
            from (select inbox_id, unnest(label_ids) as label_id
                  from {conversations(Scope(account), window, View.newest(lake, account))}) group by all"""
    ).rows
    return {(inbox, label): n for inbox, label, n in rows}


def outgoing_messages(lake: Lake, account: AccountId, kind: Kind, window: Window) -> dict[int, int]:
    """How much was written by each agent, or in the conversations of each team, inbox or label."""
    view = View.newest(lake, account)
    said = messages(Scope(account), window, view)
    now = Scope(account).conversations(view)
    of_now = f"join {now} as c on c.id = m.conversation_id"
    subject, also = {
        Kind.AGENT: ("case m.sender_type when 'User' then m.sender_id end", ""),
        Kind.INBOX: ("m.inbox_id", ""),
        Kind.TEAM: ("c.team_id", of_now),
        Kind.LABEL: ("unnest(c.label_ids)", of_now),
    }[kind]
    rows = lake.known(
        f"""select subject, count(*) from (
                select {subject} as subject from {said} as m {also} where m.message_type = 1)
            where subject is not null group by subject"""
    ).rows
    return dict(rows)


class BotMetrics(Struct, frozen=True):
    """What bots achieve; rates are whole percents, rounded down."""

    conversation_count: int
    message_count: int
    resolution_rate: int
    handoff_rate: int


def bot_metrics(
    lake: Lake, account: AccountId, bot_inboxes: Sequence[int], window: Window
) -> BotMetrics:
    """For the inboxes where a bot works now; a conversation handed over is not one resolved."""
    view = View.newest(lake, account)
    scope = Scope(account)
    met = (
        f"(select id from {conversations(scope, window, view)} "
        f"where list_contains({numbers(bot_inboxes)}, inbox_id))"
    )
    noted = events(scope, window, view)
    handed_over = f"(select conversation_id from {noted} where name = 'conversation_bot_handoff')"
    ((conversation_count, message_count, resolved, handed),) = lake.known(
        f"""
        select (select count(*) from {met}),
               (select count(*) from {messages(scope, window, view)}
                where message_type = 1 and conversation_id in {met}),
               (select count(distinct conversation_id) from {noted}
                where name = 'conversation_bot_resolved'
                  and conversation_id not in {handed_over}),
               (select count(distinct conversation_id) from {handed_over})"""
    ).rows

    def rate(n: int) -> int:
        return n * 100 // conversation_count if conversation_count else 0

    return BotMetrics(conversation_count, message_count, rate(resolved), rate(handed))
