"""Answers whose JSON Postgres has built, and how the OpenAPI document describes them."""

from typing import Any

from litestar import Response
from litestar.enums import MediaType
from litestar.openapi.datastructures import ResponseSpec


def raw(body: bytes | str, status: int = 200) -> Response[bytes]:
    """JSON that is already bytes."""
    content = body.encode() if isinstance(body, str) else body
    return Response(content, status_code=status, media_type=MediaType.JSON)


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
