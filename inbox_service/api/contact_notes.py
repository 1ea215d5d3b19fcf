"""What colleagues wrote down about a contact."""

from typing import Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.note_contact import change_note, delete_note, write_note
from desk.store import contact_notes as note_store
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import ContactId


class Note(msgspec.Struct):
    """A note about a contact."""

    id: int
    account_id: int
    contact_id: int
    content: str
    created_at: int
    updated_at: int
    user: dict[str, Any] | None
    """Who wrote it."""


class WriteNote(msgspec.Struct):
    """A note's text; some clients wrap it in `note`."""

    content: str | None = None
    note: dict[str, Any] | None = None


@get(
    "/contacts/{contact_id:int}/notes",
    operation_id="list-notes-of-a-contact",
    opt={"needs": Permission.CONTACTS_READ},
)
async def list_notes(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> list[Note]:
    """All notes about the contact, newest first."""
    async with desk.transaction(viewer.account_id) as tx:
        return [Note(**row) for row in await note_store.notes(tx, contact_id)]


@post(
    "/contacts/{contact_id:int}/notes",
    operation_id="write-a-note-about-a-contact",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def add_note(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    data: JSONBody[WriteNote],
) -> Note:
    """Write something down."""
    async with desk.transaction(viewer.account_id) as tx:
        by = Actor.user(viewer.user_id)
        row = await write_note(tx, ContactId(contact_id), _content(data), by=by)
        return Note(**await note_store.note(tx, contact_id, row.id))


@get(
    "/contacts/{contact_id:int}/notes/{note_id:int}",
    operation_id="get-a-note-about-a-contact",
    opt={"needs": Permission.CONTACTS_READ},
)
async def get_note(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    note_id: FromPath[int],
) -> Note:
    """One note."""
    async with desk.transaction(viewer.account_id) as tx:
        return Note(**await note_store.note(tx, contact_id, note_id))


@route(
    "/contacts/{contact_id:int}/notes/{note_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "change-a-note-about-a-contact" if method == "PATCH" else "replace-a-note-about-a-contact"
    ),
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def rewrite_note(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    note_id: FromPath[int],
    data: JSONBody[WriteNote],
) -> Note:
    """Give a note another text."""
    async with desk.transaction(viewer.account_id) as tx:
        by = Actor.user(viewer.user_id)
        await change_note(tx, ContactId(contact_id), note_id, _content(data), by=by)
        return Note(**await note_store.note(tx, contact_id, note_id))


@delete(
    "/contacts/{contact_id:int}/notes/{note_id:int}",
    operation_id="delete-a-note-about-a-contact",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def remove_note(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    note_id: FromPath[int],
) -> None:
    """Take a note back."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_note(tx, ContactId(contact_id), note_id, by=Actor.user(viewer.user_id))


def _content(data: WriteNote) -> str:
    given = data.content if data.content is not None else (data.note or {}).get("content")
    if not isinstance(given, str):
        raise Invalid("missing", "content is missing.", field="content")
    return given


router = Router(
    "",
    route_handlers=[list_notes, add_note, get_note, rewrite_note, remove_note],
    tags=["Contacts"],
)
