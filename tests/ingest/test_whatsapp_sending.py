"""How WhatsApp's requests look, and what its answers come to."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from desk.words.conversation import FileType
from desk.words.ids import MessageId
from ingest.channel_contract import (
    OutgoingFile,
    OutgoingMessage,
    Rejected,
    SendResult,
    TryAgain,
    Unknown,
)
from ingest.channels.whatsapp.adapter import WhatsApp
from ingest.channels.whatsapp.parts import parts_of
from tests.ingest.inboxes import WhatsAppInbox

INBOX = WhatsAppInbox("+15550783881", "106540352242922", api_base_url="https://graph.example/v1")


class Graph:
    """Answers what it is told, in order, and keeps the requests."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        if not self.answers:
            return accepted(f"wamid.{len(self.requests)}")
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(r.content) for r in self.requests if r.url.path.endswith("/messages")]

    async def send(self, message: OutgoingMessage) -> SendResult:
        async with httpx.AsyncClient(transport=httpx.MockTransport(self.answer)) as http:
            return await WhatsApp().send(http, message, INBOX.secrets, INBOX.config)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self(request)


def accepted(source_id: str) -> httpx.Response:
    return httpx.Response(200, json={"messages": [{"id": source_id}]})


def refused(code: int, status: int = 400, message: str = "Title", **more: Any) -> httpx.Response:
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, **more}
    return httpx.Response(status, json={"error": error})


def message(content: str | None = "Hello", **more: Any) -> OutgoingMessage:
    return OutgoingMessage(MessageId(4711), "16505551234", content, **more)


def file(mime_type: str = "application/pdf", name: str = "a.pdf", **more: Any) -> OutgoingFile:
    async def read() -> AsyncIterator[bytes]:
        yield b"file"
        yield b" content"

    return OutgoingFile(FileType.FILE, name, mime_type, **(more or {"open": read}))


async def test_a_text_goes_to_the_numbers_messages_with_our_mark() -> None:
    graph = Graph(accepted("wamid.A"))
    assert await graph.send(message()) == SendResult("wamid.A")
    (request,) = graph.requests
    assert str(request.url) == "https://graph.example/v1/106540352242922/messages"
    assert request.headers["Authorization"] == "Bearer access-token"
    assert graph.bodies == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "16505551234",
            "biz_opaque_callback_data": "streamdesk:4711",
            "type": "text",
            "text": {"body": "Hello"},
        }
    ]


async def test_a_quoted_reply_names_the_message_it_quotes() -> None:
    graph = Graph()
    await graph.send(message(in_reply_to="wamid.Q"))
    assert graph.bodies[0]["context"] == {"message_id": "wamid.Q"}


async def test_a_customer_without_a_number_is_addressed_by_user_id() -> None:
    graph = Graph()
    await graph.send(OutgoingMessage(MessageId(1), "US.13491208655302741918", "Hello"))
    assert graph.bodies[0]["recipient"] == "US.13491208655302741918"
    assert "to" not in graph.bodies[0]


async def test_a_file_is_uploaded_and_named_with_its_caption() -> None:
    graph = Graph(httpx.Response(200, json={"id": "99"}))
    await graph.send(message("Your pass", files=(file(),)))
    upload = graph.requests[0]
    assert upload.url.path == "/v1/106540352242922/media"
    assert b'name="messaging_product"\r\n\r\nwhatsapp' in upload.content
    assert (
        b'filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\nfile content' in upload.content
    )
    assert graph.bodies[0]["document"] == {"id": "99", "caption": "Your pass", "filename": "a.pdf"}


async def test_a_file_with_only_a_link_is_sent_by_link() -> None:
    graph = Graph()
    await graph.send(message(None, files=(file("image/png", "a.png", link="https://f/a.png"),)))
    assert graph.bodies[0]["type"] == "image"
    assert graph.bodies[0]["image"] == {"link": "https://f/a.png"}


@pytest.mark.parametrize(
    ("mime_type", "kind"),
    [
        ("image/jpeg", "image"),
        ("image/gif", "document"),
        ("video/mp4", "video"),
        ("audio/ogg; codecs=opus", "audio"),
        ("application/zip", "document"),
    ],
)
async def test_a_file_is_sent_as_what_whatsapp_can_show(mime_type: str, kind: str) -> None:
    graph = Graph()
    await graph.send(message(None, files=(file(mime_type, "a", link="https://f/a"),)))
    assert graph.bodies[0]["type"] == kind


