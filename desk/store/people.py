"""Who people are: by token, socket token or e-mail address, and what they are in an account."""

from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.access.permissions import granted
from desk.store.transaction import TenantTx, WideTx
from desk.words.ids import AccountId, UserId
from desk.words.people import Availability, Role


class Credentials(msgspec.Struct, frozen=True):
    """What signing in is checked against."""

    user_id: UserId
    password_hash: str | None


class Member(msgspec.Struct, frozen=True):
    """Somebody who works at one account, with what they say about being reachable."""

    viewer: Viewer
    availability: Availability
    auto_offline: bool
    suspended: bool
    """The whole account is."""


_MEMBERS = """
select au.user_id, au.role, au.availability, au.auto_offline, a.suspended,
       array(select unnest(r.permissions) from custom_roles r
             where r.account_id = au.account_id and r.id = au.custom_role_id) as permissions,
       array(select im.inbox_id from inbox_members im
             where im.account_id = au.account_id and im.user_id = au.user_id) as inbox_ids
from account_users au join accounts a on a.id = au.account_id
where au.account_id = %(account)s and au.user_id = coalesce(%(user)s, au.user_id)
  and a.deleted_at is null"""

_AGENTS = """
select u.id, u.name, coalesce(u.display_name, u.name) as available_name, u.email,
       u.avatar_path, au.role, au.availability, au.auto_offline, au.custom_role_id,
       not u.email_is_own_word as confirmed
from account_users au join users u on u.id = au.user_id
where au.account_id = %(account)s"""


async def credentials_of(tx: WideTx, email: str) -> Credentials | None:
    """What an e-mail address signs in with, or nothing."""
    row = await tx.first(
        "select id, password_hash from users where lower(email) = lower(%s) and deleted_at is null",
        [email.strip()],
    )
    return None if row is None else Credentials(UserId(row["id"]), row["password_hash"])


async def password_hash_of(tx: WideTx, user_id: UserId) -> str | None:
    """What the user's password is checked against, if they have one."""
    row = await tx.one("select password_hash from users where id = %s", [user_id])
    kept: str | None = row["password_hash"]
    return kept


async def user_of_digest(tx: WideTx, digest: bytes) -> UserId | None:
    """The user whose API token has this digest, or nobody."""
    row = await tx.first("select user_id from api_tokens where digest = %s", [digest])
    return None if row is None else UserId(row["user_id"])


async def person(tx: WideTx, user_id: UserId) -> dict[str, Any] | None:
    """The user's own row."""
    return await tx.first(
        """select id, email, name, display_name, pubsub_token, ui_settings, custom_attributes,
                  message_signature, avatar_path, token_round,
                  not email_is_own_word as confirmed
           from users where id = %s and deleted_at is null""",
        [user_id],
    )


async def memberships(tx: WideTx, user_id: UserId) -> list[dict[str, Any]]:
    """The accounts a user works for, oldest first."""
    return await tx.all(
        """select a.id, a.name, a.locale, a.time_zone, a.suspended, au.role, au.availability,
                  au.auto_offline, au.active_at, au.custom_role_id, r.name as custom_role_name,
                  r.description as custom_role_description, r.permissions as custom_permissions
           from account_users au join accounts a on a.id = au.account_id
           left join custom_roles r on r.account_id = au.account_id and r.id = au.custom_role_id
           where au.user_id = %s and a.deleted_at is null order by a.id""",
        [user_id],
    )


async def member(tx: TenantTx, user_id: UserId) -> Member | None:
    """What a user is in the account, or nothing."""
    row = await tx.first(_MEMBERS, {"account": tx.account_id, "user": user_id})
    return None if row is None else _member(tx.account_id, row)


async def roster(tx: TenantTx) -> dict[int, Member]:
    """Everybody who works at the account."""
    rows = await tx.all(_MEMBERS, {"account": tx.account_id, "user": None})
    return {row["user_id"]: _member(tx.account_id, row) for row in rows}


async def agents(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's agents by name."""
    return await tx.all(f"{_AGENTS} order by lower(u.name), u.id", {"account": tx.account_id})


async def agent(tx: TenantTx, user_id: int) -> dict[str, Any] | None:
    """One agent of the account, or nothing."""
    return await tx.first(
        f"{_AGENTS} and au.user_id = %(user)s", {"account": tx.account_id, "user": user_id}
    )


async def emails_at_work(tx: TenantTx, emails: list[str]) -> set[str]:
    """Those of the addresses whose people work for the account already."""
    rows = await tx.all(
        """select lower(u.email) as email from account_users au join users u on u.id = au.user_id
           where au.account_id = %s and lower(u.email) = any(%s)""",
        [tx.account_id, emails],
    )
    return {row["email"] for row in rows}


async def agents_among(tx: TenantTx, user_ids: list[int]) -> list[dict[str, Any]]:
    """Those of these people who work for the account, by name."""
    return await tx.all(
        f"{_AGENTS} and au.user_id = any(%(users)s) order by lower(u.name), u.id",
        {"account": tx.account_id, "users": user_ids},
    )


async def inbox_agents(tx: TenantTx, inbox_id: int) -> list[dict[str, Any]]:
    """The agents who work in an inbox."""
    return await tx.all(
        f"""{_AGENTS} and exists (select from inbox_members im where im.account_id = au.account_id
                and im.inbox_id = %(inbox)s and im.user_id = au.user_id)
            order by lower(u.name), u.id""",
        {"account": tx.account_id, "inbox": inbox_id},
    )


async def team_agents(tx: TenantTx, team_id: int) -> list[dict[str, Any]]:
    """The agents of a team."""
    return await tx.all(
        f"""{_AGENTS} and exists (select from team_members tm where tm.account_id = au.account_id
                and tm.team_id = %(team)s and tm.user_id = au.user_id)
            order by lower(u.name), u.id""",
        {"account": tx.account_id, "team": team_id},
    )


async def assignable_agents(tx: TenantTx, inbox_ids: list[int]) -> list[dict[str, Any]]:
    """Those who may be given conversations of all these inboxes: members, and administrators."""
    return await tx.all(
        f"""{_AGENTS} and (au.role = %(administrator)s or (
                select count(*) from inbox_members im where im.account_id = au.account_id
                  and im.user_id = au.user_id and im.inbox_id = any(%(inboxes)s)
            ) = cardinality(%(inboxes)s::bigint[]))
            order by lower(u.name), u.id""",
        {
            "account": tx.account_id,
            "administrator": int(Role.ADMINISTRATOR),
            "inboxes": sorted(set(inbox_ids)),
        },
    )


async def user_of_socket(
    tx: WideTx, pubsub_token: str, user_id: int, account_id: int
) -> UserId | None:
    """The user who may open a socket of the account with this token, or nobody."""
    row = await tx.first(
        """select u.id from users u
           join account_users au on au.user_id = u.id and au.account_id = %s
           where u.id = %s and u.pubsub_token = %s""",
        [account_id, user_id, pubsub_token],
    )
    return None if row is None else UserId(row["id"])


def _member(account_id: AccountId, row: dict[str, Any]) -> Member:
    viewer = Viewer(
        account_id,
        UserId(row["user_id"]),
        Role(row["role"]),
        frozenset(row["inbox_ids"]),
        granted(row["permissions"]),
    )
    return Member(
        viewer, Availability(row["availability"]), row["auto_offline"], bool(row["suspended"])
    )
