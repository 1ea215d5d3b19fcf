"""The account's canned responses."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_canned_response import (
    create_canned_response,
    delete_canned_response,
    update_canned_response,
)
from desk.store import canned_responses as canned_store
from desk.store.desk import Desk
from desk.tables.canned_responses import CannedResponseRow
from desk.words.actor import Actor


class CannedResponse(msgspec.Struct):
    """An answer kept under a short code."""

    id: int
    account_id: int
    short_code: str
    content: str
    created_at: datetime
    updated_at: datetime


class CreateCannedResponse(msgspec.Struct):
    """Keep an answer."""

    short_code: str
    content: str


class UpdateCannedResponse(msgspec.Struct):
    """What can be changed about it."""

    short_code: str | msgspec.UnsetType = msgspec.UNSET
    content: str | msgspec.UnsetType = msgspec.UNSET


@get(
    "/canned_responses",
    operation_id="get-account-canned-response",
    opt={"needs": Permission.DESK_READ},
)
async def list_canned_responses(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    search: Annotated[str, QueryParameter(description="In short code or text")] = "",
) -> list[CannedResponse]:
    """All of them, or those with the words; short codes that begin with them come first."""
    async with desk.transaction(viewer.account_id) as tx:
        return [CannedResponse(**row) for row in await canned_store.canned_responses(tx, search)]


@post(
    "/canned_responses",
    operation_id="add-new-canned-response-to-account",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def add_canned_response(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[CreateCannedResponse],
) -> CannedResponse:
    """Keep an answer for everybody."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await create_canned_response(
            tx, data.short_code, data.content, by=Actor.user(viewer.user_id)
        )
        return _shape(row)


@route(
    "/canned_responses/{canned_response_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-canned-response-in-account"
        if method == "PATCH"
        else "replace-canned-response-in-account"
    ),
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def change_canned_response(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    canned_response_id: FromPath[int],
    data: JSONBody[UpdateCannedResponse],
) -> CannedResponse:
    """Give it another short code or another text."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        row = await update_canned_response(
            tx, canned_response_id, changes, by=Actor.user(viewer.user_id)
        )
        return _shape(row)


@delete(
    "/canned_responses/{canned_response_id:int}",
    operation_id="delete-canned-response-from-account",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def remove_canned_response(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    canned_response_id: FromPath[int],
) -> None:
    """Take it out of use."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_canned_response(tx, canned_response_id, by=Actor.user(viewer.user_id))


def _shape(row: CannedResponseRow) -> CannedResponse:
    return CannedResponse(
        row.id, row.account_id, row.short_code, row.content, row.created_at, row.updated_at
    )


router = Router(
    "",
    route_handlers=[
        list_canned_responses,
        add_canned_response,
        change_canned_response,
        remove_canned_response,
    ],
    tags=["Canned Responses"],
)
