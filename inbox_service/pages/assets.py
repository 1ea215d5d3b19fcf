"""The page's own modules and styles and the libraries they use, under addresses that never change."""

import gzip
import hashlib
import mimetypes
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.words.errors import NotFound
from inbox_service.auth.guard import PUBLIC

UI: Final = Path(__file__).parent.parent / "ui"
WIDGET: Final = UI.parent / "widget" / "static"

LIBRARIES: Final = {
    "preact": ("preact", "."),
    "preact/hooks": ("preact", "./hooks"),
    "htm": ("htm", "."),
    "@preact/signals": ("@preact/signals", "."),
    "@preact/signals-core": ("@preact/signals-core", "."),
    "@rails/actioncable": ("@rails/actioncable", "."),
}
"""Bare names that modules may import: the package, and which of its exports."""

OWN: Final = "streamdesk/"
"""The bare prefix of the page's own modules."""

FIRST_STYLES: Final = ("css/tokens.css", "css/components.css", "css/forms.css")
"""These come before all other styles, in this order."""

_SHARED: Final = ("automation/", "api.js", "boot.js", "format.js", "html.js", "names.js")
INBOX_PAGE: Final = (
    *_SHARED,
    *("app.js", "cable.js", "commands.js", "keys.js", "route.js", "upload.js", "view.js"),
    *("components/", "store/"),
)
"""Where the modules of the inbox page are."""
SETTINGS_PAGE: Final = (*_SHARED, "settings/", "components/Icon.js", "store/toasts.js")
"""Where those of the settings are."""

_COMPRESSED = {".js", ".mjs", ".css", ".svg", ".json"}
_SERVED = {".js", ".mjs", ".css", ".svg", ".png", ".woff2", ".webp", ".json", ".map"}
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript"}


class Asset(msgspec.Struct, frozen=True):
    """One file, ready to be sent."""

    content: bytes
    zipped: bytes | None
    media_type: str


class Assets(msgspec.Struct, frozen=True):
    """All files of one state of the page."""

    version: str
    """A digest of all contents: the address of each file changes with any of them."""
    files: dict[str, Asset]
    libraries: dict[str, str]
    """Bare name → path."""

    def url(self, path: str) -> str:
        """Where a file of this state is served."""
        return f"/ui/{self.version}/{path}"

    @property
    def import_map(self) -> str:
        """What makes bare names work without a build step."""
        imports = {name: self.url(path) for name, path in self.libraries.items()}
        return msgspec.json.encode({"imports": imports | {OWN: self.url("")}}).decode()

    def modules_of(self, page: tuple[str, ...]) -> list[str]:
        """A page's modules, to be fetched at once rather than one import after the other."""
        own = [
            path
            for path in self.files
            if path.endswith(".js") and "vendor/" not in path and path.startswith(page)
        ]
        return [self.url(path) for path in (*self.libraries.values(), *sorted(own))]

    def styles(self, *names: str) -> list[str]:
        """The style sheets of a page: the common ones, then its own."""
        wanted = (*FIRST_STYLES, *names)
        return [self.url(path) for path in wanted if path in self.files]


class AssetShelf:
    """Keeps the files in memory, and notices when they change on the disk."""

    def __init__(self) -> None:
        self._signature: tuple[tuple[str, int, int], ...] = ()
        self._assets: Assets | None = None

    def current(self) -> Assets:
        """The files as they are now."""
        paths = dict(_paths())
        signature = tuple(
            (name, stat.st_mtime_ns, stat.st_size)
            for name, path in paths.items()
            for stat in (path.stat(),)
        )
        if self._assets is None or signature != self._signature:
            self._assets, self._signature = _read(paths), signature
        return self._assets

    def find(self, version: str, path: str) -> Asset:
        """A file of the present state; raises NotFound."""
        assets = self._assets or self.current()
        if version != assets.version:
            assets = self.current()
        found = assets.files.get(path) if version == assets.version else None
        if found is None:
            raise NotFound("not_found", "There is no such file.")
        return found


@get("/ui/{version:str}/{path:path}", opt=PUBLIC, include_in_schema=False)
async def get_asset(
    request: Request[Any, Any, Any],
    asset_shelf: NamedDependency[AssetShelf],
    version: FromPath[str],
    path: FromPath[str],
) -> Response[bytes]:
    """One file; its address names its content, so that browsers never ask twice."""
    asset = asset_shelf.find(version, path.lstrip("/"))
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    content = asset.content
    if asset.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = asset.zipped
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type=asset.media_type, headers=headers)


def _paths() -> Iterator[tuple[str, Path]]:
    for folder, prefix in ((UI / "static", ""), (WIDGET, "widget/")):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SERVED and path.is_file():
                yield prefix + path.relative_to(folder).as_posix(), path
    packages = _packages()
    for package, export in LIBRARIES.values():
        inside = _entry(packages / package, export)
        yield f"vendor/{package}/{inside}", packages / package / inside


def _packages() -> Path:
    """Where the libraries are: beside the sources, or packed with the page."""
    installed = Path(sys.prefix, "share", "streamdesk", "node_modules")
    for folder in (UI / "node_modules", UI.parent.parent / "node_modules", installed):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The page's libraries are missing: run `make install`.")


def _entry(folder: Path, export: str) -> str:
    described: dict[str, Any] = msgspec.json.decode((folder / "package.json").read_bytes())
    found: Any = (described.get("exports") or {}).get(export)
    if isinstance(found, dict):
        found = found.get("browser") or found.get("import") or found.get("default")
    entry = found if isinstance(found, str) else described["module"]
    return str(entry).removeprefix("./")


def _read(paths: dict[str, Path]) -> Assets:
    digest = hashlib.sha256()
    files: dict[str, Asset] = {}
    for name, path in paths.items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        zipped = gzip.compress(content, 9, mtime=0) if path.suffix in _COMPRESSED else None
        media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0]
        files[name] = Asset(content, zipped, media_type or "application/octet-stream")
    packages = _packages()
    libraries = {
        bare: f"vendor/{package}/{_entry(packages / package, export)}"
        for bare, (package, export) in LIBRARIES.items()
    }
    return Assets(digest.hexdigest()[:20], files, libraries)
