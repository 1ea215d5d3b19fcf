"""How a mail finds its conversation: by the ids it bears or names, and those we know."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from desk.store.transaction import WideTx


class Asked(NamedTuple):
    """A mail's id, or a conversation's uuid, that stood in a mail to this inbox."""

    account_id: int
    inbox_id: int
    name: str


class Reference(NamedTuple):
    """An id that leads to a conversation from now on."""

    account_id: int
    inbox_id: int
    mail_id: str
    conversation_id: int


# Never beyond the inbox: a mail to one door cannot reach what was said at another.
_NAMED = """
select asked.account_id, asked.inbox_id, asked.name,
       coalesce(c.merged_into_id, c.id) as conversation_id
from unnest(%(accounts)b::bigint[], %(inboxes)b::bigint[], %(names)b::text[], %(uuids)b::uuid[])
     as asked(account_id, inbox_id, name, uuid)
join lateral (
    (select r.conversation_id from mail_references r
     where r.account_id = asked.account_id and r.inbox_id = asked.inbox_id
       and r.mail_id = asked.name)
    union all
    (select m.conversation_id from messages m
     where m.inbox_id = asked.inbox_id and m.source_id = asked.name)
    union all
    (select o.id from conversations o where o.uuid = asked.uuid and o.inbox_id = asked.inbox_id)
    limit 1) found on true
join conversations c on c.account_id = asked.account_id and c.id = found.conversation_id"""


async def conversations_named(tx: WideTx, asked: Iterable[Asked]) -> list[dict[str, Any]]:
    """For each name that leads somewhere: the conversation in which it goes on."""
    wanted = sorted(set(asked))
    if not wanted:
        return []
    return await tx.all(
        _NAMED,
        {
            "accounts": [a.account_id for a in wanted],
            "inboxes": [a.inbox_id for a in wanted],
            "names": [a.name for a in wanted],
            "uuids": [_uuid(a.name) for a in wanted],
        },
    )


async def remember_references(tx: WideTx, references: Sequence[Reference]) -> None:
    """Keep where these ids lead; the first conversation keeps an id."""
    if not references:
        return
    await tx.execute(
        """insert into mail_references (account_id, inbox_id, mail_id, conversation_id)
           select * from unnest(%b::bigint[], %b::bigint[], %b::text[], %b::bigint[])
           on conflict do nothing""",
        [list(column) for column in zip(*references, strict=True)],
    )


def _uuid(name: str) -> UUID | None:
    if len(name) != 36:
        return None
    try:
        return UUID(name)
    except ValueError:
        return None
