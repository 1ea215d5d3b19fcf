"""What requests say about one contact, and how one is answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from desk.actions.picture_contact import fetch_picture_later, picture_contact
from desk.shapes.contact import Contact
from desk.store.avatars import LARGEST, drop_avatar, keep_avatar
from desk.store.brought_files import no_such_file, own_brought_file
from desk.store.files import FileStore
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import AccountId, ContactId
from inbox_service.api.given import Given, sent, takes

LARGEST_FORM = LARGEST + 64 * 1024


class OneContact(msgspec.Struct):
    """A contact, as Chatwoot wraps it."""

    payload: Contact


class WriteContact(msgspec.Struct):
    """What is to be known about a contact; what is not sent stays as it is."""

    name: str | msgspec.UnsetType | None = msgspec.UNSET
    email: str | msgspec.UnsetType | None = msgspec.UNSET
    phone_number: str | msgspec.UnsetType | None = msgspec.UNSET
    identifier: str | msgspec.UnsetType | None = msgspec.UNSET
    blocked: bool | msgspec.UnsetType = msgspec.UNSET
    additional_attributes: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET
    custom_attributes: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET
    avatar_url: str | msgspec.UnsetType | None = msgspec.UNSET


class CreateContact(WriteContact):
    """Enter a contact; with an inbox, they get an address there."""

    inbox_id: int | None = None
    source_id: str | None = None


_OBJECTS = ("additional_attributes", "custom_attributes")
_FIELDS = tuple(WriteContact.__struct_fields__)

TakesContact = takes(*_FIELDS, objects=_OBJECTS, avatar=True)
TakesNewContact = takes(*_FIELDS, "inbox_id", "source_id", objects=_OBJECTS, avatar=True)


def fields_of(data: WriteContact) -> dict[str, Any]:
    """Those that are kept in the contact's own row, of those that were sent."""
    fields = {name: value for name, value in sent(data).items() if name in _FIELDS[:-1]}
    for attributes in _OBJECTS:
        if attributes in fields and fields[attributes] is None:
            del fields[attributes]
    if "name" in fields:
        fields["name"] = fields["name"] or ""
    return fields


@asynccontextmanager
async def picture_of(
    body: Given, files: FileStore, secrets: SecretBox, account_id: AccountId
) -> AsyncIterator[str | None]:
    """The path of the picture that a form brings or an upload brought; kept unless the block fails."""
    if body.avatar is not None:
        content = await body.avatar.read()
    elif body.avatar_id is not None:
        brought = own_brought_file(secrets, account_id, body.avatar_id, field="avatar")
        try:
            content = await files.get(account_id, brought.file_key)
        except FileNotFoundError:
            raise no_such_file("avatar") from None
    else:
        yield None
        return
    path = await keep_avatar(files, account_id, content)
    try:
        yield path
    except BaseException:
        await drop_avatar(files, path)
        raise


async def picture(
    tx: TenantTx, contact_id: ContactId, body: Given, path: str | None, by: Actor
) -> None:
    """Give the contact the picture that was sent, or have the one fetched that was named."""
    url = body.fields.get("avatar_url")
    if path is not None:
        await picture_contact(tx, contact_id, path, by=by)
    elif isinstance(url, str) and url:
        await fetch_picture_later(tx, contact_id, url)
