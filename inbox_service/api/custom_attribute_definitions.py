"""What the account wants to know of its contacts and conversations beyond what everybody knows."""

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, FromQuery, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.define_attribute import (
    AttributeWanted,
    change_attribute,
    define_attribute,
    drop_attribute,
)
from desk.store import custom_attributes as attribute_store
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.coded import Coded
from desk.words.custom_attributes import AttributeModel, AttributeType
from desk.words.errors import Invalid


class CustomAttribute(msgspec.Struct):
    """An attribute of the account's own."""

    id: int
    attribute_display_name: str
    attribute_display_type: str
    """text, number, currency, percent, link, date, list or checkbox."""
    attribute_description: str | None
    attribute_key: str
    attribute_values: list[str]
    """The choices of a list."""
    attribute_model: str
    """conversation_attribute or contact_attribute."""
    regex_pattern: str | None
    regex_cue: str | None
    default_value: str | int | float | bool | None
    created_at: datetime
    updated_at: datetime


class DefineAttribute(msgspec.Struct):
    """Define an attribute; types and models by number or by name."""

    attribute_display_name: str
    attribute_key: str
    attribute_model: int | str = 0
    attribute_display_type: int | str = 0
    attribute_description: str | None = None
    attribute_values: list[str] | None = None
    regex_pattern: str | None = None
    regex_cue: str | None = None
    default_value: str | int | float | bool | None = None


class ChangeAttribute(msgspec.Struct):
    """What can be changed about it; key and model stay."""

    attribute_display_name: str | msgspec.UnsetType = msgspec.UNSET
    attribute_key: str | msgspec.UnsetType = msgspec.UNSET
    attribute_model: int | str | msgspec.UnsetType = msgspec.UNSET
    attribute_display_type: int | str | msgspec.UnsetType = msgspec.UNSET
    attribute_description: str | msgspec.UnsetType | None = msgspec.UNSET
    attribute_values: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    regex_pattern: str | msgspec.UnsetType | None = msgspec.UNSET
    regex_cue: str | msgspec.UnsetType | None = msgspec.UNSET
    default_value: str | int | float | bool | msgspec.UnsetType | None = msgspec.UNSET


@get(
    "/custom_attribute_definitions",
    operation_id="get-account-custom-attribute",
    opt={"needs": Permission.DESK_READ},
)
async def list_custom_attributes(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    attribute_model: FromQuery[str | None] = None,
) -> list[CustomAttribute]:
    """The account's own attributes of conversations (0) or of contacts (1), or of both."""
    model = _coded(AttributeModel, attribute_model, "attribute_model") if attribute_model else None
    async with desk.transaction(viewer.account_id) as tx:
        return [_shown(row) for row in await attribute_store.definitions(tx, model)]


@get(
    "/custom_attribute_definitions/{definition_id:int}",
    operation_id="get-details-of-a-single-custom-attribute",
    opt={"needs": Permission.DESK_READ},
)
async def get_custom_attribute(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], definition_id: FromPath[int]
) -> CustomAttribute:
    """One of them."""
    async with desk.transaction(viewer.account_id) as tx:
        return _shown(await attribute_store.definition(tx, definition_id))


@post(
    "/custom_attribute_definitions",
    operation_id="add-new-custom-attribute-to-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_custom_attribute(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[DefineAttribute]
) -> CustomAttribute:
    """Define an attribute; values are held to it from now on."""
    wanted = AttributeWanted(**_understood(msgspec.to_builtins(data)))
    async with desk.transaction(viewer.account_id) as tx:
        row = await define_attribute(tx, wanted, by=Actor.user(viewer.user_id))
        return _shown(await attribute_store.definition(tx, row.id))


@route(
    "/custom_attribute_definitions/{definition_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "update-custom-attribute-in-account"
        if method == "PATCH"
        else "replace-custom-attribute-in-account"
    ),
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def change_custom_attribute(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    definition_id: FromPath[int],
    data: JSONBody[ChangeAttribute],
) -> CustomAttribute:
    """Show it or check it in another way."""
    changes = _understood(msgspec.to_builtins(data))
    async with desk.transaction(viewer.account_id) as tx:
        await change_attribute(tx, definition_id, changes, by=Actor.user(viewer.user_id))
        return _shown(await attribute_store.definition(tx, definition_id))


@delete(
    "/custom_attribute_definitions/{definition_id:int}",
    operation_id="delete-custom-attribute-from-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_custom_attribute(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], definition_id: FromPath[int]
) -> None:
    """Hold values to it no more; those that were written stay."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_attribute(tx, definition_id, by=Actor.user(viewer.user_id))


_Coded = TypeVar("_Coded", bound=Coded)


def _coded(kind: type[_Coded], given: int | str, field: str) -> _Coded:
    """By its number or its name; raises Invalid naming the field."""
    text = str(given).strip()
    try:
        return kind(int(text)) if text.isdigit() else kind.from_word(text)
    except (KeyError, ValueError):
        known = ", ".join(f"{int(one)} ({one.word})" for one in kind)
        raise Invalid(f"unknown_{field}", f"{field} is one of {known}.", field=field) from None


def _understood(sent: dict[str, Any]) -> dict[str, Any]:
    if "attribute_model" in sent:
        model = _coded(AttributeModel, sent["attribute_model"], "attribute_model")
        sent["attribute_model"] = model
    if "attribute_display_type" in sent:
        kind = _coded(AttributeType, sent["attribute_display_type"], "attribute_display_type")
        sent["attribute_display_type"] = kind
    if "attribute_values" in sent:
        sent["attribute_values"] = sent["attribute_values"] or []
    return sent


def _shown(row: dict[str, Any]) -> CustomAttribute:
    codes = {
        "attribute_model": AttributeModel(row["attribute_model"]).word,
        "attribute_display_type": AttributeType(row["attribute_display_type"]).word,
    }
    return CustomAttribute(**(row | codes))


router = Router(
    "",
    route_handlers=[
        list_custom_attributes,
        get_custom_attribute,
        add_custom_attribute,
        change_custom_attribute,
        remove_custom_attribute,
    ],
    tags=["Custom Attributes"],
)
