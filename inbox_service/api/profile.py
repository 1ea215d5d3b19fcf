"""The person who asks: who they are, where they work, whether they can be reached."""

from typing import Any

import msgspec
from litestar import Request, Router, delete, get, post, put, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import JSONBody

from desk.actions.change_profile import change_profile, choose_account, renew_api_token
from desk.actions.employ_agent import set_availability
from desk.store import people as people_store
from desk.store.avatars import LARGEST_FORM, NO_ACCOUNT, drop_avatar, keep_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.goodbyes import end_lines
from desk.store.presence import Presence
from desk.store.sessions import COOKIE, end_sessions_of
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import AccountId, UserId
from inbox_service.api.agents import availability_of
from inbox_service.api.given import given, picture
from inbox_service.api.person_shape import Profile, shown_person
from inbox_service.api.profile_fields import ProfileFields, TakesProfile, columns_of, new_password
from inbox_service.auth.guard import SIGNED_IN
from inbox_service.auth.passwords import Passwords
from inbox_service.auth.people import People
from inbox_service.realtime.attendance import Attendance
from ingest.inbox_contract import Site

AnyRequest = Request[Any, Any, Any]

_UPDATE = {"PUT": "updateProfile", "PATCH": "patch-profile"}

OWN = "a person's own row is in no account"


class AvailabilityWanted(msgspec.Struct):
    """Whether they can be reached, in which account."""

    account_id: int
    availability: str


class SetAvailability(msgspec.Struct):
    """Say whether you can be reached."""

    profile: AvailabilityWanted


class AutoOfflineWanted(msgspec.Struct):
    """Whether who is not there counts as offline, in which account."""

    account_id: int
    auto_offline: bool


class SetAutoOffline(msgspec.Struct):
    """Say whether you are offline when you are not there."""

    profile: AutoOfflineWanted


class AccountWanted(msgspec.Struct):
    """Which account."""

    account_id: int


class SetActiveAccount(msgspec.Struct):
    """Say which account you look at."""

    profile: AccountWanted


@get("/profile", operation_id="fetchProfile", opt=SIGNED_IN)
async def get_profile(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    asker: NamedDependency[UserId],
) -> Profile:
    """Who you are and where you work."""
    return await _shown(desk, presence, asker)


@route(
    "/profile",
    http_method=[HttpMethod.PUT, HttpMethod.PATCH],
    operation_id=lambda _handler, method, _paths: _UPDATE[method],
    opt=SIGNED_IN,
    status_code=200,
    operation_class=TakesProfile,
    request_max_body_size=LARGEST_FORM,
)
async def put_profile(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    site: NamedDependency[Site],
    people: NamedDependency[People],
    passwords: NamedDependency[Passwords],
    presence: NamedDependency[Presence],
    asker: NamedDependency[UserId],
) -> Profile:
    """Change who you are; a new password needs the one you have, and ends all other sessions."""
    body = await given(request, within="profile")
    fields = ProfileFields.read(body.fields)
    password_hash = await new_password(desk, passwords, asker, fields)
    path = None
    if body.avatar is not None:
        path = await keep_avatar(files, NO_ACCOUNT, await picture(body.avatar, None, site.http))
    before = None
    async with desk.transaction_across_accounts(reason=OWN) as tx:
        person = await people_store.person(tx, asker)
        changes = columns_of(fields, (person or {}).get("custom_attributes") or {})
        if password_hash is not None:
            changes["password_hash"] = password_hash
        if path is not None:
            changes["avatar_path"], before = path, (person or {}).get("avatar_path")
        await change_profile(tx, asker, changes, by=Actor.user(asker))
        shown = await shown_person(tx, desk, presence, asker)
    if password_hash is not None:
        await _end_others(request, desk, people, asker)
    await drop_avatar(files, before)
    return shown


