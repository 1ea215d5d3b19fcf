"""Bad input is refused by its field and never becomes a fault of ours, whatever route it goes to."""

import re
from typing import Any, get_args

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.handlers import BaseRouteHandler

from desk.settings import Settings
from desk.store.desk import Desk
from inbox_service.app import build_app
from inbox_service.edge import Edge
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf

HERE = "/conversations/1"
MESSAGES = f"{HERE}/messages"
HUGE = 2**63
DEEP = "[" * 40 + "]" * 40
SELECT = {"content": "Which?", "content_type": "input_select"}
TEMPLATE = {"name": "gate_change", "language": "en_US"}

REFUSED: list[tuple[str, str, Any, str | None]] = [
    # what no route has to think about
    ("POST", MESSAGES, {"content": "a\0b"}, "content"),
    ("POST", MESSAGES, b'{"content": "\\ud800"}', "content"),
    ("POST", MESSAGES, b'{"content": "Hi", "content_attributes": {"a\\u0000": 1}}', None),
    ("POST", MESSAGES, b'{"content": "Hi", "x": ' + DEEP.encode() + b"}", None),
    ("POST", MESSAGES, b'{"content": "Hi", "x": ' + b"[" * 100_000, "x"),
    ("POST", MESSAGES, {"content": "Hi", "items": [1] * 10_001}, "items"),
    ("POST", f"{HERE}/assignments", {"assignee_id": HUGE}, "assignee_id"),
    ("POST", f"{HERE}/assignments", b'{"team_id": 1e400}', "team_id"),
    ("POST", f"{HERE}/assignments", b'{"team_id": ' + b"9" * 5000 + b"}", "team_id"),
    ("POST", f"{HERE}/labels", {"labels": [["vip"]]}, "labels[0]"),
    ("POST", f"{HERE}/labels", {"labels": "vip"}, "labels"),
    ("PATCH", HERE, ["priority"], None),
    ("PATCH", HERE, "high", None),
    ("PATCH", HERE, b"", None),
    # words
    ("PATCH", HERE, {"priority": "soon"}, "priority"),
    ("POST", f"{HERE}/toggle_status", {"status": "closed"}, "status"),
    ("POST", f"{HERE}/toggle_status", {"status": "snoozed", "snoozed_until": 1}, "snoozed_until"),
    (
        "POST",
        f"{HERE}/toggle_status",
        {"status": "snoozed", "snoozed_until": 10**17},
        "snoozed_until",
    ),
    (
        "POST",
        f"{HERE}/toggle_status",
        {"status": "snoozed", "snoozed_until": "tomorrow"},
        "snoozed_until",
    ),
    ("POST", f"{HERE}/toggle_typing_status", {"typing_status": "maybe"}, "typing_status"),
    # attributes
    ("POST", f"{HERE}/custom_attributes", {"custom_attributes": [1]}, "custom_attributes"),
    (
        "POST",
        f"{HERE}/custom_attributes",
        {"custom_attributes": {"a;drop": 1}},
        "custom_attributes.a;drop",
    ),
    (
        "POST",
        f"{HERE}/custom_attributes",
        {"custom_attributes": {"note": "x" * 1501}},
        "custom_attributes.note",
    ),
    (
        "POST",
        f"{HERE}/custom_attributes",
        {"custom_attributes": {str(n): n for n in range(2000)}},
        "custom_attributes",
    ),
    # messages
    ("POST", MESSAGES, {"content": "x" * 150_001}, "content"),
    ("POST", MESSAGES, {"content": {"text": "Hi"}}, "content"),
    ("POST", MESSAGES, {"content": "Hi", "message_type": "activity"}, "message_type"),
    ("POST", MESSAGES, {"content": "Hi", "content_type": "input_csat"}, "content_type"),
    (
        "POST",
        MESSAGES,
        {"content": "Hi", "content_attributes": {"automation_rule_id": 1}},
        "content_attributes.automation_rule_id",
    ),
    (
        "POST",
        MESSAGES,
        {"content": "Hi", "content_attributes": {"deleted": True}},
        "content_attributes.deleted",
    ),
    ("POST", MESSAGES, {"content": "Hi", "cc_emails": "a@b.example, nobody"}, "cc_emails"),
    ("POST", MESSAGES, {"content": "Hi", "bcc_emails": ["a@b.example\nTo: c"]}, "bcc_emails"),
    ("POST", MESSAGES, SELECT, "content_attributes.items"),
    (
        "POST",
        MESSAGES,
        SELECT | {"content_attributes": {"items": [{"title": "A", "value": "a"}, {"title": "B"}]}},
        "content_attributes.items[1]",
    ),
    (
        "POST",
        MESSAGES,
        SELECT
        | {
            "content_type": "article",
            "content_attributes": {"items": [{"title": "A", "link": "javascript:alert(1)"}]},
        },
        "content_attributes.items[0].link",
    ),
    # templates
    ("POST", MESSAGES, {"content": "Hi", "template_params": "x"}, "template_params"),
    ("POST", MESSAGES, {"content": "Hi", "template_params": {"language": "en"}}, "template_params"),
    (
        "POST",
        MESSAGES,
        {"content": "Hi", "template_params": TEMPLATE | {"name": "Gate change"}},
        "template_params.name",
    ),
    (
        "POST",
        MESSAGES,
        {
            "content": "Hi",
            "template_params": TEMPLATE | {"processed_params": {"body": {"gate": ["B4"]}}},
        },
        "template_params.processed_params.body.gate",
    ),
    (
        "POST",
        MESSAGES,
        {
            "content": "Hi",
            "template_params": TEMPLATE
            | {"processed_params": {"header": {"media_url": "file:///etc/passwd"}}},
        },
        "template_params.processed_params.header.media_url",
    ),
    (
        "POST",
        MESSAGES,
        {"content": "Hi", "private": True, "template_params": TEMPLATE},
        "template_params",
    ),
    # lists
    ("GET", "/conversations?sort_by=name;drop", None, "sort_by"),
    ("GET", "/conversations?status=closed", None, "status"),
    ("GET", "/conversations?assignee_type=them", None, "assignee_type"),
    ("GET", "/conversations?inbox_id=mine", None, "inbox_id"),
    ("GET", "/conversations?q=a%00b", None, "q"),
    ("GET", "/conversations?before=AAAA", None, "before"),
    ("GET", f"{HERE}/attachments?page=0", None, "page"),
    ("GET", f"{MESSAGES}?before=first", None, "before"),
    # inboxes and hours
    ("PATCH", "/inboxes/{inbox}", {"timezone": "Mars/Olympus"}, "timezone"),
    (
        "PATCH",
        "/inboxes/{inbox}",
        {"working_hours": [{"day_of_week": 7}]},
        "working_hours[0].day_of_week",
    ),
    (
        "PATCH",
        "/inboxes/{inbox}",
        {"working_hours": [{"day_of_week": 1, "open_hour": 25, "close_hour": 30}]},
        "working_hours[0].open_hour",
    ),
    (
        "PATCH",
        "/inboxes/{inbox}",
        {"working_hours": [{"day_of_week": 1, "open_hour": 17, "close_hour": 9}]},
        "working_hours[0]",
    ),
    ("PATCH", "/inboxes/{inbox}", {"name": "x" * 256}, "name"),
    ("PATCH", "/inboxes/{inbox}", {"greeting_message": "x" * 10_001}, "greeting_message"),
    ("PATCH", "/inboxes/{inbox}", {"sender_name_type": "rude"}, "sender_name_type"),
]
"""Method, address, body, and the field that the answer names."""


