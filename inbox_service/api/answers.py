"""Answers whose JSON Postgres has built, and how the OpenAPI document describes them."""

from typing import Any

from litestar import Response
from litestar.enums import MediaType
from litestar.openapi.datastructures import ResponseSpec
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send
from typing_extensions import override

_JSON = (b"content-type", MediaType.JSON.value.encode())


class Ready(Response[bytes]):
    """An answer of finished bytes: there is nothing to be encoded, merged or chosen."""

    @override
    def to_asgi_response(self, *given: Any, **more: Any) -> ASGIResponse:
        if more.get("headers") or more.get("cookies") or self.headers or self.cookies:
            return super().to_asgi_response(*given, **more)
        return _Finished(self.content, self.status_code or 200)


class _Finished(ASGIResponse):
    """Two messages and no more."""

    def __init__(self, body: bytes, status: int) -> None:
        self.body = body
        self.status_code = status

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [_JSON, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


def raw(body: bytes | str, status: int = 200) -> Ready:
    """JSON that is already bytes."""
    content = body.encode() if isinstance(body, str) else body
    return Ready(content, status_code=status, media_type=MediaType.JSON)


def answers_file(media_type: str, status: int = 200) -> dict[int, ResponseSpec]:
    """What an answer holds that is no JSON."""
    return {
        status: ResponseSpec(
            data_container=bytes,
            description="As described",
            generate_examples=False,
            media_type=media_type,
        )
    }


def answers(shape: Any, status: int = 200) -> dict[int, ResponseSpec]:
    """What such an answer holds."""
    return {
        status: ResponseSpec(
            data_container=shape, description="As described", generate_examples=False
        )
    }
