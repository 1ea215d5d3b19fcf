"""Search: words, phrases, numbers, addresses, over one account and what the viewer may see of it."""

import re
from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.shapes import search as shapes
from desk.store.prepared import Prepared
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid

LONGEST = 200
"""Characters of a search."""

LEAST_LETTERS = 2
"""Fewer find everybody."""

_PHRASE = re.compile(r'"([^"]+)"')

_MESSAGES = """
select message_id, conversation_id
from find_messages(%s, %s, %s::text[], %s::bigint[], %s, %s, %s)"""


def _listed(name: str, sql: str) -> Prepared:
    numbered = sql.replace("%(account)s", "$1").replace("%(ids)s", "$2")
    return Prepared(
        name,
        ("bigint", "bigint[]"),
        f"""select '[' || coalesce(string_agg(one.shape, ',' order by array_position($2, one.id)), '')
                   || ']' from ({numbered}) one""",
    )


_FOUND_MESSAGES = _listed("found_messages", shapes.MESSAGES)
_FOUND_CONVERSATIONS = _listed("found_conversations", shapes.CONVERSATIONS)
_FOUND_CONTACTS = _listed("found_contacts", shapes.CONTACTS)


class Words(msgspec.Struct, frozen=True):
    """What was typed: loose words, the last of which may be unfinished, and quoted phrases."""

    loose: str
    phrases: tuple[str, ...]

    @property
    def plain(self) -> str:
        """All of it without the quotation marks."""
        return " ".join(filter(None, (self.loose, *self.phrases)))


class Part(msgspec.Struct, frozen=True):
    """Which of the results are wanted."""

    start: int
    end: int


def read_words(typed: str) -> Words:
    """The words of a search as they were meant; raises Invalid when there are too many."""
    if len(typed) > LONGEST:
        raise Invalid("search_too_long", f"Search for {LONGEST} characters at most.", field="q")
    text = typed.replace("\x00", "")
    phrases = tuple(phrase.strip() for phrase in _PHRASE.findall(text) if phrase.strip())
    return Words(_PHRASE.sub(" ", text).replace('"', " ").strip(), phrases)


async def messages_with_words(
    tx: TenantTx, viewer: Viewer, words: Words, *, limit: int, before: int | None = None
) -> list[tuple[int, int]]:
    """Message and conversation of the newest that match, among what the viewer may see."""
    inboxes = None if viewer.sees_all else sorted(viewer.inbox_ids)
    parameters = [
        tx.account_id,
        words.loose,
        list(words.phrases),
        inboxes,
        viewer.user_id,
        limit,
        before,
    ]
    # Never prepared: a generic plan would not know how common the word is.
    rows = await tx.tuples(_MESSAGES, parameters, prepare=False)
    return [(row[0], row[1]) for row in rows]


async def conversations_with_words(
    tx: TenantTx, viewer: Viewer, typed: str, *, limit: int = 200
) -> list[int]:
    """The conversations of the newest messages that match."""
    found = await messages_with_words(tx, viewer, read_words(typed), limit=limit)
    return sorted({conversation_id for _, conversation_id in found})


async def contacts_with_words(tx: TenantTx, typed: str, *, limit: int = 200) -> list[int]:
    """The contacts whose name, address, number or identifier holds it, last heard of first."""
    words = read_words(typed).plain
    if len(words) < LEAST_LETTERS:
        return []
    rows = await tx.tuples(
        "select contact_id from search_contacts(%s, %s, %s)",
        [tx.account_id, words, limit],
        prepare=False,
    )
    return [row[0] for row in rows]


async def conversations_of_people(
    tx: TenantTx, viewer: Viewer, typed: str, *, limit: int, offset: int = 0
) -> list[int]:
    """Conversations by their number or by who writes in them, newest activity first."""
    words = read_words(typed).plain
    number = words.lstrip("#")
    people = await contacts_with_words(tx, typed)
    parameters: dict[str, Any] = {
        "account": tx.account_id,
        "number": int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0,
        "people": people,
        "all": viewer.sees_all,
        "inboxes": sorted(viewer.inbox_ids),
        "me": viewer.user_id,
        "limit": limit,
        "offset": offset,
    }
    rows = await tx.tuples(
        """select c.id from conversations c
            where c.account_id = %(account)s
              and (c.display_id = %(number)s or c.contact_id = any(%(people)s::bigint[]))
              and (%(all)s or c.inbox_id = any(%(inboxes)s::bigint[]) or c.assignee_id = %(me)s)
            order by c.display_id = %(number)s desc, c.last_activity_at desc, c.id desc
            limit %(limit)s offset %(offset)s""",
        parameters,
        prepare=False,
    )
    return [row[0] for row in rows]


async def found_messages(tx: TenantTx, viewer: Viewer, typed: str, page: Part) -> bytes:
    """A JSON array of the messages of one page of a search, newest first."""
    found = await messages_with_words(tx, viewer, read_words(typed), limit=page.end)
    return await _shown(tx, _FOUND_MESSAGES, [one for one, _ in found[page.start :]])


async def found_conversations(tx: TenantTx, viewer: Viewer, typed: str, page: Part) -> bytes:
    """A JSON array of conversations by number or person, the latest active first."""
    found = await conversations_of_people(
        tx, viewer, typed, limit=page.end - page.start, offset=page.start
    )
    return await _shown(tx, _FOUND_CONVERSATIONS, found)


async def found_contacts(tx: TenantTx, typed: str, page: Part) -> bytes:
    """A JSON array of contacts, the last heard of first."""
    found = await contacts_with_words(tx, typed, limit=page.end)
    return await _shown(tx, _FOUND_CONTACTS, found[page.start :])


async def _shown(tx: TenantTx, statement: Prepared, ids: list[int]) -> bytes:
    if not ids:
        return b"[]"
    row = await tx.run(statement, tx.account_id, ids)
    return str(row[0] if row else "[]").encode()
