"""The person who asks: who they are, where they work, whether they can be reached."""

from typing import Any

import msgspec
from litestar import Router, get, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import JSONBody

from desk.access.permissions import PERMISSIONS_OF
from desk.actions.employ_agent import api_token, set_availability
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.words.errors import NotFound
from desk.words.ids import AccountId, UserId
from desk.words.people import Availability, Role
from inbox_service.api.agents import availability_of
from inbox_service.auth.guard import SIGNED_IN
from inbox_service.auth.people import People
from inbox_service.realtime.attendance import Attendance


class ProfileAccount(msgspec.Struct):
    """What the person is in one account."""

    id: int
    name: str
    status: str
    active_at: str | None
    role: str
    permissions: list[str]
    availability: str
    availability_status: str
    auto_offline: bool


class Profile(msgspec.Struct):
    """The person who asks."""

    id: int
    access_token: str
    account_id: int | None
    available_name: str
    avatar_url: str
    confirmed: bool
    display_name: str | None
    message_signature: str | None
    email: str
    name: str
    provider: str
    pubsub_token: str
    role: str | None
    ui_settings: dict[str, Any]
    uid: str
    type: str | None
    custom_attributes: dict[str, Any]
    accounts: list[ProfileAccount]


class AvailabilityWanted(msgspec.Struct):
    """Whether they can be reached, in which account."""

    account_id: int
    availability: str


class SetAvailability(msgspec.Struct):
    """Say whether you can be reached."""

    profile: AvailabilityWanted


@get("/profile", operation_id="fetchProfile", opt=SIGNED_IN, tags=["Profile"])
async def get_profile(desk: NamedDependency[Desk], user_id: NamedDependency[UserId]) -> Profile:
    """Who you are and where you work."""
    return await _profile(desk, user_id)


@route(
    "/profile/availability",
    http_method=[HttpMethod.PUT, HttpMethod.POST],
    operation_id=lambda _handler, method, _paths: f"set-availability-{method.lower()}",
    opt=SIGNED_IN,
    status_code=200,
    tags=["Profile"],
)
async def put_availability(
    desk: NamedDependency[Desk],
    user_id: NamedDependency[UserId],
    people: NamedDependency[People],
    attendance: NamedDependency[Attendance],
    data: JSONBody[SetAvailability],
) -> Profile:
    """Say whether you can be reached."""
    account_id = AccountId(data.profile.account_id)
    to = availability_of(data.profile.availability)
    if await people.member(account_id, user_id) is None:
        raise NotFound("account_not_found", "There is no such account.")
    async with desk.transaction(account_id) as tx:
        await set_availability(tx, user_id, to)
    people.forget_account(account_id)
    await attendance.announce(account_id)
    return await _profile(desk, user_id)


async def _profile(desk: Desk, user_id: UserId) -> Profile:
    async with desk.transaction_across_accounts(
        reason="a person's own accounts are in none of them"
    ) as tx:
        row = await people_store.person(tx, user_id)
        accounts = await people_store.memberships(tx, user_id)
    if row is None:
        raise NotFound("user_not_found", "There is no such user.")
    first = accounts[0] if accounts else None
    return Profile(
        id=row["id"],
        access_token=api_token(desk.secrets, user_id),
        account_id=first["id"] if first else None,
        available_name=row["display_name"] or row["name"],
        avatar_url="",
        confirmed=True,
        display_name=row["display_name"],
        message_signature=None,
        email=row["email"],
        name=row["name"],
        provider="email",
        pubsub_token=row["pubsub_token"],
        role=Role(first["role"]).word if first else None,
        ui_settings=row["ui_settings"],
        uid=row["email"],
        type=None,
        custom_attributes={},
        accounts=[_account(account) for account in accounts],
    )


def _account(row: dict[str, Any]) -> ProfileAccount:
    role = Role(row["role"])
    available = Availability(row["availability"]).word
    return ProfileAccount(
        id=row["id"],
        name=row["name"],
        status="suspended" if row["suspended"] else "active",
        active_at=row["active_at"].isoformat() if row["active_at"] else None,
        role=role.word,
        permissions=[role.word, *sorted(p.value for p in PERMISSIONS_OF[role])],
        availability=available,
        availability_status=available,
        auto_offline=row["auto_offline"],
    )


router = Router("", route_handlers=[get_profile, put_availability])
