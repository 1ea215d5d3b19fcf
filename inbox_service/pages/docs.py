"""The OpenAPI document and a page that reads it out; nothing of it comes from elsewhere."""

import asyncio
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router, get
from litestar.enums import MediaType
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from typing_extensions import override

from desk.version import VERSION
from inbox_service.auth.guard import PUBLIC
from inbox_service.pages.assets import AssetShelf
from inbox_service.pages.description import METHODS, document_of
from inbox_service.pages.rendering import Templates

DESCRIPTION = (
    "The API of the inbox. Its operations have Chatwoot's names and shapes, so that Chatwoot's "
    "clients work unchanged; what is ours alone says so."
)

AnyRequest = Request[Any, Any, Any]


class DocsPage(OpenAPIRenderPlugin):
    """Every operation on one page, made in a thread so that no socket waits for it."""

    def __init__(self, templates: Templates, asset_shelf: AssetShelf) -> None:
        super().__init__(path="/", media_type=MediaType.HTML)
        self._templates = templates
        self._shelf = asset_shelf

    async def before_request(self, request: AnyRequest) -> Response[bytes]:
        """The page, before Litestar makes the document on the loop."""
        page = await asyncio.to_thread(self.render, request, {})
        return Response(page, media_type=MediaType.HTML)

    @override
    def render(self, request: AnyRequest, openapi_schema: dict[str, Any]) -> bytes:
        values = {
            "styles": self._shelf.current().styles("css/pages.css"),
            "description": DESCRIPTION,
            "groups": groups_of(document_at(request.app)),
        }
        return self._templates.text("docs.html", values).encode()


@get("/openapi.json", opt=PUBLIC, include_in_schema=False, cache=False)
async def get_openapi(request: AnyRequest) -> Response[bytes]:
    """Our OpenAPI document."""
    document = await asyncio.to_thread(document_at, request.app)
    return Response(msgspec.json.encode(document), media_type=MediaType.JSON)


def document_at(app: Litestar) -> dict[str, Any]:
    """The document, made when it is first asked for."""
    if "document" not in app.state:
        app.state.document = document_of(app)
    document: dict[str, Any] = app.state.document
    return document


def openapi_config(templates: Templates, asset_shelf: AssetShelf) -> OpenAPIConfig:
    """What stands above the operations."""
    page = DocsPage(templates, asset_shelf)
    return OpenAPIConfig(
        title="Streamdesk",
        version=VERSION,
        description=DESCRIPTION,
        use_handler_docstrings=True,
        render_plugins=[page],
        openapi_router=Router(
            "/docs",
            route_handlers=[],
            opt=PUBLIC,
            include_in_schema=False,
            before_request=page.before_request,
        ),
    )


def groups_of(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations by tag, in the order of their addresses."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in sorted(document["paths"].items()):
        for method in METHODS:
            operation = item.get(method)
            if operation is None:
                continue
            tag = (operation.get("tags") or ["Others"])[0]
            groups.setdefault(tag, []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "id": operation["operationId"],
                    "says": operation.get("description") or "",
                    "needs": operation["x-permission"],
                    "parameters": operation.get("parameters") or [],
                    "body": _fields(document, operation),
                    "answers": _answers(operation),
                }
            )
    return dict(sorted(groups.items()))


def _answers(operation: dict[str, Any]) -> list[str]:
    """The statuses, the good ones with the name of what they hold."""
    said = []
    for status, answer in sorted(operation["responses"].items()):
        content: dict[str, Any] = next(iter(answer.get("content", {}).values()), {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        said.append(f"{status} {name}".strip())
    return said


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    content: dict[str, Any] = (operation.get("requestBody") or {}).get("content", {})
    first: dict[str, Any] = next(iter(content.values()), {})
    schema: dict[str, Any] = first.get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        schema = document["components"]["schemas"][name]
    required = set(schema.get("required", []))
    return [f"{key}{'' if key in required else '?'}" for key in schema.get("properties", {})]
