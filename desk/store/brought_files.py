"""Files that somebody brought before saying what they are for, each under an id only we can make."""

import base64
import hmac
import re
from binascii import Error
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

import msgspec

from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid
from desk.words.ids import AccountId

PREFIX = "/public/uploads"
KEPT_FOR = timedelta(hours=24)
"""Unless an article shows it, nobody needed it by then; whatever else was made of it has a copy."""

_ID = re.compile(r"(\d{1,18})\.([0-9a-f]{32})\.([\w-]+)\.([\w-]{32})", re.ASCII)
_SHOWN = re.compile(rf"{PREFIX}/(\d{{1,18}})\.([0-9a-f]{{32}})\.", re.ASCII)


class BroughtFile(msgspec.Struct, frozen=True):
    """A file in the store that belongs to nothing yet."""

    file_key: str
    mime_type: str
    size: int
    file_name: str


def brought_id(secrets: SecretBox, account_id: AccountId, brought: BroughtFile) -> str:
    """The id by which clients name it: it says everything, and is good for this account alone."""
    about = msgspec.json.encode((brought.mime_type, brought.size, brought.file_name))
    said = base64.urlsafe_b64encode(about).rstrip(b"=").decode()
    body = f"{int(account_id)}.{brought.file_key.rpartition('/')[2]}.{said}"
    return f"{body}.{_signature(secrets, body)}"


def brought_file(secrets: SecretBox, given: str) -> tuple[AccountId, BroughtFile] | None:
    """Whose it is and what; nothing where the id is none of ours."""
    found = _ID.fullmatch(given)
    if found is None:
        return None
    account, name, said, signature = found.groups()
    body = given.rpartition(".")[0]
    if not hmac.compare_digest(signature.encode(), _signature(secrets, body).encode()):
        return None
    try:
        about = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
        mime_type, size, file_name = msgspec.json.decode(about, type=tuple[str, int, str])
    except (Error, ValueError, msgspec.DecodeError):
        return None
    return AccountId(int(account)), BroughtFile(f"{account}/{name}", mime_type, size, file_name)


def own_brought_file(
    secrets: SecretBox, account_id: AccountId, given: str, *, field: str
) -> BroughtFile:
    """The account's own file of this id; raises Invalid, also for another account's."""
    found = brought_file(secrets, given)
    if found is None or found[0] != account_id:
        raise no_such_file(field)
    return found[1]


def no_such_file(field: str) -> Invalid:
    """What an id is answered that names no file, or none any more."""
    return Invalid(
        "blob_not_found",
        "There is no such uploaded file, or it was kept long enough. Upload it again.",
        field=field,
    )


def brought_url(public_url: str, blob_id: str, name: str) -> str:
    """Where anybody who knows the address can fetch it."""
    return f"{public_url.rstrip('/')}{PREFIX}/{blob_id}/{quote(name, safe='')}"


async def keep_for_a_while(tx: TenantTx, file_key: str) -> None:
    """The clean-up takes it when its time is over."""
    await tx.execute(
        "insert into files_to_remove (account_id, file_key, created_at) values (%s, %s, %s)",
        [tx.account_id, file_key, tx.now + KEPT_FOR],
    )


async def keep_shown(tx: TenantTx, *, now: str, before: str = "") -> None:
    """An article says `now` what it said `before`: what it shows stays, and what no other shows goes."""
    shown, gone = _keys(tx, now), _keys(tx, before)
    if shown:
        await tx.execute(
            "delete from files_to_remove where account_id = %s and file_key = any(%s)",
            [tx.account_id, sorted(shown)],
        )
    if gone - shown:
        await tx.execute(
            """insert into files_to_remove (account_id, file_key, created_at)
               select %(account)s, key, %(at)s from unnest(%(keys)s::text[]) key
               where not exists (
                   select from articles a where a.account_id = %(account)s
                     and a.content like '%%' || %(prefix)s || replace(key, '/', '.') || '.%%')""",
            {
                "account": tx.account_id,
                "at": tx.now + KEPT_FOR,
                "keys": sorted(gone - shown),
                "prefix": f"{PREFIX}/",
            },
        )


async def what_articles_show(tx: TenantTx, portal_id: int) -> str:
    """The contents of a portal's articles that show such files, one after the other."""
    rows = await tx.all(
        "select content from articles where account_id = %s and portal_id = %s and content like %s",
        [tx.account_id, portal_id, f"%{PREFIX}/%"],
    )
    return "\n".join(row["content"] for row in rows)


def _keys(tx: TenantTx, text: str) -> set[str]:
    return set(_own(int(tx.account_id), _SHOWN.findall(text)))


def _own(account: int, found: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{account}/{name}" for whose, name in found if whose == str(account))


def _signature(secrets: SecretBox, body: str) -> str:
    return secrets.token("brought file", body)[:32]
