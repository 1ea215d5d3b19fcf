"""The picture of a contact."""

from typing import Any

from litestar import Request, Response, Router, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.picture_contact import picture_contact
from desk.store.contacts import contact_shape, require_contact
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import ContactId
from inbox_service.api.answers import answers, raw
from inbox_service.api.given import given, takes
from inbox_service.api.one_contact import LARGEST_FORM, OneContact, picture, picture_of


@put(
    "/contacts/{contact_id:int}/avatar",
    operation_id="set-the-avatar-of-a-contact",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(OneContact),
    operation_class=takes("avatar_url", avatar=True),
    request_max_body_size=LARGEST_FORM,
)
async def set_avatar(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
) -> Response[bytes]:
    """Give the contact a picture: PNG, JPEG, GIF or WebP by its bytes; one at an address later."""
    body = await given(request)
    if body.avatar is None and not (body.avatar_id or body.fields.get("avatar_url")):
        raise Invalid("file_missing", "Send a form with the file in avatar.", field="avatar")
    async with desk.transaction(viewer.account_id) as tx:
        await require_contact(tx, contact_id)
    async with (
        picture_of(body, files, desk.secrets, viewer.account_id) as path,
        desk.transaction(viewer.account_id) as tx,
    ):
        await picture(tx, ContactId(contact_id), body, path, Actor.user(viewer.user_id))
        await tx.session.flush()
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


@delete(
    "/contacts/{contact_id:int}/avatar",
    operation_id="delete-the-avatar-of-a-contact",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(OneContact),
)
async def remove_avatar(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Response[bytes]:
    """Take the picture away."""
    async with desk.transaction(viewer.account_id) as tx:
        by = Actor.user(viewer.user_id)
        await picture_contact(tx, ContactId(contact_id), None, by=by)
        await tx.session.flush()
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


router = Router("", route_handlers=[set_avatar, remove_avatar], tags=["Contacts"])
