"""Fetching a customer's file: ask the Graph API where it lies, then stream it, counting bytes."""

import contextlib
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import msgspec

from desk.words.channels import InboundFile
from ingest.channel_contract import Config, FetchedFile, Rejected, Secrets, TryAgain, Unknown
from ingest.channels.whatsapp.answers import failure
from ingest.channels.whatsapp.send import Graph


class Whereabouts(msgspec.Struct):
    """Where a file lies for the next few minutes."""

    url: str
    mime_type: str | None = None
    file_size: int | str | None = None

    def size(self) -> int | None:
        """The bytes there should be, if WhatsApp says so in a way we understand."""
        return int(text) if (text := str(self.file_size)).isdecimal() else None


@contextlib.asynccontextmanager
async def fetch_file(
    http: httpx.AsyncClient,
    file: InboundFile,
    secrets: Secrets,
    config: Config,
    *,
    max_bytes: int,
) -> AsyncIterator[FetchedFile]:
    """The file as a stream of at most `max_bytes`."""
    if file.remote_id is None:
        raise Rejected("the file has no id with WhatsApp")
    graph = Graph(http, secrets, config)
    try:
        where = await _whereabouts(http, graph, file.remote_id)
        size = where.size()
        if size is not None and size > max_bytes:
            raise _too_large(max_bytes)
        async with http.stream("GET", where.url, headers=graph.headers) as answer:
            if not answer.is_success:
                await answer.aread()
                raise _not_unknown(failure(answer))
            yield FetchedFile(
                name=file.name,
                mime_type=where.mime_type or file.mime_type,
                size=size,
                chunks=_counted(answer, max_bytes),
            )
    except httpx.TransportError as error:
        raise TryAgain(f"the file could not be fetched: {type(error).__name__}") from error


async def _whereabouts(http: httpx.AsyncClient, graph: Graph, remote_id: str) -> Whereabouts:
    answer = await http.get(f"{graph.base}/{quote(remote_id, safe='')}", headers=graph.headers)
    if not answer.is_success:
        raise _not_unknown(failure(answer))
    try:
        return msgspec.json.decode(answer.content, type=Whereabouts)
    except (msgspec.MsgspecError, ValueError) as error:
        raise TryAgain("WhatsApp did not say where the file lies") from error


async def _counted(answer: httpx.Response, max_bytes: int) -> AsyncIterator[bytes]:
    total = 0
    async for chunk in answer.aiter_bytes():
        total += len(chunk)
        if total > max_bytes:
            raise _too_large(max_bytes)
        yield chunk


def _not_unknown(problem: Rejected | TryAgain | Unknown) -> Rejected | TryAgain:
    return TryAgain(problem.reason) if isinstance(problem, Unknown) else problem


def _too_large(max_bytes: int) -> Rejected:
    return Rejected(f"the file is larger than {max_bytes:,} bytes", "file_too_large")
