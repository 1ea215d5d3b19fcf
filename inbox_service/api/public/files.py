"""A message's file, for whoever was told its address."""

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from desk.store.desk import Desk
from desk.store.file_links import PREFIX, is_link_to
from desk.store.files import FileStore
from desk.words.errors import NotFound
from desk.words.ids import AccountId
from inbox_service.api.attachments import file_answer
from inbox_service.auth.guard import LARGEST_ID, PUBLIC

_FILE = """
select f.file_key, f.file_name, f.mime_type, f.size
from attachments f
join messages m on m.account_id = f.account_id and m.id = f.message_id
where f.account_id = %s and f.id = %s and f.file_key is not null and not m.private"""


@get(
    f"{PREFIX}/{{account:int}}/{{attachment_id:int}}/{{signature:str}}/{{name:path}}",
    opt=PUBLIC,
    include_in_schema=False,
)
async def get_file(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    account: FromPath[int],
    attachment_id: FromPath[int],
    signature: FromPath[str],
    name: FromPath[str],
) -> Stream:
    """The file itself; ranges are served. Nobody can guess another file's address."""
    account_id = AccountId(account)
    row = None
    known = 0 <= account <= LARGEST_ID and 0 <= attachment_id <= LARGEST_ID
    if known and name and is_link_to(desk.secrets, account_id, attachment_id, signature):
        async with desk.transaction(account_id) as tx:
            row = await tx.first(_FILE, [account_id, attachment_id])
    if row is None:
        raise NotFound("attachment_not_found", "There is no such file.")
    answer = await file_answer(files, account_id, row, request.headers.get("range"))
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