@pytest.fixture
async def there(desk: Desk, halden: SmallDesk) -> SmallDesk:
    await receive(desk, halden, said("Hello"))
    return halden


async def test_what_makes_no_sense_is_refused_by_its_field(
    there: SmallDesk, maya: httpx.AsyncClient
) -> None:
    wrong = []
    for method, address, body, field in REFUSED:
        given: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
        if body is None:
            given = {}
        answer = await maya.request(
            method,
            address.replace("{inbox}", str(there.inbox)),
            headers={"content-type": "application/json"},
            **given,
        )
        said_no = answer.json()
        if (answer.status_code, said_no.get("field") if field else None) != (422, field):
            wrong.append((method, address, str(body)[:90], answer.status_code, said_no))
        elif not said_no["message"].endswith("."):
            wrong.append((method, address, "it says nothing", 422, said_no))
    assert not wrong, "\n".join(map(str, wrong))


async def test_what_is_no_json_is_told_apart(there: SmallDesk, maya: httpx.AsyncClient) -> None:
    for body in (b"{", b"\xff\xfe", b'{"content": NaN}', b'{"content": "\xff"}', b"content=Hi"):
        answer = await maya.post(
            MESSAGES, content=body, headers={"content-type": "application/json"}
        )
        assert (answer.status_code, answer.json()["error"]) == (400, "not_json"), body
    unbounded = {"content-type": "multipart/form-data"}
    assert (await maya.post(MESSAGES, content=b"x", headers=unbounded)).status_code == 422
    large = await maya.patch(HERE, json={"priority": "x" * 5_000_000})
    assert large.status_code == 413


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
PDF = b"%PDF-1.7\n" + b"x" * 50
ZIP = b"PK\x03\x04" + b"\0" * 50
ELF = b"\x7fELF\x02" + b"\0" * 50
MZ = b"MZ\x90\x00\x03" + b"\0" * 80
HTML = b"<!doctype html><script>alert(1)</script>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UPLOADS = [
    ("tag.png", PNG, "image/png", "image/png"),
    ("tag.jpg", PNG, "image/jpg", "image/png"),
    ("tag.png", HTML, "image/png", None),
    ("tag.svg", PNG, "image/svg+xml", None),
    ("bill.pdf", PDF, "application/pdf", "application/pdf"),
    ("bill.pdf", MZ, "application/pdf", None),
    ("bill.docx", ZIP, DOCX, DOCX),
    ("bill.docx", PDF, DOCX, None),
    ("list.csv", b"a,b\n1,2\n", "text/csv", "text/csv"),
    ("list.csv", ELF, "text/csv", None),
    ("page.html", HTML, "text/html", "text/html"),
    ("say.ogg", b"OggS" + b"\0" * 50, "audio/ogg", "audio/ogg"),
    ("say.ogg", HTML, "audio/ogg", None),
    ("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 50, "video/mp4", "video/mp4"),
    ("run.exe", MZ, "application/octet-stream", None),
    ("run", ELF, "", None),
    ("run.sh", b"#!/bin/sh\nrm -rf /", "text/plain", None),
    ("tag.png", PNG, "application/octet-stream", "image/png"),
    ("tag.png", HTML, "application/octet-stream", "application/octet-stream"),
    ("data.bin", b"\1\2\3", "application/octet-stream", "application/octet-stream"),
]


