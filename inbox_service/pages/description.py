"""Our OpenAPI document: what Litestar reads from the types, completed by what only routes know."""

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from desk.access.permissions import Permission
from inbox_service.api.taken import TAKES, TAKES_FILES
from inbox_service.auth.guard import BOTS

METHODS = ("get", "post", "put", "patch", "delete")

OF_VISITORS = "/api/v1/widget"

TOKENS = {
    "user": "The api_access_token of a person; their session's cookie does as well",
    "bot": "The api_access_token of an agent bot",
    "platform": "The api_access_token of a platform app",
}
"""Who may stand behind the one header."""

TAGS = {
    "Contacts": "Who writes to the account: contacts, their addresses, labels and notes.",
    "Conversations": "Conversations: their lists, their state, and whose they are.",
    "Help Centre": "The help centre: portals, categories and articles.",
    "Inboxes": "Inboxes of every kind, and who works in them.",
    "Integrations": "The apps an account works with.",
    "Public API": "What a customer's own client asks of an API inbox.",
    "Reports": "Reports: our own numbers, and Chatwoot's by its definitions.",
    "Watching": "How the service is.",
    "Website chat": "What the widget on a website asks.",
}
"""What is said of tags whose operations lie in several modules."""

_VISITOR = {
    "type": "apiKey",
    "in": "header",
    "name": "X-Auth-Token",
    "description": "The token that a visitor was given by widget-config",
}

_SCHEMA = "#/components/schemas/{name}"

_REFUSALS = {
    "400": "The body is not JSON",
    "401": "Nobody is signed in, or the token opens nothing",
    "403": "This needs a permission that the asker does not have",
    "404": "There is no such thing here, or it is somebody else's",
    "409": "Somebody else was faster, or the state does not allow it",
    "413": "The request is larger than is read",
    "422": "A field is malformed; `field` names it",
    "429": "Too many requests; Retry-After says when to come again",
    "502": "A service outside does not answer as it should",
    "503": "A part of the desk does not answer; Retry-After says when to come again",
}

_ERROR = {
    "type": "object",
    "description": "What a client is told when the answer is no.",
    "required": ["error", "message", "request_id"],
    "properties": {
        "error": {"type": "string", "description": "A word for programs"},
        "message": {"type": "string", "description": "A sentence for people"},
        "request_id": {"type": "string", "description": "What our log calls the request"},
        "field": {"type": "string", "description": "The part of the request that was wrong"},
        "attributes": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The same, where Chatwoot's clients look for it",
        },
    },
}


def document_of(app: Litestar) -> dict[str, Any]:
    """The whole document."""
    document: dict[str, Any] = app.openapi_schema.to_schema()
    parts = document["components"]
    parts["schemas"]["Error"] = _ERROR
    parts["responses"] = {status: _refusal(says) for status, says in _REFUSALS.items()}
    parts["securitySchemes"] = {
        name: {"type": "apiKey", "in": "header", "name": "api_access_token", "description": says}
        for name, says in TOKENS.items()
    } | {"visitor": _VISITOR}
    document["security"] = [{"user": []}]
    parts["schemas"] |= _read_by_routes(app)
    tags: dict[str, str] = {}
    for path, method, handler in _handlers(app):
        operation = document["paths"].get(path, {}).get(method)
        if operation is not None:
            _complete(operation, method, handler)
            if path.startswith(OF_VISITORS):
                _let_visitors_in(operation)
            for tag in operation["tags"]:
                tags.setdefault(tag, TAGS.get(tag) or _module_says(handler))
    document["tags"] = [{"name": tag, "description": says} for tag, says in sorted(tags.items())]
    return document


def needs_of(handler: HTTPRouteHandler) -> str:
    """In words, what whoever asks must have."""
    permission = handler.opt.get("needs")
    if isinstance(permission, Permission):
        return permission.value
    for mark, words in (("signed_in", "signed in"), ("platform", "platform app")):
        if handler.opt.get(mark):
            return words
    return "nothing"


def _complete(operation: dict[str, Any], method: str, handler: HTTPRouteHandler) -> None:
    operation["summary"] = (operation.get("description") or "").partition(".")[0]
    operation.setdefault("tags", ["Others"])
    operation["x-permission"] = needs_of(handler)
    operation["security"] = _security(handler)
    if TAKES in handler.opt:
        operation["requestBody"] = _body(handler)
    # Litestar's own idea of a 400 is none of ours.
    good = {status: said for status, said in operation["responses"].items() if status != "400"}
    operation["responses"] = good | {
        status: {"$ref": f"#/components/responses/{status}"}
        for status in _possible(operation, method, handler)
        if status not in good
    }


def _security(handler: HTTPRouteHandler) -> list[dict[str, list[str]]]:
    if handler.opt.get("public"):
        return [{}]
    if handler.opt.get("platform"):
        return [{"platform": []}]
    return [{"user": []}, {"bot": []}] if handler.opt.get(BOTS) else [{"user": []}]


def _possible(operation: dict[str, Any], method: str, handler: HTTPRouteHandler) -> list[str]:
    body, parameters = "requestBody" in operation, operation.get("parameters") or []
    at_a_path = any(one["in"] == "path" for one in parameters)
    closed = not handler.opt.get("public")
    return [
        *(["400", "413"] if body else []),
        *(["401", "404"] if closed or at_a_path or method != "get" else []),
        *(["403"] if "needs" in handler.opt else []),
        *(["409", "502"] if method != "get" else []),
        *(["422"] if body or parameters else []),
        "429",
        "503",
    ]


def _let_visitors_in(operation: dict[str, Any]) -> None:
    operation["security"] = [{"visitor": []}]
    operation["parameters"] = [
        *(operation.get("parameters") or []),
        {
            "name": "website_token",
            "in": "query",
            "required": True,
            "schema": {"type": "string"},
            "description": "The website inbox's",
        },
    ]
    for status in ("401", "403", "404", "422"):
        operation["responses"].setdefault(status, {"$ref": f"#/components/responses/{status}"})


def _body(handler: HTTPRouteHandler) -> dict[str, Any]:
    (reference,), _ = msgspec.json.schema_components([handler.opt[TAKES]], ref_template=_SCHEMA)
    form: dict[str, Any] = {"schema": reference}
    content = {"application/json": {"schema": reference}}
    if handler.opt.get(TAKES_FILES):
        file = {"type": "string", "format": "binary"}
        files = {"attachments[]": {"type": "array", "items": file}}
        form = {"schema": {"allOf": [reference, {"type": "object", "properties": files}]}}
        content["multipart/form-data"] = form
    return {"required": True, "content": content}


def _read_by_routes(app: Litestar) -> dict[str, Any]:
    shapes = {handler.opt[TAKES] for _, _, handler in _handlers(app) if TAKES in handler.opt}
    return msgspec.json.schema_components(shapes, ref_template=_SCHEMA)[1]


def _refusal(says: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _handlers(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods:
                    yield route.path_format, method.lower(), handler


def _module_says(handler: HTTPRouteHandler) -> str:
    module = sys.modules[handler.fn.__module__]
    return (inspect.getdoc(module) or "").splitlines()[0]
