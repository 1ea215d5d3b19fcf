"""Sending through the Graph API: one request a part, each marked with our own message id."""

import secrets as random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec

from ingest.channel_contract import (
    Config,
    OutgoingFile,
    OutgoingMessage,
    Rejected,
    Secrets,
    SendResult,
    TryAgain,
    Unknown,
)
from ingest.channels.whatsapp.addresses import is_phone, marked
from ingest.channels.whatsapp.answers import accepted_id, media_id
from ingest.channels.whatsapp.parts import Part, media_kind, parts_of
from ingest.channels.whatsapp.templates import as_template

GRAPH_API = "https://graph.facebook.com/v23.0"

NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


async def send(
    http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
) -> SendResult:
    """Send what an earlier try has not yet sent; the ids of all parts, in order."""
    graph = Graph(http, secrets, config)
    parts = parts_of(outgoing) if outgoing.template is None else (Part(),)
    sent = list(outgoing.already_sent)
    if not parts:
        raise Rejected("the message has neither text nor files")
    for index in range(len(sent), len(parts)):
        try:
            body = _envelope(outgoing, quotes=index == 0)
            body |= await _content(graph, parts[index], outgoing.template)
            sent.append(await graph.post_message(body))
        except (Rejected, TryAgain, Unknown) as failure:
            failure.sent = tuple(sent)
            raise
    return SendResult(source_id=sent[0], more=tuple(sent[1:]))


class Graph:
    """The Graph API as one phone number with its access token sees it."""

    def __init__(self, http: httpx.AsyncClient, secrets: Secrets, config: Config) -> None:
        token, number = secrets.get("access_token"), config.get("phone_number_id")
        if not token or not number:
            raise Rejected("the inbox lacks its access_token or its phone_number_id")
        self._http = http
        self.base = str(config.get("api_base_url") or GRAPH_API).rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"}
        self._number = number

    async def post_message(self, body: dict[str, Any]) -> str:
        """Hand over one message; its id."""
        try:
            answer = await self._http.post(
                f"{self.base}/{self._number}/messages",
                content=msgspec.json.encode(body),
                headers=self.headers | {"Content-Type": "application/json"},
            )
        except NEVER_ARRIVED as error:
            raise TryAgain(f"WhatsApp cannot be reached: {type(error).__name__}") from error
        except httpx.TransportError as error:
            raise Unknown(f"WhatsApp did not answer: {type(error).__name__}") from error
        return accepted_id(answer)

    async def upload(self, file: OutgoingFile) -> str:
        """Hand over a file's bytes; the id by which a message can name it."""
        boundary = random.token_hex(16)
        try:
            answer = await self._http.post(
                f"{self.base}/{self._number}/media",
                content=_multipart(file, boundary),
                headers=self.headers
                | {"Content-Type": f"multipart/form-data; boundary={boundary}"},
            )
        except httpx.TransportError as error:
            # An upload nobody refers to does no harm, so it may always be repeated.
            raise TryAgain(f"the file could not be uploaded: {type(error).__name__}") from error
        return media_id(answer)


def _envelope(outgoing: OutgoingMessage, *, quotes: bool) -> dict[str, Any]:
    to = {"to": outgoing.to.lstrip("+")} if is_phone(outgoing.to) else {"recipient": outgoing.to}
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **to,
        "biz_opaque_callback_data": marked(outgoing.message_id),
    }
    if quotes and outgoing.in_reply_to:
        body["context"] = {"message_id": outgoing.in_reply_to}
    return body


async def _content(
    graph: Graph, part: Part, template: dict[str, Any] | None = None
) -> dict[str, Any]:
    if template is not None:
        return {"type": "template", "template": as_template(template)}
    if part.file is None:
        return {"type": "text", "text": {"body": part.text}}
    kind = media_kind(part.file)
    media: dict[str, Any]
    if part.file.open is not None:
        media = {"id": await graph.upload(part.file)}
    elif part.file.link is not None:
        media = {"link": part.file.link}
    else:
        raise Rejected(f"the file {part.file.name!r} has neither bytes nor a link")
    if part.text:
        media["caption"] = part.text
    if kind == "document":
        media["filename"] = part.file.name
    return {"type": kind, kind: media}


async def _multipart(file: OutgoingFile, boundary: str) -> AsyncIterator[bytes]:
    if file.open is None:
        raise Rejected(f"the file {file.name!r} has no bytes")
    mime_type = file.mime_type.replace("\r", "").replace("\n", "")
    for name, value in (("messaging_product", "whatsapp"), ("type", mime_type)):
        yield (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        ).encode()
    quoted = file.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    yield (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
        f"Content-Type: {mime_type}\r\n\r\n"
    ).encode()
    async for chunk in file.open():
        yield chunk
    yield f"\r\n--{boundary}--\r\n".encode()
