"""The filters you keep."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, FromQuery, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_filter import change_filter, save_filter, throw_away_filter
from desk.store import custom_filters as filter_store
from desk.store.desk import Desk
from desk.words.custom_filters import FilterType
from desk.words.errors import Invalid


class CustomFilter(msgspec.Struct):
    """A filter under a name."""

    id: int
    name: str
    type: str
    """conversation, contact or report."""
    filter_type: str
    """The same, as Chatwoot's own screens call it."""
    query: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class WriteFilter(msgspec.Struct):
    """A filter to keep; `type` and `filter_type` say the same."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    type: str | int | msgspec.UnsetType | None = msgspec.UNSET
    filter_type: str | int | msgspec.UnsetType | None = msgspec.UNSET
    query: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    custom_filter: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """All of it once more, as some clients wrap it."""


@get("/custom_filters", operation_id="list-all-filters", opt={"needs": Permission.DESK_READ})
async def list_custom_filters(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    filter_type: FromQuery[str | None] = None,
) -> list[CustomFilter]:
    """Yours, of one type; those of conversations unless you say another."""
    wanted = _type_of(filter_type or FilterType.CONVERSATION.word)
    async with desk.transaction(viewer.account_id) as tx:
        rows = await filter_store.custom_filters(tx, viewer.user_id, wanted)
    return [_shown(row) for row in rows]


@get(
    "/custom_filters/{custom_filter_id:int}",
    operation_id="get-details-of-a-single-custom-filter",
    opt={"needs": Permission.DESK_READ},
)
async def get_custom_filter(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], custom_filter_id: FromPath[int]
) -> CustomFilter:
    """One of yours."""
    async with desk.transaction(viewer.account_id) as tx:
        return _shown(await filter_store.custom_filter(tx, viewer.user_id, custom_filter_id))


@post(
    "/custom_filters",
    operation_id="create-a-custom-filter",
    opt={"needs": Permission.DESK_READ},
    status_code=200,
)
async def add_custom_filter(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[WriteFilter]
) -> CustomFilter:
    """Keep a filter for yourself."""
    sent = _sent(data)
    for field in ("name", "query"):
        if field not in sent:
            raise Invalid("missing", f"{field} is missing.", field=field)
    async with desk.transaction(viewer.account_id) as tx:
        row = await save_filter(
            tx,
            viewer.user_id,
            sent["name"],
            sent.get("filter_type", FilterType.CONVERSATION),
            sent["query"],
        )
        return _shown(await filter_store.custom_filter(tx, viewer.user_id, row.id))


@route(
    "/custom_filters/{custom_filter_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-a-custom-filter" if method == "PATCH" else "replace-a-custom-filter"
    ),
    opt={"needs": Permission.DESK_READ},
    status_code=200,
)
async def change_custom_filter(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    custom_filter_id: FromPath[int],
    data: JSONBody[WriteFilter],
) -> CustomFilter:
    """Give one of yours another name or another question."""
    async with desk.transaction(viewer.account_id) as tx:
        await change_filter(tx, viewer.user_id, custom_filter_id, _sent(data))
        return _shown(await filter_store.custom_filter(tx, viewer.user_id, custom_filter_id))


@delete(
    "/custom_filters/{custom_filter_id:int}",
    operation_id="delete-a-custom-filter",
    opt={"needs": Permission.DESK_READ},
    status_code=200,
)
async def remove_custom_filter(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], custom_filter_id: FromPath[int]
) -> None:
    """Throw one of yours away."""
    async with desk.transaction(viewer.account_id) as tx:
        await throw_away_filter(tx, viewer.user_id, custom_filter_id)


def _type_of(given: str | int) -> FilterType:
    text = str(given).strip()
    try:
        return FilterType(int(text)) if text.isdigit() else FilterType.from_word(text)
    except (KeyError, ValueError):
        known = ", ".join(one.word for one in FilterType)
        raise Invalid(
            "unknown_filter_type", f"filter_type is one of {known}.", field="filter_type"
        ) from None


def _sent(data: WriteFilter) -> dict[str, Any]:
    if not isinstance(data.custom_filter, msgspec.UnsetType):
        try:
            data = msgspec.convert(data.custom_filter, WriteFilter)
        except msgspec.ValidationError as error:
            raise Invalid("malformed", f"{error}.", field="custom_filter") from None
    sent: dict[str, Any] = msgspec.to_builtins(data)
    sent.pop("custom_filter", None)
    words = [
        one for one in (sent.pop("filter_type", None), sent.pop("type", None)) if one is not None
    ]
    return sent | {"filter_type": _type_of(words[0])} if words else sent


def _shown(row: dict[str, Any]) -> CustomFilter:
    word = FilterType(row["filter_type"]).word
    return CustomFilter(
        row["id"], row["name"], word, word, row["query"], row["created_at"], row["updated_at"]
    )


router = Router(
    "",
    route_handlers=[
        list_custom_filters,
        get_custom_filter,
        add_custom_filter,
        change_custom_filter,
        remove_custom_filter,
    ],
    tags=["Custom Filters"],
)
