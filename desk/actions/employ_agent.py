"""People: who signs in, what they are in an account, and whether they can be reached."""

from collections.abc import Sequence

from argon2 import PasswordHasher
from sqlalchemy import func, select

from desk.events.administration import AgentAdded, AgentRoleChanged, AvailabilityChanged
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx, WideTx
from desk.tables.accounts import AccountUserRow, ApiTokenRow, UserRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import AccountId, UserId
from desk.words.people import Availability, Role

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id at OWASP's setting: about 25 ms, so that signing in cannot stop the inbox."""


def api_token(secrets: SecretBox, user_id: UserId, token_round: int = 0) -> str:
    """The user's API token: derived, so that it can be shown again without being kept."""
    return secrets.token("api", user_id, *([token_round] if token_round else []))


async def enter_user(
    tx: WideTx,
    name: str,
    email: str,
    *,
    secrets: SecretBox,
    display_name: str | None = None,
    password_hash: str | None = None,
) -> UserRow:
    """Enter a person who may sign in and has a token, and works for no account yet."""
    user = UserRow(
        email=email.lower(),
        name=name,
        display_name=display_name,
        password_hash=password_hash,
        pubsub_token=secrets.token("pubsub", email.lower(), tx.now.isoformat()),
        token_round=0,
        created_at=tx.now,
    )
    tx.session.add(user)
    await tx.session.flush()
    digest = secrets.digest(api_token(secrets, UserId(user.id)))
    tx.session.add(ApiTokenRow(user_id=user.id, digest=digest, created_at=tx.now))
    return user


async def employ_agent(
    tx: WideTx,
    account_id: AccountId,
    *,
    name: str,
    email: str,
    role: Role,
    by: Actor,
    secrets: SecretBox,
    password: str | None = None,
    display_name: str | None = None,
    availability: Availability | None = None,
    auto_offline: bool = True,
) -> UserId:
    """Enter a user, or find the one with this e-mail address, and give them a role.

    Across accounts, since one person may work for several.
    """
    user = (
        await tx.session.execute(select(UserRow).where(func.lower(UserRow.email) == email.lower()))
    ).scalar_one_or_none()
    if user is None:
        user = await enter_user(
            tx,
            name,
            email,
            secrets=secrets,
            display_name=display_name,
            password_hash=HASHER.hash(password) if password else None,
        )
    user_id = UserId(user.id)
    if await tx.session.get(AccountUserRow, (account_id, user_id)) is not None:
        raise Conflict("already_an_agent", f"{email} already works for this account.")
    if user.email_is_own_word:
        # Whoever is meant might be somebody else: this one only says that the address is theirs.
        raise Conflict(
            "email_unconfirmed",
            f"Somebody who works elsewhere says that {email} is theirs, and nobody has confirmed it.",
            field="email",
        )
    await give_work(
        tx, account_id, user_id, role, by=by, availability=availability, auto_offline=auto_offline
    )
    return user_id


async def give_work(
    tx: WideTx,
    account_id: AccountId,
    user_id: UserId,
    role: Role,
    *,
    by: Actor,
    availability: Availability | None = None,
    auto_offline: bool = True,
) -> None:
    """Let somebody who is entered work for the account, for which they do not yet."""
    tx.session.add(
        AccountUserRow(
            account_id=account_id,
            user_id=user_id,
            role=int(role),
            availability=int(availability or Availability.ONLINE),
            auto_offline=auto_offline,
            created_at=tx.now,
        )
    )
    tx.record(account_id, AgentAdded(user_id, int(role)), by=by)


async def change_role(tx: TenantTx, user_id: UserId, role: Role, *, by: Actor) -> None:
    """Make an agent an administrator, or the other way round."""
    row = await _membership(tx, user_id)
    if row.role != int(role):
        tx.record(AgentRoleChanged(user_id, row.role, int(role)), by=by)
        row.role = int(role)


async def set_availability(
    tx: TenantTx,
    user_id: UserId,
    availability: Availability | None,
    *,
    auto_offline: bool | None = None,
    by: Actor | None = None,
) -> None:
    """An agent says whether they can be reached, or an administrator does for them.

    What is not given stays as it is.
    """
    row = await _membership(tx, user_id)
    if auto_offline is not None:
        row.auto_offline = auto_offline
    if availability is not None and row.availability != int(availability):
        tx.record(
            AvailabilityChanged(user_id, row.availability, int(availability)),
            by=by or Actor.user(user_id),
        )
        row.availability = int(availability)


async def require_agents(tx: TenantTx, user_ids: Sequence[int]) -> None:
    """Raises Invalid, naming those who do not work for the account."""
    rows = await tx.all(
        "select user_id from account_users where account_id = %s and user_id = any(%s)",
        [tx.account_id, list(user_ids)],
    )
    strangers = sorted(set(user_ids) - {row["user_id"] for row in rows})
    if strangers:
        raise Invalid(
            "not_agents_here", f"Not agents of this account: {strangers}.", field="user_ids"
        )


async def _membership(tx: TenantTx, user_id: UserId) -> AccountUserRow:
    row = await tx.session.get(AccountUserRow, (tx.account_id, user_id), with_for_update=True)
    if row is None:
        raise NotFound("agent_not_found", "There is no such agent in this account.")
    return row
