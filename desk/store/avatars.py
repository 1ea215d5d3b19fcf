"""Pictures of people and bots: kept in the file store, fetched by an address nobody can guess."""

import re
import uuid

from desk.rules.pictures import picture_kind
from desk.store.files import FileStore
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId

PREFIX = "/public/avatars"
NO_ACCOUNT = AccountId(0)
"""Whose pictures people's are: they may work for several accounts."""
LARGEST = 15 * 1024 * 1024
LARGEST_FORM = LARGEST + 256 * 1024
"""With what stands around the picture."""

MIME_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}

_NAME = re.compile(rf"[0-9a-f]{{32}}\.({'|'.join(MIME_TYPES)})")


async def keep_avatar(files: FileStore, account_id: AccountId, content: bytes) -> str:
    """Store a picture; the path it is fetched by. Raises Invalid for anything else."""
    if len(content) > LARGEST:
        raise Invalid("avatar_too_large", "A picture has at most 15 MiB.", field="avatar")
    kind = picture_kind(content)
    if kind is None:
        raise Invalid(
            "avatar_is_no_picture", "Give a PNG, JPEG, GIF or WebP picture.", field="avatar"
        )
    name = f"{uuid.uuid4().hex}.{kind}"
    await files.put_at(account_id, _key(account_id, name), content)
    return f"{PREFIX}/{int(account_id)}/{name}"


async def read_avatar(files: FileStore, account_id: AccountId, name: str) -> tuple[bytes, str]:
    """The picture and its type; raises NotFound."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise NotFound("avatar_not_found", "There is no such picture.")
    try:
        return await files.get(account_id, _key(account_id, name)), MIME_TYPES[found[1]]
    except FileNotFoundError:
        raise NotFound("avatar_not_found", "There is no such picture.") from None


async def drop_avatar(files: FileStore, path: str | None) -> None:
    """Delete the picture that was fetched by this path, if there was one."""
    if path is None:
        return
    account, _, _ = path.removeprefix(f"{PREFIX}/").partition("/")
    await files.remove(AccountId(int(account)), avatar_key(path))


def avatar_key(path: str) -> str:
    """Under which key the picture lies that is fetched by this path."""
    account, _, name = path.removeprefix(f"{PREFIX}/").partition("/")
    return _key(AccountId(int(account)), name)


def _key(account_id: AccountId, name: str) -> str:
    return f"{int(account_id)}/avatars/{name}"
