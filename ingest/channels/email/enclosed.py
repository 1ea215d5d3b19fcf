"""A customer's file out of the mail that brought it."""

from collections.abc import AsyncIterator

from desk.words.channels import InboundFile
from ingest.channel_contract import FetchedFile, Rejected
from ingest.channels.email.structure import TooComplex, content_of, parse, part_of


def file_in(body: bytes, file: InboundFile, *, max_bytes: int) -> FetchedFile:
    """The part that bears the file's number."""
    number = file.remote_id or ""
    if not number.isdecimal():
        raise Rejected("the file has no place in its mail")
    try:
        part = part_of(parse(body), int(number))
    except TooComplex as error:
        raise Rejected(str(error)) from error
    if part is None:
        raise Rejected("the mail does not hold the file")
    content = content_of(part)
    if len(content) > max_bytes:
        raise Rejected(f"the file is larger than {max_bytes:,} bytes", "file_too_large")
    return FetchedFile(file.name, file.mime_type, len(content), _whole(content))


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
