"""The same change to many conversations or contacts."""

from typing import Annotated, Any
from uuid import uuid4

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission, may
from desk.actions.change_contacts_in_bulk import MOST_CONTACTS, delete_contacts, label_contacts
from desk.actions.change_in_bulk import (
    AT_ONCE,
    MOST,
    BulkChange,
    Refused,
    change_in_bulk,
    check_bulk_change,
    queue_bulk_change,
)
from desk.store.desk import Desk
from desk.store.labels import known_labels
from desk.words.actor import Actor
from desk.words.errors import Forbidden, Invalid
from inbox_service.api.words import moment, status_of

MOST_LABELS = 100


class FieldsGiven(msgspec.Struct):
    """What is to be so; null takes assignee or team away."""

    status: str | None = None
    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET
    snoozed_until: int | str | None = None


class LabelsGiven(msgspec.Struct):
    """Labels to put on and to take off."""

    add: Annotated[list[str], Meta(max_length=MOST_LABELS)] | None = None
    remove: Annotated[list[str], Meta(max_length=MOST_LABELS)] | None = None


class BulkGiven(msgspec.Struct):
    """A change and what it is for: conversations by number, or contacts by id."""

    type: str
    ids: Annotated[list[int], Meta(min_length=1, max_length=MOST)]
    fields: FieldsGiven | None = None
    labels: LabelsGiven | None = None
    snoozed_until: int | str | None = None
    action_name: str | None = None
    """`delete`: contacts only."""


class BulkAnswer(msgspec.Struct):
    """Whether it is done, or a job does it; and what was left as it is."""

    queued: bool
    refused: list[Refused]


@post(
    "/bulk_actions",
    operation_id="change-in-bulk",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    tags=["Conversations"],
)
async def change_many(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[BulkGiven]
) -> BulkAnswer:
    """Status, assignee, team and labels of many; those you may not see are passed over."""
    kind = data.type.strip().lower()
    if kind == "contact":
        return await _contacts(desk, viewer, data)
    if kind != "conversation":
        raise Invalid("unknown_type", "type must be Conversation or Contact.", field="type")
    change = _change(data)
    async with desk.transaction(viewer.account_id) as tx:
        await check_bulk_change(tx, viewer, change)
        if len(data.ids) > AT_ONCE:
            await queue_bulk_change(tx, viewer, data.ids, change, key=uuid4().hex)
            return BulkAnswer(queued=True, refused=[])
        return BulkAnswer(queued=False, refused=await change_in_bulk(tx, viewer, data.ids, change))


async def _contacts(desk: Desk, viewer: Viewer, data: BulkGiven) -> BulkAnswer:
    if not may(viewer.role, Permission.CONTACTS_WRITE, viewer.extra):
        raise Forbidden("not_permitted", "This needs the permission contacts:write.")
    if len(data.ids) > MOST_CONTACTS:
        raise Invalid("too_many", f"Give at most {MOST_CONTACTS} contacts at a time.", field="ids")
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        if data.action_name == "delete":
            if not viewer.sees_all:
                raise Forbidden("not_permitted", "Only administrators delete contacts in bulk.")
            return BulkAnswer(False, await delete_contacts(tx, data.ids, by=by))
        if data.action_name is not None:
            raise Invalid("unknown_action", "action_name must be delete.", field="action_name")
        add, remove = _labels(data)
        if not (add or remove):
            raise Invalid("nothing_to_change", "Give labels to add or remove.", field="labels")
        await known_labels(tx, [*add, *remove])
        return BulkAnswer(False, await label_contacts(tx, data.ids, add=add, remove=remove, by=by))


def _change(data: BulkGiven) -> BulkChange:
    fields = data.fields or FieldsGiven()
    add, remove = _labels(data)
    until = data.snoozed_until if data.snoozed_until is not None else fields.snoozed_until
    given: dict[str, Any] = {
        "assignee_id": fields.assignee_id,
        "team_id": fields.team_id,
        "status": None if fields.status is None else int(status_of(fields.status)),
    }
    named = {key for key, value in given.items() if value is not msgspec.UNSET}
    if named == {"status"} and given["status"] is None and not (add or remove):
        raise Invalid(
            "nothing_to_change",
            "Give status, assignee_id, team_id, or labels to add or remove.",
            field="fields",
        )
    return BulkChange(snoozed_until=moment(until), add_labels=add, remove_labels=remove, **given)


def _labels(data: BulkGiven) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given = data.labels or LabelsGiven()
    add, remove = given.add or [], given.remove or []
    return (
        tuple(title.strip().lower() for title in add),
        tuple(title.strip().lower() for title in remove),
    )


router = Router("", route_handlers=[change_many])
