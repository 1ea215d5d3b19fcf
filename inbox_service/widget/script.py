"""`/packs/js/sdk.js`: the one script that a site puts into its pages."""

import gzip
import hashlib
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from inbox_service.auth.guard import PUBLIC

SOURCE = Path(__file__).parent / "static" / "sdk.js"
CACHE = "public, max-age=3600, stale-while-revalidate=604800"


class Script(msgspec.Struct, frozen=True):
    """The script as it is sent."""

    content: bytes
    zipped: bytes
    etag: str


class ScriptShelf:
    """Keeps the script in memory, and notices when it changes on the disk."""

    def __init__(self) -> None:
        self._seen = (0, 0)
        self._script: Script | None = None

    def current(self) -> Script:
        """The script as it is now."""
        stat = SOURCE.stat()
        seen = (stat.st_mtime_ns, stat.st_size)
        if self._script is None or seen != self._seen:
            content = SOURCE.read_bytes()
            etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
            self._script = Script(content, gzip.compress(content, 9, mtime=0), etag)
            self._seen = seen
        return self._script


@get("/packs/js/sdk.js", opt=PUBLIC, include_in_schema=False)
async def get_script(
    request: Request[Any, Any, Any], script_shelf: NamedDependency[ScriptShelf]
) -> Response[bytes]:
    """The script; browsers keep it for an hour, and then ask only whether it is still the same."""
    script = script_shelf.current()
    headers = {
        "Cache-Control": CACHE,
        "ETag": script.etag,
        "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    if script.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, media_type="text/javascript", headers=headers)
    content = script.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        content = script.zipped
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type="text/javascript", headers=headers)
