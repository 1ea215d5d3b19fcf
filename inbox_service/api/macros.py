"""Macros: several actions under one name, run by whoever needs them."""

from typing import Annotated, Any
from uuid import uuid4

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_macro import MacroWanted, change_macro, drop_macro, keep_macro
from desk.automation.check import checked_macro
from desk.automation.run_macro import AT_ONCE, MOST, MacroToRun, queue_macro, run_macro
from desk.store import macros as macro_store
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.automation import ActionWanted
from desk.words.errors import Invalid, NotFound
from desk.words.ids import DisplayId
from desk.words.macros import Visibility

Unset = msgspec.UnsetType


class Macro(msgspec.Struct):
    """Several actions under one name."""

    id: int
    account_id: int
    name: str
    visibility: str
    actions: list[dict[str, Any]]
    created_by: dict[str, Any]
    updated_by: dict[str, Any]
    files: list[dict[str, Any]] = msgspec.field(default_factory=list)


class MacroPayload(msgspec.Struct):
    """One macro, as Chatwoot wraps it."""

    payload: Macro


class MacroList(msgspec.Struct):
    """Your own and everybody's."""

    payload: list[Macro]


class MacroGiven(msgspec.Struct):
    """A macro as it is to be."""

    name: str
    actions: list[Any]
    visibility: str = "personal"


class MacroChanged(msgspec.Struct):
    """What can be changed about one."""

    name: str | Unset = msgspec.UNSET
    actions: list[Any] | Unset = msgspec.UNSET
    visibility: str | Unset = msgspec.UNSET


class MacroOn(msgspec.Struct):
    """Conversations, by number."""

    conversation_ids: Annotated[list[int], Meta(min_length=1, max_length=MOST)]


class ActionRefused(msgspec.Struct):
    """What the macro could not do on a conversation, by its number."""

    conversation_id: int
    action_name: str
    detail: str | None


class MacroStarted(msgspec.Struct, omit_defaults=True):
    """Whether it is done, or a job does it; and what could not be done."""

    queued: bool
    refused: list[ActionRefused] = []


@get("/macros", operation_id="list-macros", opt={"needs": Permission.DESK_READ})
async def list_macros(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> MacroList:
    """Your own and everybody's."""
    async with desk.transaction(viewer.account_id) as tx:
        return MacroList([Macro(**row) for row in await macro_store.macros(tx, viewer)])


@get(
    "/macros/{macro_id:int}",
    operation_id="get-a-macro",
    opt={"needs": Permission.DESK_READ},
)
async def get_macro(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], macro_id: FromPath[int]
) -> MacroPayload:
    """One macro."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _shown(tx, viewer, macro_id)


@post(
    "/macros",
    operation_id="make-a-macro",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def make_macro(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[MacroGiven]
) -> MacroPayload:
    """Make one; an agent's own is never everybody's."""
    visibility = _visibility(data.visibility)
    async with desk.transaction(viewer.account_id) as tx:
        actions = await checked_macro(tx, data.actions, secrets=desk.secrets)
        macro_id = await keep_macro(tx, viewer, MacroWanted(data.name, actions, visibility))
        return await _shown(tx, viewer, macro_id)


@route(
    "/macros/{macro_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "change-a-macro" if method == "PATCH" else "replace-a-macro"
    ),
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def change(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    macro_id: FromPath[int],
    data: JSONBody[MacroChanged],
) -> MacroPayload:
    """Rename it, share it, or let it do something else."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        if "actions" in changes:
            changes["actions"] = await checked_macro(tx, changes["actions"], secrets=desk.secrets)
        if "visibility" in changes:
            changes["visibility"] = _visibility(changes["visibility"])
        await change_macro(tx, viewer, macro_id, changes)
        return await _shown(tx, viewer, macro_id)


@delete(
    "/macros/{macro_id:int}",
    operation_id="drop-a-macro",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def drop(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], macro_id: FromPath[int]
) -> None:
    """End it; what was done by it stays on record."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_macro(tx, viewer, macro_id)


@post(
    "/macros/{macro_id:int}/execute",
    operation_id="run-a-macro",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def execute(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    macro_id: FromPath[int],
    data: JSONBody[MacroOn],
) -> MacroStarted:
    """Run it on conversations, in your name; those you may not see are passed over."""
    numbers = sorted(set(data.conversation_ids))
    async with desk.transaction(viewer.account_id) as tx:
        row = await macro_store.macro_row(tx, macro_id, viewer)
        actions = tuple(msgspec.convert(row.actions, list[ActionWanted]))
        macro = MacroToRun(macro_id, row.name, actions, uuid4())
        if len(numbers) > AT_ONCE:
            await queue_macro(tx, macro, numbers, by=viewer.user_id)
            return MacroStarted(queued=True)
        for number in numbers:
            try:
                conversation = await conversation_by_number(tx, DisplayId(number), viewer)
            except NotFound:
                continue
            await run_macro(tx, macro, conversation, by=viewer.user_id)
        refused = await macro_store.refused_by(tx, macro.execution)
    return MacroStarted(queued=False, refused=[ActionRefused(**row) for row in refused])


async def _shown(tx: TenantTx, viewer: Viewer, macro_id: int) -> MacroPayload:
    return MacroPayload(Macro(**await macro_store.macro(tx, macro_id, viewer)))


def _visibility(word: str) -> Visibility:
    try:
        return Visibility.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_visibility", "visibility must be personal or global.", field="visibility"
        ) from None


router = Router(
    "",
    route_handlers=[list_macros, get_macro, make_macro, change, drop, execute],
    tags=["Macros"],
)