async def test_several_files_are_several_messages_and_all_ids_are_known() -> None:
    graph = Graph()
    files = tuple(file("image/png", f"{n}.png", link=f"https://f/{n}") for n in range(3))
    result = await graph.send(message("All three", files=files, in_reply_to="wamid.Q"))
    assert result == SendResult("wamid.1", ("wamid.2", "wamid.3"))
    assert [body["image"].get("caption") for body in graph.bodies] == ["All three", None, None]
    assert [("context" in body) for body in graph.bodies] == [True, False, False]


async def test_words_that_fit_no_caption_go_before_the_file() -> None:
    graph = Graph()
    await graph.send(message("x" * 1025, files=(file("image/png", "a", link="https://f/a"),)))
    assert [body["type"] for body in graph.bodies] == ["text", "image"]
    await graph.send(message("listen", files=(file("audio/mpeg", "a", link="https://f/a"),)))
    assert [body["type"] for body in graph.bodies[2:]] == ["text", "audio"]


def test_a_long_text_is_cut_between_lines_or_words() -> None:
    text = "\n".join(["word " * 100] * 30)
    pieces = [part.text or "" for part in parts_of(message(text))]
    assert all(len(piece) <= 4096 for piece in pieces)
    assert "".join(pieces).split() == text.split()
    assert [len(part.text or "") for part in parts_of(message("x" * 5000))] == [4096, 904]


async def test_a_second_try_sends_only_what_the_first_did_not() -> None:
    files = tuple(file("image/png", f"{n}", link=f"https://f/{n}") for n in range(3))
    graph = Graph(accepted("wamid.A"), refused(130429, 429))
    with pytest.raises(TryAgain) as interrupted:
        await graph.send(message(None, files=files))
    assert interrupted.value.sent == ("wamid.A",)
    again = Graph(accepted("wamid.B"), accepted("wamid.C"))
    result = await again.send(message(None, files=files, already_sent=interrupted.value.sent))
    assert result == SendResult("wamid.A", ("wamid.B", "wamid.C"))
    assert [body["image"]["link"] for body in again.bodies] == ["https://f/1", "https://f/2"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refused(131047, message="Re-engagement message"), "131047: Re-engagement message"),
        (refused(131026, message="Message undeliverable"), "131026: Message undeliverable"),
        (
            refused(100, message="Invalid parameter", error_data={"details": "text is required"}),
            "100: Invalid parameter (text is required)",
        ),
        (refused(190, 401, "Error validating access token"), "190: Error validating access token"),
        (refused(999999, message="Something new"), "999999: Something new"),
        (httpx.Response(404, text="not here"), "WhatsApp answered 404"),
    ],
)
async def test_a_final_refusal_carries_its_code_and_title(
    answer: httpx.Response, reason: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        await Graph(answer).send(message())
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "answer",
    [
        *(refused(code) for code in (2, 4, 80007, 130429, 131000, 131016, 131048, 131056)),
        refused(12345, 500),
        httpx.Response(429, text="slow down"),
        httpx.Response(503, text="maintenance"),
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("busy"),
    ],
)
async def test_what_passes_by_itself_may_be_tried_again(
    answer: httpx.Response | Exception,
) -> None:
    with pytest.raises(TryAgain):
        await Graph(answer).send(message())


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ReadTimeout("no answer"),
        httpx.WriteTimeout("stuck"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("closed"),
        httpx.Response(502, text="<html>bad gateway"),
        httpx.Response(504, text=""),
        httpx.Response(200, text="<html>welcome"),
        httpx.Response(200, json={"messages": []}),
    ],
)
async def test_what_may_have_arrived_is_unknown(answer: httpx.Response | Exception) -> None:
    with pytest.raises(Unknown):
        await Graph(answer).send(message())


async def test_a_failed_upload_may_always_be_tried_again() -> None:
    for answer in (httpx.ReadTimeout("no answer"), httpx.Response(502, text="")):
        with pytest.raises(TryAgain):
            await Graph(answer).send(message(files=(file(),)))


async def test_the_wait_a_provider_asks_for_is_handed_on() -> None:
    answer = refused(130429, 429)
    answer.headers["Retry-After"] = "17"
    with pytest.raises(TryAgain) as later:
        await Graph(answer).send(message())
    assert later.value.after == timedelta(seconds=17)
    with pytest.raises(TryAgain) as later:
        await Graph(refused(131056)).send(message())
    assert later.value.after == timedelta(seconds=6)
