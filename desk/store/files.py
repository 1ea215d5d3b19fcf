"""Attachments' bytes: a local folder or S3, by URL."""

import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING

import obstore
from obstore.store import ObjectStore, from_url

from desk.words.ids import AccountId

if TYPE_CHECKING:
    # These names exist for type checkers only.
    from obstore import BytesStream, GetOptions

PIECE = 256 * 1024
"""Files are handed out in pieces of about this many bytes."""


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

    async def put_at(self, account_id: AccountId, key: str, content: bytes) -> None:
        """Store bytes under a key of the account's own, in place of what may be there."""
        if not key.startswith(f"{int(account_id)}/"):
            raise ValueError(f"{key} is no key of account {account_id}")
        await obstore.put_async(self._store, key, content)

    async def copy(self, account_id: AccountId, key: str) -> str:
        """The same bytes under another key; raises FileNotFoundError, also for another account's."""
        if not key.startswith(f"{int(account_id)}/"):
            raise FileNotFoundError(key)
        another = f"{int(account_id)}/{uuid.uuid4().hex}"
        await obstore.copy_async(self._store, key, another)
        return another

    async def remove(self, account_id: AccountId, key: str) -> None:
        """Delete what lies under a key, if anything does."""
        if not key.startswith(f"{int(account_id)}/"):
            raise ValueError(f"{key} is no key of account {account_id}")
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)

    async def remove_some(self, account_id: AccountId) -> int:
        """Delete some of the account's files; how many went."""
        async for found in obstore.list(self._store, prefix=f"{int(account_id)}/", chunk_size=500):
            await obstore.delete_async(self._store, [one["path"] for one in found])
            return len(found)
        return 0

    async def get(self, account_id: AccountId, key: str) -> bytes:
        """The bytes; raises FileNotFoundError, also for another account's key."""
        if not key.startswith(f"{int(account_id)}/"):
            raise FileNotFoundError(key)
        return bytes(await (await obstore.get_async(self._store, key)).bytes_async())

    async def read(
        self, account_id: AccountId, key: str, span: tuple[int, int] | None = None
    ) -> tuple[int, AsyncIterator[bytes]]:
        """The whole size, and the bytes (of `[from, to)` where given) in pieces.

        Raises FileNotFoundError, also for another account's key.
        """
        if not key.startswith(f"{int(account_id)}/"):
            raise FileNotFoundError(key)
        options: GetOptions = {} if span is None else {"range": span}
        found = await obstore.get_async(self._store, key, options=options)
        return found.meta["size"], _pieces(found.stream(min_chunk_size=PIECE))

    async def check(self) -> None:
        """Write and delete a small object: raises when the store does not take it."""
        await obstore.put_async(self._store, "health", b"ok")
        await obstore.delete_async(self._store, "health")


async def _pieces(stream: "BytesStream") -> AsyncIterator[bytes]:
    async for piece in stream:
        yield bytes(piece)
