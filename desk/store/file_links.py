"""Addresses under which a customer's side can fetch a file of a message, without signing in."""

import hmac
from urllib.parse import quote

from desk.store.secrets import SecretBox
from desk.words.ids import AccountId

PREFIX = "/public/files"


def file_link(
    secrets: SecretBox, public_url: str, account_id: AccountId, attachment_id: int, name: str
) -> str:
    """The file's whole address; nobody can guess another's."""
    signature = _signature(secrets, account_id, attachment_id)
    place = f"{int(account_id)}/{attachment_id}/{signature}/{quote(name, safe='')}"
    return f"{public_url.rstrip('/')}{PREFIX}/{place}"


def is_link_to(
    secrets: SecretBox, account_id: AccountId, attachment_id: int, signature: str
) -> bool:
    """Whether the signature is that of the file's address."""
    return hmac.compare_digest(
        signature.encode(), _signature(secrets, account_id, attachment_id).encode()
    )


def _signature(secrets: SecretBox, account_id: AccountId, attachment_id: int) -> str:
    return secrets.token("file", int(account_id), attachment_id)[:32]
