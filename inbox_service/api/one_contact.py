"""What requests say about one contact, and how one is answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from desk.shapes.contact import Contact
from desk.store.avatars import LARGEST, drop_avatar, keep_avatar
from desk.store.files import FileStore
from desk.words.ids import AccountId
from inbox_service.api.given import Given, picture, sent, takes

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
    body: Given, http: httpx.AsyncClient, files: FileStore, account_id: AccountId
) -> AsyncIterator[str | None]:
    """The path of the picture that a body brings or points at, kept unless the block fails."""
    url = body.fields.get("avatar_url")
    if body.avatar is None and not (isinstance(url, str) and url):
        yield None
        return
    path = await keep_avatar(files, account_id, await picture(body.avatar, url, http))
    try:
        yield path
    except BaseException:
        await drop_avatar(files, path)
        raise
