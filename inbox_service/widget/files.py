"""The files of a visitor's conversation, each under an address that only its readers know."""

import hmac
from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import NotFound
from desk.words.ids import AccountId
from inbox_service.api.attachments import file_answer
from inbox_service.auth.guard import LARGEST_ID, PUBLIC


@get(
    "/widget/files/{account:int}/{attachment_id:int}/{key:str}",
    opt=PUBLIC,
    include_in_schema=False,
)
async def get_file(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    account: FromPath[int],
    attachment_id: FromPath[int],
    key: FromPath[str],
) -> Stream:
    """One file; its address holds 122 random bits and is told to nobody but the visitor."""
    account_id = AccountId(account)
    row = None
    if 0 <= account <= LARGEST_ID and 0 <= attachment_id <= LARGEST_ID:
        async with desk.transaction(account_id) as tx:
            row = await visitor_store.file_for_customers(tx, attachment_id)
    known = "" if row is None else str(row["file_key"]).rpartition("/")[2]
    if row is None or not hmac.compare_digest(known.encode(), key.encode()):
        raise NotFound("attachment_not_found", "There is no such file.")
    return await file_answer(files, account_id, row, request.headers.get("range"))
