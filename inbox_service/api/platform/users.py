"""People, as a platform app enters them, signs them in and deletes them."""

from typing import Any

import msgspec
from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.actions.change_profile import change_profile, free_email
from desk.actions.employ_agent import api_token, enter_user
from desk.actions.erase_user import erase_user
from desk.actions.run_platform import permit
from desk.store import people as people_store
from desk.store import platform as platform_store
from desk.store.avatars import drop_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.goodbyes import end_lines
from desk.store.presence import Presence
from desk.store.sessions import end_sessions_of
from desk.store.single_sign_on import sign_in_link
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import UserId
from inbox_service.api.given import sent
from inbox_service.api.person_shape import Profile, shown_person
from inbox_service.api.platform.who import WIDE, PlatformApp
from inbox_service.api.profile_fields import checked_and_hashed
from inbox_service.auth.guard import PLATFORM
from inbox_service.auth.passwords import Passwords
from inbox_service.auth.people import People

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET


class WriteUser(msgspec.Struct):
    """What is not sent stays as it is."""

    name: str | Unset = UNSET
    display_name: str | Unset | None = UNSET
    email: str | Unset = UNSET
    password: str | Unset | None = UNSET
    custom_attributes: dict[str, Any] | Unset | None = UNSET


class LoginLink(msgspec.Struct):
    """A link that signs in once, within five minutes."""

    url: str


class TokenUser(msgspec.Struct):
    """Whose token it is."""

    id: int
    name: str
    display_name: str | None
    email: str
    pubsub_token: str


class UserToken(msgspec.Struct):
    """The person's API token."""

    access_token: str
    expiry: int | None
    user: TokenUser


@post("/users", operation_id="create-a-user", opt=PLATFORM, status_code=200)
async def create_user(
    desk: NamedDependency[Desk],
    passwords: NamedDependency[Passwords],
    presence: NamedDependency[Presence],
    platform_app: NamedDependency[PlatformApp],
    data: JSONBody[WriteUser],
) -> Profile:
    """Enter a person; one you entered before is answered as they are."""
    if not (data.email or None):
        raise Invalid("email_missing", "A user needs an e-mail address.", field="email")
    password_hash = await checked_and_hashed(passwords, data.password) if data.password else None
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        known = await people_store.credentials_of(tx, str(data.email))
        if known is not None and await platform_store.is_permitted(
            tx, platform_app, platform_store.USER, known.user_id
        ):
            return await shown_person(tx, desk, presence, known.user_id)
        user = await enter_user(
            tx,
            str(data.name or data.email).strip()[:255],
            await free_email(tx, data.email),
            secrets=desk.secrets,
            password_hash=password_hash,
        )
        user_id = UserId(user.id)
        await permit(tx, platform_app, platform_store.USER, user_id)
        given = sent(data)
        kept = {key: given[key] for key in ("display_name", "custom_attributes") if given.get(key)}
        await change_profile(tx, user_id, kept, by=Actor.platform(platform_app))
        await tx.session.flush()
        return await shown_person(tx, desk, presence, user_id)


@get("/users/{person_id:int}", operation_id="get-details-of-a-user", opt=PLATFORM)
async def get_user(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    platform_app: NamedDependency[PlatformApp],
    person_id: FromPath[int],
) -> Profile:
    """One person."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_user(tx, platform_app, person_id)
        return await shown_person(tx, desk, presence, UserId(person_id))


@patch("/users/{person_id:int}", operation_id="update-a-user", opt=PLATFORM)
async def change_user(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    passwords: NamedDependency[Passwords],
    presence: NamedDependency[Presence],
    platform_app: NamedDependency[PlatformApp],
    person_id: FromPath[int],
    data: JSONBody[WriteUser],
) -> Profile:
    """Change who they are; another password ends all their sessions."""
    user_id = UserId(person_id)
    changes = sent(data)
    password = changes.pop("password", None)
    if password:
        changes["password_hash"] = await checked_and_hashed(passwords, password)
    if "custom_attributes" in changes:
        changes["custom_attributes"] = changes["custom_attributes"] or {}
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_user(tx, platform_app, person_id)
        await change_profile(tx, user_id, changes, by=Actor.platform(platform_app))
        await tx.session.flush()
        shown = await shown_person(tx, desk, presence, user_id)
    if password:
        await end_sessions_of(desk.redis, user_id, desk.settings.security.secret)
        people.forget_user(user_id)
        await end_lines(desk, user_id)
    return shown


@delete("/users/{person_id:int}", operation_id="delete-a-user", opt=PLATFORM, status_code=200)
async def delete_user(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    person_id: FromPath[int],
) -> None:
    """They work for nobody any more and can sign in nowhere; what they did stays, without a name."""
    user_id = UserId(person_id)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_user(tx, platform_app, person_id)
        accounts = await people_store.memberships(tx, user_id)
        avatar = await erase_user(tx, user_id, by=Actor.platform(platform_app))
    await end_sessions_of(desk.redis, user_id, desk.settings.security.secret)
    people.forget_user(user_id)
    for account in accounts:
        people.forget_account(account["id"])
    await drop_avatar(files, avatar)


@get("/users/{person_id:int}/login", operation_id="get-sso-url-of-a-user", opt=PLATFORM)
async def get_login_link(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    person_id: FromPath[int],
) -> LoginLink:
    """A link that signs them in once, within five minutes."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_user(tx, platform_app, person_id)
        person = await people_store.person(tx, UserId(person_id)) or {}
    public_url = desk.settings.addresses.public_url
    return LoginLink(
        await sign_in_link(desk.redis, desk.secrets, public_url, UserId(person_id), person["email"])
    )


@post(
    "/users/{person_id:int}/token",
    operation_id="get-the-token-of-a-user",
    opt=PLATFORM,
    status_code=200,
)
async def get_token(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    person_id: FromPath[int],
) -> UserToken:
    """Their API token, with which you act as them."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_user(tx, platform_app, person_id)
        person = await people_store.person(tx, UserId(person_id)) or {}
    shown = {name: person[name] for name in TokenUser.__struct_fields__}
    token = api_token(desk.secrets, UserId(person_id), person["token_round"])
    return UserToken(token, None, TokenUser(**shown))
