"""Health, metrics, the OpenAPI document, and what the log says."""

import json
import re
from datetime import timedelta

import httpx
import msgspec
import structlog

from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore
from inbox_service.health import Health
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

PARTS = ["database", "redis", "broker", "streams", "lake", "storage"]


async def test_health_has_a_line_for_every_part(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.get("/health")
    assert answer.headers["content-type"].startswith("text/plain")
    assert [line.split()[0] for line in answer.text.splitlines()] == PARTS
    report = (await anybody.get("/health", headers={"accept": "application/json"})).json()
    well = {part["name"]: part["ok"] for part in report["parts"]}
    assert well == well | {"database": True, "redis": True, "broker": True, "storage": True}


async def test_what_is_down_is_named(desk: Desk, clock: FixedClock) -> None:
    broken = Desk.open(_with_nobody_at_home(desk), clock=clock, connections=1)
    try:
        report = await Health(broken, FileStore(desk.settings.storage.files_url)).look()
    finally:
        await broken.close()
    assert not report.ok
    down = {part.name for part in report.parts if not part.ok}
    assert {"redis", "broker"} <= down
    assert "database" not in down


async def test_a_stream_that_stands_still_is_named(
    desk: Desk, clock: FixedClock, halden: SmallDesk
) -> None:
    async with desk.transaction_across_accounts(
        reason="what other tests left is not meant"
    ) as wide:
        await wide.execute("update inbound set done_at = now() where done_at is null")
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute(
            """insert into inbound (account_id, inbox_id, channel, body, received_at)
               values (%s, %s, 'whatsapp', '', %s)""",
            [halden.account_id, halden.inbox, clock.now() - timedelta(minutes=10)],
        )
    try:
        report = await Health(desk, FileStore(desk.settings.storage.files_url)).look()
        (streams,) = [part for part in report.parts if part.name == "streams"]
        assert not streams.ok
        assert "receive 600 s" in streams.note
    finally:
        async with desk.transaction(halden.account_id) as tx:
            await tx.execute("update inbound set done_at = now()")


async def test_metrics_count_requests_by_route_and_never_by_address(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await jonas.get("/conversations/1")
    await anybody.get("/no/such/address/zyxw")
    text = (await anybody.get("/metrics")).text
    route = "/api/v1/accounts/{account_id}/conversations/{conversation_id}"
    assert f'streamdesk_http_requests_total{{method="GET",route="{route}",status="200"}}' in text
    assert "zyxw" not in text
    for name in ("stream_lag_seconds", "jobs", "parked_messages", "sockets"):
        assert f"streamdesk_{name}" in text


async def test_the_document_names_every_operation_once_with_its_types(
    anybody: httpx.AsyncClient,
) -> None:
    document = (await anybody.get("/openapi.json")).json()
    ids = [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
    assert len(ids) == len(set(ids)) > 60
    assert {"conversationList", "newConversation", "assign-a-conversation"} <= set(ids)
    assert document["openapi"].startswith("3.1")
    names = set(document["components"]["schemas"])
    plain = {name.rpartition("_")[2].rpartition(".")[2] for name in names}
    assert {"Conversation", "Message", "AssignConversation", "FolderCounts"} <= plain


async def test_the_documentation_page_loads_nothing_from_elsewhere(
    anybody: httpx.AsyncClient,
) -> None:
    page = await anybody.get("/docs")
    assert page.status_code == 200
    assert "toggle_status" in page.text
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//|url\(|@import""", page.text)


async def test_the_api_answers_that_it_is_there(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.get("/api")
    assert (answer.status_code, "version" in answer.json()) == (200, True)


async def test_the_log_has_account_route_and_status_and_no_bodies_or_tokens(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    with structlog.testing.capture_logs() as lines:
        await jonas.post("/conversations/1/messages", json={"content": "zyxwquark"})
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["account"] == halden.account_id
    assert line["status"] == 200
    assert line["route"].endswith("/messages")
    text = json.dumps(lines, default=str)
    for private in ("zyxwquark", halden.tokens[halden.agent], halden.emails[halden.agent]):
        assert private not in text


def _with_nobody_at_home(desk: Desk) -> Settings:
    storage = msgspec.structs.replace(
        desk.settings.storage, redis_url="redis://127.0.0.1:1", kafka_url="127.0.0.1:1"
    )
    return msgspec.structs.replace(desk.settings, storage=storage)
