"""A person as they see themselves, and as a platform that made them does."""

from typing import Any

import msgspec

from desk.access.permissions import PERMISSIONS_OF, granted
from desk.actions.employ_agent import api_token
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.transaction import WideTx
from desk.words.errors import NotFound
from desk.words.ids import AccountId, UserId
from desk.words.people import Availability, Role
from inbox_service.api.bot_shape import absolute


class ProfileRole(msgspec.Struct):
    """The account's own role that the person has beside theirs."""

    id: int
    name: str
    description: str | None
    permissions: list[str]


class ProfileAccount(msgspec.Struct):
    """What the person is in one account."""

    id: int
    name: str
    status: str
    active_at: str | None
    role: str
    permissions: list[str]
    availability: str
    """What they said."""
    availability_status: str
    """What others see: who is not there is offline, unless they said otherwise."""
    auto_offline: bool
    custom_role_id: int | None
    custom_role: ProfileRole | None


class Profile(msgspec.Struct):
    """A person."""

    id: int
    access_token: str
    account_id: int | None
    """The account they looked at last."""
    available_name: str
    avatar_url: str
    confirmed: bool
    display_name: str | None
    message_signature: str | None
    email: str
    hmac_identifier: str | None
    inviter_id: int | None
    name: str
    provider: str
    pubsub_token: str
    role: str | None
    ui_settings: dict[str, Any]
    uid: str
    type: str | None
    custom_attributes: dict[str, Any]
    accounts: list[ProfileAccount]


async def shown_person(tx: WideTx, desk: Desk, presence: Presence, user_id: UserId) -> Profile:
    """The person with the accounts they work for; raises NotFound."""
    row = await people_store.person(tx, user_id)
    if row is None:
        raise NotFound("user_not_found", "There is no such user.")
    memberships = await people_store.memberships(tx, user_id)
    current = _current(memberships)
    accounts = [await _account(one, user_id, presence) for one in memberships]
    return Profile(
        id=row["id"],
        access_token=api_token(desk.secrets, user_id, row["token_round"]),
        account_id=current["id"] if current else None,
        available_name=row["display_name"] or row["name"],
        avatar_url=absolute(desk, row["avatar_path"]),
        confirmed=row["confirmed"],
        display_name=row["display_name"],
        message_signature=row["message_signature"],
        email=row["email"],
        hmac_identifier=None,
        inviter_id=None,
        name=row["name"],
        provider="email",
        pubsub_token=row["pubsub_token"],
        role=Role(current["role"]).word if current else None,
        ui_settings=row["ui_settings"],
        uid=row["email"],
        type=None,
        custom_attributes=row["custom_attributes"],
        accounts=accounts,
    )


def _current(memberships: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The account looked at last; of none, the oldest."""
    looked_at = [row for row in memberships if row["active_at"] is not None]
    if looked_at:
        return max(looked_at, key=lambda row: row["active_at"])
    return memberships[0] if memberships else None


async def _account(row: dict[str, Any], user_id: UserId, presence: Presence) -> ProfileAccount:
    role = Role(row["role"])
    said = Availability(row["availability"]).word
    there = not row["auto_offline"] or user_id in await presence.users(AccountId(row["id"]))
    names = row["custom_permissions"] or []
    permissions = PERMISSIONS_OF[role] | granted(names)
    return ProfileAccount(
        id=row["id"],
        name=row["name"],
        status="suspended" if row["suspended"] else "active",
        active_at=row["active_at"].isoformat() if row["active_at"] else None,
        role=role.word,
        permissions=[role.word, *names, *sorted(p.value for p in permissions if p not in names)],
        availability=said,
        availability_status=said if there else Availability.OFFLINE.word,
        auto_offline=row["auto_offline"],
        custom_role_id=row["custom_role_id"],
        custom_role=None
        if row["custom_role_id"] is None
        else ProfileRole(
            row["custom_role_id"], row["custom_role_name"], row["custom_role_description"], names
        ),
    )
