"""Fetching a customer's file from where the partner says it lies, counting bytes."""

import contextlib
from collections.abc import AsyncIterator
from urllib.parse import unquote, urlsplit

import httpx

from desk.words.channels import InboundFile
from ingest.channel_contract import Config, FetchedFile, Rejected, Secrets, TryAgain
from ingest.channels.custom.partner import bearer


@contextlib.asynccontextmanager
async def fetch_file(
    http: httpx.AsyncClient,
    file: InboundFile,
    secrets: Secrets,
    config: Config,
    *,
    max_bytes: int,
) -> AsyncIterator[FetchedFile]:
    """The file as a stream of at most `max_bytes`; the key goes to the partner's own server only."""
    url = file.remote_id
    if not url:
        raise Rejected("the file has no address")
    headers = bearer(str(secrets.get("api_key"))) if _is_partners(url, config) else {}
    try:
        async with http.stream("GET", url, headers=headers, follow_redirects=True) as answer:
            if answer.status_code == 429 or answer.is_server_error:
                raise TryAgain(f"the file could not be fetched: {answer.status_code}")
            if not answer.is_success:
                raise Rejected(f"the file could not be fetched: {answer.status_code}")
            claimed = answer.headers.get("Content-Length", "")
            size = int(claimed) if claimed.isdecimal() else None
            if size is not None and size > max_bytes:
                raise _too_large(max_bytes)
            mime_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            yield FetchedFile(
                name=file.name or _name_in(url),
                mime_type=mime_type or file.mime_type,
                size=size,
                chunks=_counted(answer, max_bytes),
            )
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Rejected("the file's address is no URL") from error
    except httpx.TransportError as error:
        raise TryAgain(f"the file could not be fetched: {type(error).__name__}") from error


def _is_partners(url: str, config: Config) -> bool:
    there, base = urlsplit(url), urlsplit(str(config.get("webhook_url") or ""))
    return bool(base.netloc) and (there.scheme, there.netloc) == (base.scheme, base.netloc)


def _name_in(url: str) -> str | None:
    name = unquote(urlsplit(url).path.rpartition("/")[2])
    return name[-200:].replace("\x00", "") or None


async def _counted(answer: httpx.Response, max_bytes: int) -> AsyncIterator[bytes]:
    total = 0
    async for chunk in answer.aiter_bytes():
        total += len(chunk)
        if total > max_bytes:
            raise _too_large(max_bytes)
        yield chunk


def _too_large(max_bytes: int) -> Rejected:
    return Rejected(f"the file is larger than {max_bytes:,} bytes", "file_too_large")
