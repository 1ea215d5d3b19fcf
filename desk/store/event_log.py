"""The event log: appended in the transaction that made the change, never touched again by it."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from psycopg import AsyncConnection

from desk.events.catalogue import Fact
from desk.events.envelope import Event
from desk.words.actor import Actor, ActorKind
from desk.words.ids import AccountId, ConversationId

CHANNEL = "desk_events"
"""The NOTIFY channel that wakes the relay."""


class Recorded(NamedTuple):
    """A fact on its way into the log."""

    account_id: AccountId
    conversation_id: ConversationId | None
    at: datetime
    by: Actor
    fact: Fact
    after_rules: tuple[int, ...] = ()


_APPEND = b"""
with appended as (
insert into events
    (account_id, name, conversation_id, at, actor_kind, actor_id, fact, quiet, done_at,
     after_rules, rules_version)
select a, n, c, t, k, i, f::jsonb, %(quiet)s, case when %(quiet)s then t end,
       l::bigint[], coalesce(rules.version, 0)
from unnest(%(accounts)b::bigint[], %(names)b::text[], %(conversations)b::bigint[],
            %(ats)b::timestamptz[], %(kinds)b::text[], %(actors)b::bigint[], %(facts)b::text[],
            %(led)b::text[])
     with ordinality as rows(a, n, c, t, k, i, f, l, ordinal)
left join automation_versions rules on rules.account_id = a
order by ordinal
returning id)
select pg_notify(%(channel)s, '') where not %(quiet)s"""

_APPEND_ONE = b"""
with appended as (
insert into events
    (account_id, name, conversation_id, at, actor_kind, actor_id, fact, quiet, done_at,
     after_rules, rules_version)
values (%(account)s, %(name)s, %(conversation)s, %(at)s, %(kind)s, %(actor)s, %(fact)s, %(quiet)s,
        case when %(quiet)s then %(at)s end, %(led)s::bigint[],
        coalesce((select version from automation_versions where account_id = %(account)s), 0))
returning id)
select pg_notify(%(channel)s, '') where not %(quiet)s"""

_fact_encoder = msgspec.json.Encoder()
_fact_type: Any = Fact


def name_of(fact: Fact) -> str:
    """The fact's name in the log: its tag."""
    return str(type(fact).__struct_config__.tag)


async def append(
    connection: AsyncConnection[Any], recorded: list[Recorded], *, quiet: bool
) -> None:
    """Write facts in the order they were recorded and wake the relay at commit.

    Quiet facts are done as they are written: nobody has to hear of imported history.
    """
    if len(recorded) == 1:
        await _append_one(connection, recorded[0], quiet=quiet)
        return
    await connection.execute(
        _APPEND,
        {
            "channel": CHANNEL,
            "quiet": quiet,
            "accounts": [r.account_id for r in recorded],
            "names": [name_of(r.fact) for r in recorded],
            "conversations": [r.conversation_id for r in recorded],
            "ats": [r.at for r in recorded],
            "kinds": [r.by.kind.value for r in recorded],
            "actors": [r.by.id for r in recorded],
            "facts": [_fact_encoder.encode(r.fact).decode() for r in recorded],
            "led": [f"{{{','.join(map(str, r.after_rules))}}}" for r in recorded],
        },
    )


async def _append_one(connection: AsyncConnection[Any], r: Recorded, *, quiet: bool) -> None:
    # Most transactions leave one fact: it needs no arrays.
    await connection.execute(
        _APPEND_ONE,
        {
            "channel": CHANNEL,
            "quiet": quiet,
            "account": r.account_id,
            "name": name_of(r.fact),
            "conversation": r.conversation_id,
            "at": r.at,
            "kind": r.by.kind.value,
            "actor": r.by.id,
            "fact": _fact_encoder.encode(r.fact).decode(),
            "led": f"{{{','.join(map(str, r.after_rules))}}}",
        },
    )


def event_of(row: dict[str, Any]) -> Event:
    """The event of a row of `events` read with columns
    id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet; to react to it also
    rules_version and after_rules."""
    return Event(
        id=row["id"],
        account_id=row["account_id"],
        at=row["at"],
        by=Actor(ActorKind(row["actor_kind"]), row["actor_id"]),
        fact=msgspec.convert(row["fact"], type=_fact_type),
        conversation_id=row["conversation_id"],
        quiet=row["quiet"],
        rules_version=row.get("rules_version", 0),
        after_rules=tuple(row.get("after_rules", ())),
    )