async def test_files_are_what_they_are_said_to_be(
    there: SmallDesk, maya: httpx.AsyncClient
) -> None:
    for name, content, declared, kept in UPLOADS:
        answer = await maya.post(MESSAGES, files=[("attachments[]", (name, content, declared))])
        seen = (name, declared, answer.status_code, answer.text)
        if kept is None:
            assert (answer.status_code, answer.json()["field"]) == (422, "attachments"), seen
        else:
            assert answer.status_code == 200, seen
            (file,) = answer.json()["attachments"]
            assert file["content_type"] == kept, seen
            down = await maya.get(f"/attachments/{file['id']}")
            shown = kept.startswith(("image/", "audio/", "video/"))
            assert down.headers["content-disposition"].startswith(
                "inline" if shown else "attachment"
            ), seen
            assert down.headers["x-content-type-options"] == "nosniff"


async def test_a_template_goes_to_whatsapp_and_nowhere_else(
    desk: Desk, there: SmallDesk, maya: httpx.AsyncClient
) -> None:
    given = {
        "content": "Your gate is B4",
        "template_params": TEMPLATE
        | {"category": "UTILITY", "processed_params": {"body": {"1": "B4"}}},
    }
    sent = await maya.post(MESSAGES, json=given)
    assert sent.status_code == 200, sent.text
    kept = sent.json()["additional_attributes"]["template_params"]
    assert kept["processed_params"] == {"body": {"1": "B4"}}
    made = await maya.post("/inboxes", json={"name": "Program", "channel": {"type": "api"}})
    contact = (await maya.post("/contacts", json={"name": "Amara"})).json()["payload"]["contact"]
    elsewhere = await maya.post(
        "/conversations", json={"inbox_id": made.json()["id"], "contact_id": contact["id"]}
    )
    number = elsewhere.json()["id"]
    refused = await maya.post(f"/conversations/{number}/messages", json=given)
    assert (refused.status_code, refused.json()["field"]) == (422, "template_params")
    items = {"items": [{"title": "Aisle", "value": "a"}]}
    asked = await maya.post(
        f"/conversations/{number}/messages",
        json={"content": "Where?", "content_type": "input_select", "content_attributes": items},
    )
    assert asked.json()["content_type"] == "input_select"
    assert asked.json()["content_attributes"] == items


