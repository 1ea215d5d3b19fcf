"""Links that sign one person in, once, within a few minutes."""

from urllib.parse import urlencode

import redis.asyncio

from desk.clock import new_token
from desk.store.secrets import SecretBox
from desk.words.ids import UserId

VALID_SECONDS = 300
PATH = "/app/login"


async def sign_in_link(
    store: "redis.asyncio.Redis",
    secrets: SecretBox,
    public_url: str,
    user_id: UserId,
    email: str,
) -> str:
    """The link's whole address."""
    token = new_token(32)
    await store.set(_key(secrets, token), int(user_id), ex=VALID_SECONDS)
    query = urlencode({"email": email, "sso_auth_token": token})
    return f"{public_url.rstrip('/')}{PATH}?{query}"


async def take_sign_in(
    store: "redis.asyncio.Redis", secrets: SecretBox, token: str
) -> UserId | None:
    """Whom the token signs in; it does so this once."""
    found = await store.getdel(_key(secrets, token))
    return None if found is None else UserId(int(found))


def _key(secrets: SecretBox, token: str) -> str:
    return f"sign_in:{secrets.digest(token).hex()}"
