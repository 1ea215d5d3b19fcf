"""Pages from templates, each with a policy that lets only our own files run."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from desk.version import VERSION
from inbox_service.pages.assets import UI

_OWN_TEMPLATES = Path(__file__).parent / "templates"


class Templates:
    """Renders with everything escaped that is not marked as safe."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader([UI / "templates", _OWN_TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=True,
        )

    def page(self, template: str, values: Mapping[str, Any], *, status: int = 200) -> Response[str]:
        """A page with its headers."""
        nonce = secrets.token_urlsafe(16)
        return Response(
            self.text(template, values, nonce=nonce),
            status_code=status,
            media_type=MediaType.HTML,
            headers={"Content-Security-Policy": policy(nonce), "X-Frame-Options": "DENY"},
        )

    def text(self, template: str, values: Mapping[str, Any], *, nonce: str = "") -> str:
        """A page without headers."""
        given = {"version": VERSION, "nonce": nonce, **values}
        return self._environment.get_template(template).render(given)


def policy(nonce: str) -> str:
    """Scripts, styles, pictures and connections of our own; nothing may frame us."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
