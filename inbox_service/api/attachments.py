"""The files of messages, handed out to those who may see the conversation."""

import re
from typing import Any
from urllib.parse import quote

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.visible import visible_attachment
from desk.words.errors import NotFound
from desk.words.ids import AccountId
from inbox_service.api.answers import answers_file

SHOWN = re.compile(r"(image/(png|jpeg|gif|webp|avif|bmp)|audio/[\w.+-]+|video/[\w.+-]+)")
"""What browsers only ever show; everything else is saved, whatever it claims to be."""

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@get(
    "/attachments/{attachment_id:int}",
    operation_id="get-an-attachment",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers_file("*/*"),
)
async def get_attachment(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    attachment_id: FromPath[int],
) -> Stream:
    """The file itself; ranges are served."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await visible_attachment(tx, attachment_id, viewer)
    return await file_answer(files, viewer.account_id, row, request.headers.get("range"))


async def file_answer(
    files: FileStore, account_id: AccountId, row: dict[str, Any], asked: str | None
) -> Stream:
    """The stored file of an attachment's row, or the range of it that was asked for."""
    span = _span(asked, row["size"])
    try:
        size, content = await files.read(account_id, row["file_key"], span)
    except FileNotFoundError:
        raise NotFound("file_gone", "The file is no longer stored.") from None
    mime_type = row["mime_type"] or "application/octet-stream"
    headers = {
        "Content-Disposition": _disposition(mime_type, row["file_name"] or "file"),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400, immutable",
        "Accept-Ranges": "bytes",
        "Content-Length": str(size if span is None else span[1] - span[0]),
    }
    if span is not None:
        headers["Content-Range"] = f"bytes {span[0]}-{span[1] - 1}/{size}"
    return Stream(
        content, media_type=mime_type, headers=headers, status_code=200 if span is None else 206
    )


def _span(header: str | None, size: int | None) -> tuple[int, int] | None:
    """`[from, to)` of a range that can be served; anything else is answered with the whole."""
    found = _RANGE.fullmatch(header.strip()) if header else None
    if found is None or not size:
        return None
    start = int(found[1])
    end = min(int(found[2]) + 1, size) if found[2] else size
    return (start, end) if start < end else None


def _disposition(mime_type: str, name: str) -> str:
    kind = "inline" if SHOWN.fullmatch(mime_type) else "attachment"
    plain = re.sub(r'[^\w. -]|"', "_", name, flags=re.ASCII)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


router = Router("", route_handlers=[get_attachment], tags=["Messages"])
