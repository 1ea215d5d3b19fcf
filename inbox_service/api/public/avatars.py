"""Pictures of people and bots, for whoever was told their address."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.store.avatars import PREFIX, read_avatar
from desk.store.files import FileStore
from desk.words.ids import AccountId
from inbox_service.auth.guard import PUBLIC


@get(f"{PREFIX}/{{account:int}}/{{name:str}}", opt=PUBLIC, include_in_schema=False)
async def get_avatar(
    files: NamedDependency[FileStore], account: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    """The picture; another picture has another address, so that it is kept for ever."""
    content, mime_type = await read_avatar(files, AccountId(account), name)
    return Response(
        content,
        media_type=mime_type,
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
