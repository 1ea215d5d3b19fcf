"""`/graph/v23.0/…`: the part of the Graph API that a support desk uses."""

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, delete, get, post
from litestar.datastructures import State, UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from ingest.simulators.whatsapp.graph_errors import (
    INVALID_PARAMETER,
    GraphRefusal,
    no_such_object,
)
from ingest.simulators.whatsapp.ledger import Media, Number
from ingest.simulators.whatsapp.platform import WhatsAppPlatform

MAX_UPLOAD = 105 * 1024 * 1024

GraphRequest = Request[Any, Any, State]


def _numbers(request: GraphRequest, platform: WhatsAppPlatform) -> list[Number]:
    return platform.owner_of(
        request.headers.get("authorization", ""), request.query_params.get("access_token")
    )


@post("/{version:str}/{phone_number_id:str}/messages", status_code=200)
async def send_message(
    request: GraphRequest,
    phone_number_id: FromPath[str],
    platform: NamedDependency[WhatsAppPlatform],
) -> Response[Any]:
    """Take a message of the desk, or mark a customer's as read."""
    number = platform.number_for(phone_number_id, _numbers(request, platform))
    try:
        message = msgspec.json.decode(await request.body())
    except (msgspec.MsgspecError, ValueError):
        message = None
    if not isinstance(message, dict):
        raise GraphRefusal(INVALID_PARAMETER.with_details("The body must be a JSON object."))
    if message.get("status") == "read":
        return Response({"success": True})
    answer = platform.take_message(number, message)
    if answer.fault is not None and answer.fault.kind == "lose_answer":
        await platform.never_answer()
    if answer.fault is not None and answer.fault.kind == "bad_gateway":
        return Response("<html>Bad Gateway</html>", status_code=502, media_type=MediaType.HTML)
    return Response(answer.body)


@post(
    "/{version:str}/{phone_number_id:str}/media", status_code=200, request_max_body_size=MAX_UPLOAD
)
async def upload_media(
    request: GraphRequest,
    phone_number_id: FromPath[str],
    platform: NamedDependency[WhatsAppPlatform],
) -> dict[str, str]:
    """Take a file that a message will name."""
    platform.number_for(phone_number_id, _numbers(request, platform))
    form = await request.form()
    file = form.get("file")
    if form.get("messaging_product") != "whatsapp" or not isinstance(file, UploadFile):
        raise GraphRefusal(INVALID_PARAMETER.with_details("Give messaging_product, type and file."))
    media = platform.take_media(file.content_type, await file.read())
    return {"id": media.id}


@get("/{version:str}/{object_id:str}")
async def show_object(
    request: GraphRequest,
    version: FromPath[str],
    object_id: FromPath[str],
    platform: NamedDependency[WhatsAppPlatform],
) -> dict[str, Any]:
    """A phone number, or where a file lies."""
    numbers = _numbers(request, platform)
    for number in numbers:
        if number.phone_number_id == object_id:
            return {
                "id": number.phone_number_id,
                "display_phone_number": number.phone_number,
                "verified_name": "Streamdesk",
                "quality_rating": "GREEN",
            }
    media = _media(platform, object_id)
    base = str(request.base_url).rstrip("/")
    return {
        "messaging_product": "whatsapp",
        "url": f"{base}/graph/{version}/{media.id}/content",
        "mime_type": media.mime_type,
        "sha256": media.sha256,
        "file_size": media.size,
        "id": media.id,
    }


@get("/{version:str}/{object_id:str}/content")
async def download_media(
    request: GraphRequest, object_id: FromPath[str], platform: NamedDependency[WhatsAppPlatform]
) -> Response[bytes]:
    """The file itself; the real one lies on another host and wants the same token."""
    _numbers(request, platform)
    media = _media(platform, object_id)
    return Response(platform.ledger.media_content(media), media_type=media.mime_type)


@delete("/{version:str}/{object_id:str}", status_code=200)
async def delete_media(
    request: GraphRequest, object_id: FromPath[str], platform: NamedDependency[WhatsAppPlatform]
) -> dict[str, bool]:
    """Forget a file."""
    _numbers(request, platform)
    platform.ledger.remove_media(_media(platform, object_id))
    return {"success": True}


def _media(platform: WhatsAppPlatform, object_id: str) -> Media:
    media = platform.ledger.media(object_id)
    if media is None:
        raise GraphRefusal(no_such_object(object_id))
    return media


def _refused(_: GraphRequest, refusal: GraphRefusal) -> Response[dict[str, Any]]:
    return Response(refusal.problem.body(), status_code=refusal.problem.status)


def graph_router() -> Router:
    """The routes under `/graph`."""
    return Router(
        "/graph",
        route_handlers=[send_message, upload_media, show_object, download_media, delete_media],
        exception_handlers={GraphRefusal: _refused},
    )