ALWAYS_FINE = {200, 201, 202, 204, 400, 401, 403, 404, 409, 413, 422, 429, 502, 503}
"""503: there is no lake here."""

EXTREMES: list[dict[str, Any]] = [
    {"text": "💥" * 3000, "whole": 2**62, "list": 3, "flag": True, "key": "a" * 300},
    {"text": "%_\\'\";--\u202e", "whole": -1, "list": 0, "flag": False, "key": ""},
]
"""What the fields of a body are filled with: of the right type and otherwise as odd as can be."""


def filled(kind: Any, odd: dict[str, Any]) -> Any:
    """A value of the type, made of odd things."""
    match kind:
        case msgspec.inspect.StructType(fields=fields):
            return {field.encode_name: filled(field.type, odd) for field in fields}
        case (
            msgspec.inspect.ListType(item_type=item)
            | msgspec.inspect.CollectionType(item_type=item)
        ):
            return [filled(item, odd)] * odd["list"]
        case msgspec.inspect.DictType():
            return {odd["key"]: odd["text"]}
        case msgspec.inspect.UnionType(types=types):
            known = [one for one in types if not isinstance(one, msgspec.inspect.NoneType)]
            return filled(known[0], odd)
        case msgspec.inspect.BoolType():
            return odd["flag"]
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            return odd["whole"]
        case msgspec.inspect.LiteralType(values=values):
            return values[0]
        case msgspec.inspect.EnumType(cls=cls):
            return next(iter(cls)).value
        case _:
            return odd["text"]


def body_of(handler: BaseRouteHandler) -> Any:
    """The type of the JSON body that a route takes."""
    wanted = handler.parsed_fn_signature.parameters.get("data")
    kinds = [] if wanted is None else [wanted.annotation, *get_args(wanted.annotation)]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return msgspec.inspect.type_info(kind)
    return None


async def test_no_route_breaks_on_extremes(
    desk: Desk, settings: Settings, northgate: SmallDesk, as_user: ClientOf
) -> None:
    edge = build_app(Desk.open(settings))
    assert isinstance(edge, Edge)
    assert isinstance(edge.inner, Litestar)
    at = northgate
    await receive(desk, at, said("Hello"))
    real = {"inbox_id": at.inbox, "team_id": at.team, "agent_id": at.agent}
    me = as_user(at, at.administrator)
    broken, walked = [], 0

    async def ask(method: str, path: str, **given: Any) -> None:
        nonlocal walked
        answer = await me.request(method, path, **given)
        walked += 1
        if answer.status_code not in ALWAYS_FINE:
            broken.append((method, path, str(given)[:60], answer.status_code))

    for route in edge.inner.routes:
        if not route.path.startswith("/api/v1/accounts/{account_id:int}/"):
            continue
        path = re.sub(
            r"\{(\w+):\w+\}",
            lambda found: str(real.get(found[1], 1)),
            route.path.removeprefix("/api/v1/accounts/{account_id:int}"),
        )
        for handler in getattr(route, "route_handlers", ()):
            kind = body_of(handler)
            for method in sorted(handler.http_methods & {"POST", "PATCH", "PUT"}):
                for odd in EXTREMES if kind is not None else ():
                    await ask(method, path, json=filled(kind, odd))
                if kind is not None:
                    fields = [field.encode_name for field in kind.fields]
                    await ask(method, path, json={name: {"": None} for name in fields})
            if "GET" in handler.http_methods:
                odd_query = dict.fromkeys(("page", "before", "after", "since", "q", "search"), "-1")
                await ask("GET", path, params=odd_query)
    assert not broken, "\n".join(map(str, broken))
    assert walked > 200
