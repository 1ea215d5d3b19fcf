"""A file that was uploaded before anything was made of it, for whoever was told its address."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from desk.store.brought_files import PREFIX, brought_file
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import NotFound
from inbox_service.api.attachments import file_answer
from inbox_service.auth.guard import PUBLIC


@get(f"{PREFIX}/{{blob_id:str}}/{{name:path}}", opt=PUBLIC, include_in_schema=False)
async def get_brought_file(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    blob_id: FromPath[str],
    name: FromPath[str],
) -> Stream:
    """The file itself, while it is kept; nobody can guess another's address."""
    found = brought_file(desk.secrets, blob_id)
    if found is None or not name:
        raise NotFound("file_not_found", "There is no such file.")
    account_id, brought = found
    row = {
        "file_key": brought.file_key,
        "size": brought.size,
        "mime_type": brought.mime_type,
        "file_name": brought.file_name,
    }
    answer = await file_answer(files, account_id, row, request.headers.get("range"))
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
