"""Attachments' bytes: a local folder or S3, by URL."""

import uuid

import obstore
from obstore.store import ObjectStore, from_url

from desk.words.ids import AccountId


class FileStore:
    """Keeps files under their account's own prefix."""

    def __init__(self, url: str) -> None:
        self._store: ObjectStore = (
            from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
        )

    async def put(self, account_id: AccountId, content: bytes) -> str:
        """Store bytes; the key under which they are found again."""
        key = f"{int(account_id)}/{uuid.uuid4().hex}"
        await obstore.put_async(self._store, key, content)
        return key

    async def get(self, account_id: AccountId, key: str) -> bytes:
        """The bytes; raises FileNotFoundError, also for another account's key."""
        if not key.startswith(f"{int(account_id)}/"):
            raise FileNotFoundError(key)
        return bytes(await (await obstore.get_async(self._store, key)).bytes_async())

    async def check(self) -> None:
        """Write and delete a small object: raises when the store does not take it."""
        await obstore.put_async(self._store, "health", b"ok")
        await obstore.delete_async(self._store, "health")