@delete("/profile/avatar", operation_id="delete-the-avatar", opt=SIGNED_IN, status_code=200)
async def delete_avatar(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    presence: NamedDependency[Presence],
    asker: NamedDependency[UserId],
) -> Profile:
    """Take your picture away."""
    async with desk.transaction_across_accounts(reason=OWN) as tx:
        person = await people_store.person(tx, asker)
        await change_profile(tx, asker, {"avatar_path": None}, by=Actor.user(asker))
        shown = await shown_person(tx, desk, presence, asker)
    await drop_avatar(files, (person or {}).get("avatar_path"))
    return shown


@route(
    "/profile/availability",
    http_method=[HttpMethod.PUT, HttpMethod.POST],
    operation_id=lambda _handler, method, _paths: f"set-availability-{method.lower()}",
    opt=SIGNED_IN,
    status_code=200,
)
async def put_availability(
    desk: NamedDependency[Desk],
    asker: NamedDependency[UserId],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    attendance: NamedDependency[Attendance],
    data: JSONBody[SetAvailability],
) -> Profile:
    """Say whether you can be reached."""
    account_id = await _own_account(people, asker, data.profile.account_id)
    to = availability_of(data.profile.availability)
    async with desk.transaction(account_id) as tx:
        await set_availability(tx, asker, to)
    people.forget_account(account_id)
    await attendance.announce(account_id)
    return await _shown(desk, presence, asker)


@post("/profile/auto_offline", operation_id="set-auto-offline", opt=SIGNED_IN, status_code=200)
async def set_auto_offline(
    desk: NamedDependency[Desk],
    asker: NamedDependency[UserId],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    attendance: NamedDependency[Attendance],
    data: JSONBody[SetAutoOffline],
) -> Profile:
    """Say whether you are offline when you are not there."""
    account_id = await _own_account(people, asker, data.profile.account_id)
    async with desk.transaction(account_id) as tx:
        await set_availability(tx, asker, None, auto_offline=data.profile.auto_offline)
    people.forget_account(account_id)
    await attendance.announce(account_id)
    return await _shown(desk, presence, asker)


@put("/profile/set_active_account", operation_id="set-active-account", opt=SIGNED_IN)
async def set_active_account(
    desk: NamedDependency[Desk],
    asker: NamedDependency[UserId],
    people: NamedDependency[People],
    data: JSONBody[SetActiveAccount],
) -> None:
    """Say which account you look at; it is where you are led the next time."""
    account_id = await _own_account(people, asker, data.profile.account_id)
    async with desk.transaction(account_id) as tx:
        await choose_account(tx, asker)


@post(
    "/profile/reset_access_token",
    operation_id="reset-the-access-token",
    opt=SIGNED_IN,
    status_code=200,
)
async def reset_access_token(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    asker: NamedDependency[UserId],
) -> Profile:
    """Get another API token; the one you had opens nothing any more."""
    async with desk.transaction_across_accounts(reason=OWN) as tx:
        await renew_api_token(tx, asker, by=Actor.user(asker), secrets=desk.secrets)
        shown = await shown_person(tx, desk, presence, asker)
    people.forget_user(asker)
    return shown


async def _shown(desk: Desk, presence: Presence, asker: UserId) -> Profile:
    async with desk.transaction_across_accounts(
        reason="a person's own accounts are in none of them"
    ) as tx:
        return await shown_person(tx, desk, presence, asker)


async def _own_account(people: People, asker: UserId, account_id: int) -> AccountId:
    if await people.member(AccountId(account_id), asker) is None:
        raise NotFound("account_not_found", "There is no such account.")
    return AccountId(account_id)


async def _end_others(request: AnyRequest, desk: Desk, people: People, asker: UserId) -> None:
    """End every session but the one that asks, and all sockets: their token is another now."""
    secret = desk.settings.security.secret
    await end_sessions_of(desk.redis, asker, secret, except_cookie=request.cookies.get(COOKIE))
    people.forget_user(asker)
    await end_lines(desk, asker)


router = Router(
    "",
    route_handlers=[
        get_profile,
        put_profile,
        delete_avatar,
        put_availability,
        set_auto_offline,
        set_active_account,
        reset_access_token,
    ],
    tags=["Profile"],
)
