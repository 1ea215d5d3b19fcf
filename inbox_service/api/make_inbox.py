"""Making an inbox of any kind, changing it, closing it."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, delete, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.close_inbox import close_inbox
from desk.actions.open_inbox import InboxDetails, open_inbox, update_inbox
from desk.actions.refit_inbox import Fitting, refit_inbox
from desk.store import inboxes as inbox_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from desk.words.ids import InboxId
from inbox_service.api.answers import answers
from inbox_service.api.inbox_hours import GivenDay, put_hours
from inbox_service.api.inbox_shape import KEPT_IN_CONFIG, Inbox, parts_of, shown_inbox
from inbox_service.auth.people import People
from ingest.inbox_catalogue import inbox_kind_by_type, inbox_kind_of
from ingest.inbox_contract import InboxParts, Site

Unset = msgspec.UnsetType
LONGEST_NAME = 255

_COLUMNS = (
    "name",
    "greeting_enabled",
    "greeting_message",
    "out_of_office_message",
    "csat_survey_enabled",
    "enable_auto_assignment",
    "lock_to_single_conversation",
)


Words = Annotated[str, Meta(max_length=10_000)]
ShortWords = Annotated[str, Meta(max_length=255)]


class InboxFields(msgspec.Struct):
    """What can be said about an inbox of any kind; what is not sent stays as it is."""

    name: str | Unset = msgspec.UNSET
    greeting_enabled: bool | Unset = msgspec.UNSET
    greeting_message: Words | Unset | None = msgspec.UNSET
    out_of_office_message: Words | Unset | None = msgspec.UNSET
    csat_survey_enabled: bool | Unset = msgspec.UNSET
    enable_auto_assignment: bool | Unset = msgspec.UNSET
    lock_to_single_conversation: bool | Unset = msgspec.UNSET
    enable_email_collect: bool | Unset = msgspec.UNSET
    allow_messages_after_resolved: bool | Unset = msgspec.UNSET
    sender_name_type: Literal["friendly", "professional"] | Unset = msgspec.UNSET
    business_name: ShortWords | Unset | None = msgspec.UNSET
    working_hours_enabled: bool | Unset = msgspec.UNSET
    timezone: ShortWords | Unset = msgspec.UNSET
    working_hours: Annotated[list[GivenDay], Meta(max_length=7)] | Unset = msgspec.UNSET
    channel: dict[str, Any] | Unset | None = msgspec.UNSET
    """`type` says the kind; the other fields are the kind's own."""

    def sent(self, *names: str) -> dict[str, Any]:
        """Those of the fields that were sent."""
        found = {name: getattr(self, name) for name in names}
        return {name: value for name, value in found.items() if value is not msgspec.UNSET}


@post(
    "/inboxes",
    operation_id="inboxCreation",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
    responses=answers(Inbox),
)
async def create_inbox(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    people: NamedDependency[People],
    data: JSONBody[InboxFields],
) -> Response[dict[str, Any]]:
    """Open a door of the kind that `channel.type` names."""
    given = dict(data.channel or {})
    kind = inbox_kind_by_type(given.pop("type", None))
    name = _name(data)
    parts = await kind.prepare(given, site)
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        inbox_id = await open_inbox(
            tx,
            InboxDetails(
                name=name,
                channel=kind.kind,
                address=parts.address,
                config=parts.config | data.sent(*KEPT_IN_CONFIG),
                secrets=parts.secrets,
                own_key=parts.own_key,
            ),
            secrets=desk.secrets,
            by=by,
        )
        await _settle(tx, inbox_id, data, by)
        row = await inbox_store.inbox(tx, inbox_id, viewer)
    people.forget_account(viewer.account_id)
    return Response(shown_inbox(row, desk, site, viewer))


@patch(
    "/inboxes/{inbox_id:int}",
    operation_id="updateInbox",
    opt={"needs": Permission.DESK_MANAGE},
    responses=answers(Inbox),
)
async def change_inbox(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    inbox_id: FromPath[int],
    data: JSONBody[InboxFields],
) -> Response[dict[str, Any]]:
    """Change what was sent; the kind itself stays."""
    where, by = InboxId(inbox_id), Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        row = await inbox_store.inbox(tx, where, viewer)
    if data.name is not msgspec.UNSET:
        _name(data)
    now = parts_of(row, desk, trusted=True)
    after = await _changed(row, now, data, site)
    async with desk.transaction(viewer.account_id) as tx:
        if after != now:
            was, to = (Fitting(one.address, one.config, one.secrets) for one in (now, after))
            await refit_inbox(
                tx, where, was, to, own_key=after.own_key, secrets=desk.secrets, by=by
            )
        await _settle(tx, where, data, by)
        row = await inbox_store.inbox(tx, where, viewer)
    return Response(shown_inbox(row, desk, site, viewer))


@delete(
    "/inboxes/{inbox_id:int}",
    operation_id="close-an-inbox",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def close(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    inbox_id: FromPath[int],
) -> None:
    """Only an inbox nobody ever wrote to."""
    async with desk.transaction(viewer.account_id) as tx:
        await close_inbox(tx, InboxId(inbox_id), by=Actor.user(viewer.user_id))
    people.forget_account(viewer.account_id)


async def _changed(
    row: dict[str, Any], now: InboxParts, data: InboxFields, site: Site
) -> InboxParts:
    given = dict(data.channel or {})
    kind = inbox_kind_of(ChannelKind(row["channel"]))
    if given.pop("type", None) not in (None, kind.type if kind else None):
        raise Invalid("kind_is_fixed", "An inbox keeps the kind it was made with.", field="type")
    after = await kind.change(given, now, site) if kind is not None and given else now
    kept = data.sent(*KEPT_IN_CONFIG)
    return msgspec.structs.replace(after, config=after.config | kept) if kept else after


async def _settle(tx: TenantTx, inbox_id: InboxId, data: InboxFields, by: Actor) -> None:
    """What all inboxes have, and when they are open."""
    if columns := data.sent(*_COLUMNS):
        await update_inbox(tx, inbox_id, columns, by=by)
    hours = data.sent("working_hours_enabled", "timezone", "working_hours")
    if hours:
        await put_hours(tx, inbox_id, hours, by=by)


def _name(data: InboxFields) -> str:
    name = data.name.strip() if isinstance(data.name, str) else ""
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise Invalid(
            "name_missing", f"name must have 1 to {LONGEST_NAME} characters.", field="name"
        )
    data.name = name
    return name
