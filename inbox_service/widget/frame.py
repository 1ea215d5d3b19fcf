"""`/widget`: the page inside the frame. It is small; the chat itself is fetched when it is wanted."""

import base64
import gzip
import hashlib
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.enums import MediaType

from desk.store.visitors import Website
from inbox_service.auth.guard import PUBLIC
from inbox_service.pages.assets import Assets, AssetShelf
from inbox_service.widget.colors import readable_on
from ingest.channels.website.inboxes import domains_of

STYLES = ("widget/widget.css",)
SHARED = (
    "html.js",
    "names.js",
    "format.js",
    "components/Icon.js",
    "components/Avatar.js",
)
"""Modules of the inbox's page that the widget uses too."""
WITHOUT = ("widget/sdk.js", "widget/frame.js")

CACHE = "public, max-age=60"

TEMPLATES = Path(__file__).parent / "templates"


class WidgetTemplates:
    """The widget's own pages, with everything escaped that is not marked as safe."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
        )

    def text(self, template: str, values: dict[str, Any]) -> str:
        return self._environment.get_template(template).render(values)


@get("/widget", opt=PUBLIC, include_in_schema=False)
async def get_frame(
    request: Request[Any, Any, Any],
    asset_shelf: NamedDependency[AssetShelf],
    widget_templates: NamedDependency[WidgetTemplates],
    website: NamedDependency[Website],
) -> Response[bytes]:
    """The frame of one website; only the places it names may show it."""
    assets = asset_shelf.current()
    import_map = assets.import_map.replace("<", "\\u003c")
    page = widget_templates.text(
        "frame.html",
        {
            "title": f"Chat with {website.account_name}",
            "import_map": import_map,
            "begin": assets.url("widget/frame.js"),
            "boot": _boot(website, assets).replace("<", "\\u003c"),
        },
    ).encode()
    headers = {
        "Cache-Control": CACHE,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": policy(website, import_map),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Referrer-Policy": "no-referrer",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        page = gzip.compress(page, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(page, media_type=MediaType.HTML, headers=headers)


def policy(website: Website, import_map: str) -> str:
    """Scripts and connections of our own; framed by the places that the inbox names."""
    digest = base64.b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    places = domains_of(website.config["allowed_domains"])
    own = " 'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self'",
            "img-src 'self' data: blob: https:",
            "media-src 'self' blob: https:",
            "connect-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {' '.join(places) + own if places else '*'}",
        )
    )


def _boot(website: Website, assets: Assets) -> str:
    color = website.config["widget_color"]
    modules = [
        *(assets.url(path) for path in assets.libraries.values() if "rails" not in path),
        *(assets.url(path) for path in SHARED),
        *(
            assets.url(path)
            for path in sorted(assets.files)
            if path.startswith("widget/") and path.endswith(".js") and path not in WITHOUT
        ),
    ]
    boot = {
        "website_token": website.token,
        "name": website.account_name,
        "color": color,
        "on_color": readable_on(color),
        "modules": modules,
        "styles": assets.styles(*STYLES),
    }
    return msgspec.json.encode(boot).decode()
