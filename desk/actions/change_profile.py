"""A person changes who they are at the desk: all accounts they work for are told."""

import re
from typing import Any

import msgspec
from sqlalchemy import func, select

from desk.actions.employ_agent import api_token
from desk.clock import new_token
from desk.events.catalogue import Fact
from desk.events.people import ProfileChanged, SignedIn, SignedOut
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx, WideTx
from desk.tables.accounts import AccountUserRow, ApiTokenRow, UserRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import AccountId, UserId

LONGEST_NAME = 255
LONGEST_SIGNATURE = 10_000
LARGEST_SETTINGS = 64 * 1024
_EMAIL = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")


async def change_profile(
    tx: WideTx, user_id: UserId, changes: dict[str, Any], *, by: Actor
) -> UserRow:
    """Change these of name, display_name, email, message_signature, ui_settings,
    custom_attributes, avatar_path and password_hash; another password makes another socket token.
    """
    user = await _held(tx, user_id)
    new = dict(changes)
    for field in ("name", "display_name", "message_signature"):
        if field in new:
            new[field] = _text(field, new[field])
    for field in ("ui_settings", "custom_attributes"):
        if field in new:
            new[field] = _object(field, new[field])
    if "email" in new:
        new["email"] = await free_email(tx, new["email"], but=user_id)
    if "password_hash" in new:
        new["pubsub_token"] = new_token()
    changed = [field for field, value in new.items() if getattr(user, field) != value]
    for field in changed:
        setattr(user, field, new[field])
    own_word = by == Actor.user(user_id)
    if "email" in (changed if own_word else new):
        # Nothing is mailed to find out: until a platform says so too, it is their word alone.
        user.email_is_own_word = own_word
    told = sorted({_TOLD.get(field, field) for field in changed})
    if told:
        await _tell(tx, user_id, ProfileChanged(user_id, told), by)
    return user


_TOLD = {"avatar_path": "avatar", "password_hash": "password", "pubsub_token": "password"}


async def renew_api_token(tx: WideTx, user_id: UserId, *, by: Actor, secrets: SecretBox) -> UserRow:
    """Give the person another API token; the one they had opens nothing from now on."""
    user = await _held(tx, user_id)
    user.token_round += 1
    digest = secrets.digest(api_token(secrets, user_id, user.token_round))
    await tx.session.flush()
    await tx.execute("delete from api_tokens where user_id = %s", [user_id])
    tx.session.add(ApiTokenRow(user_id=user_id, digest=digest, created_at=tx.now))
    await _tell(tx, user_id, ProfileChanged(user_id, ["access_token"]), by)
    return user


async def note_sign_in(tx: WideTx, user_id: UserId, how: str) -> None:
    """A person signed in: by `password` or by `sso`."""
    await _tell(tx, user_id, SignedIn(user_id, how), Actor.user(user_id))


async def note_sign_out(tx: WideTx, user_id: UserId) -> None:
    """A person signed out."""
    await _tell(tx, user_id, SignedOut(user_id), Actor.user(user_id))


async def choose_account(tx: TenantTx, user_id: UserId) -> None:
    """This is the account the person looks at now; it leaves no fact, for it happens all day."""
    row = await tx.session.get(AccountUserRow, (tx.account_id, user_id), with_for_update=True)
    if row is None:
        raise NotFound("account_not_found", "There is no such account.")
    row.active_at = tx.now


async def free_email(tx: WideTx, email: object, *, but: UserId | None = None) -> str:
    """The address as it is to be kept; raises when it is none, or somebody's."""
    address = email.strip().lower() if isinstance(email, str) else ""
    if len(address) > 320 or not _EMAIL.fullmatch(address):
        raise Invalid("email_malformed", "Give an e-mail address.", field="email")
    taken = await tx.session.execute(select(UserRow.id).where(func.lower(UserRow.email) == address))
    if any(user_id != but for user_id in taken.scalars()):
        raise Conflict("email_taken", "Somebody else has this e-mail address.", field="email")
    return address


async def _held(tx: WideTx, user_id: UserId) -> UserRow:
    user = await tx.session.get(UserRow, user_id, with_for_update=True)
    if user is None or user.deleted_at is not None:
        raise NotFound("user_not_found", "There is no such user.")
    return user


async def _tell(tx: WideTx, user_id: UserId, fact: Fact, by: Actor) -> None:
    rows = await tx.all(
        "select account_id from account_users where user_id = %s order by account_id", [user_id]
    )
    for row in rows:
        tx.record(AccountId(row["account_id"]), fact, by=by)


def _text(field: str, given: object) -> str | None:
    text = given.strip() if isinstance(given, str) else ""
    longest = LONGEST_SIGNATURE if field == "message_signature" else LONGEST_NAME
    if (field == "name" and not text) or len(text) > longest or "\x00" in text:
        raise Invalid(
            f"{field}_malformed", f"{field} has 1 to {longest:,} characters.", field=field
        )
    return text or None


def _object(field: str, given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Invalid(f"{field}_malformed", f"{field} is an object.", field=field)
    if len(msgspec.json.encode(given)) > LARGEST_SETTINGS:
        raise Invalid(f"{field}_too_large", "At most 64 KiB fit.", field=field)
    return given
