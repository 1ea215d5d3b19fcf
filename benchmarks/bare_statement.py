"""The least there can be: one statement a request, by the driver alone, behind a bare ASGI door.

No framework, no permissions, no counts, no row security, no validation; the same rows.
"""

import os
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from psycopg import AsyncConnection

from desk.store.conversations import ONES
from desk.store.messages import NEWEST
from desk.store.prepared import Prepared, run

LIST = Prepared(
    "bare_list",
    ("bigint",),
    f"""select '[' || string_agg(one.shape, ',' order by one.last_activity_at desc, one.id desc) || ']'
    from ({ONES.replace(" as shape", " as shape, c.last_activity_at", 1)}) one""".replace(
        "$3", "now()"
    ).replace(
        "= any($2)",
        """= any(array(select page.id from conversations page
            where page.account_id = $1 and page.status = 0
            order by page.last_activity_at desc, page.id desc limit 25))""",
    ),
)

POST = b"""
with cv as (
    select account_id, id, inbox_id, assignee_id, team_id from conversations
    where account_id = %s and display_id = %s for update
), m as (
    insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
        sender_type, sender_id, created_at, updated_at)
    select account_id, inbox_id, id, 1, true, %s, 'User', %s, now(), now() from cv returning *
), u as (
    update conversations c set last_message_id = m.id, last_chat_message_id = m.id,
        last_activity_at = m.created_at, updated_at = m.created_at
    from m where c.account_id = m.account_id and c.id = m.conversation_id returning c.id
), e as (
    insert into events (account_id, name, conversation_id, at, actor_kind, actor_id, fact)
    select account_id, 'message_created', conversation_id, created_at, 'user', sender_id,
        jsonb_build_object('type', 'message_created', 'message_id', id,
            'conversation_id', conversation_id, 'inbox_id', inbox_id, 'message_type', 1,
            'private', true, 'sender_type', 'User', 'sender_id', sender_id)
    from m returning id
)
select json_build_object('id', m.id, 'content', m.content, 'inbox_id', m.inbox_id,
    'conversation_id', m.conversation_id, 'message_type', m.message_type, 'private', m.private,
    'created_at', extract(epoch from m.created_at)::bigint, 'sender_id', m.sender_id)::text
from m, u, e"""

SEARCH = """
select coalesce(json_agg(json_build_object('id', x.id, 'content', x.content,
    'conversation_id', x.conversation_id, 'created_at', x.created_at)), '[]')::text
from (select m.id, m.content, m.conversation_id, m.created_at from (
        select id, content, conversation_id, created_at from messages
        where account_id = %s and message_type in (0, 1)
          and to_tsvector('simple', coalesce(content, '')) @@ to_tsquery('simple', %s)
        {fence}) m
      order by m.id desc limit 15) x"""

BY_INDEX = SEARCH.format(fence="offset 0").encode()
"""Right for a rare word: all that hold it, sorted."""
BY_AGE = SEARCH.format(fence="").encode()
"""Right for a common one: the newest, until enough hold it."""


class BareDoor:
    """Answers four addresses from one connection each statement at a time."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._connection: AsyncConnection[Any] | None = None
        self._known: set[str] = set()

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if self._connection is None:
            self._connection = await AsyncConnection.connect(
                self._url, autocommit=True, options="-c jit=off -c work_mem=64MB"
            )
        query = parse_qs(scope["query_string"].decode())
        body = await self._answer(self._connection, scope["path"], query)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, connection: AsyncConnection[Any], path: str, query: dict[str, list[str]]
    ) -> bytes:
        account = int(query["account"][0])
        if path == "/list":
            row = await run(connection, self._known, LIST, [account])
        elif path == "/thread":
            number = int(query["number"][0])
            row = await run(connection, self._known, NEWEST, [account, number, 2**62, 0, 20])
            row = row and row[2:]
        elif path == "/post":
            values = [account, int(query["number"][0]), query["text"][0], int(query["user"][0])]
            row = await (await connection.execute(POST, values, prepare=True)).fetchone()
        else:
            words = [account, query["words"][0]]
            sql = BY_INDEX if query["is_rare"] == ["1"] else BY_AGE
            row = await (await connection.execute(sql, words, prepare=False)).fetchone()
        return str(row[0] if row else "").encode()


def main() -> None:
    uvicorn.run(
        BareDoor(os.environ["DATABASE_URL"]),
        host="127.0.0.1",
        port=int(os.environ["STREAMDESK_PORT"]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
