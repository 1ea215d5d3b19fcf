"""Our own OpenAPI document, and requests made from it that nobody thought of."""

import asyncio
import os
from collections.abc import Callable

import msgspec
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from desk.settings import Settings
from desk.store.desk import Desk
from inbox_service.app import build_app
from inbox_service.edge import Edge
from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.generated import generate
from tests.inbox_service.contract.reference import operations
from tests.inbox_service.contract.tables import TABLES

EXAMPLES = int(os.environ.get("STREAMDESK_EXAMPLES", "1"))
"""Requests an operation: few in the suite, many when somebody looks deeper."""


async def test_every_operation_is_described_in_full(driver: Driver) -> None:
    document = (await driver.http.get("/openapi.json")).json()
    poor: list[str] = []
    for method, path, operation in operations(document):
        name = operation.get("operationId")
        lacking = [
            what
            for what in ("operationId", "summary", "description", "tags", "x-permission")
            if not operation.get(what)
        ]
        statuses = set(operation["responses"])
        if not any(status.startswith(("2", "3")) for status in statuses):
            lacking.append("an answer")
        held = [
            content.get("schema")
            for status, answer in operation["responses"].items()
            if status.startswith("2")
            for content in answer.get("content", {}).values()
        ]
        if not all(held):
            lacking.append("an answer's type")
        if operation["security"] != [{}] and "401" not in statuses:
            lacking.append("401")
        if "requestBody" in operation and not {"400", "422"} <= statuses:
            lacking.append("400 and 422")
        if lacking:
            poor.append(f"{method.upper()} {path} ({name}): {', '.join(lacking)}")
    assert not poor, "\n".join(poor)
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_no_request_made_from_our_document_is_answered_otherwise(
    driver: Driver, record_property: Callable[[str, object], None]
) -> None:
    for row in (row for rows in TABLES.values() for row in rows if row.keep):
        await driver.faults_of(row)
    url = str(driver.http.base_url).rstrip("/")
    found = await asyncio.to_thread(generate, url, driver.ours, examples=EXAMPLES, seed=7)
    record_property("generated", f"{found.requests} requests: {dict(found.answers)}")
    assert found.answers[200] > found.requests / 5, found.answers
    faults = [f"{operation}\n{said}" for operation, said in found.faults.items()]
    assert not faults, f"{len(faults)} of {found.operations}\n" + "\n\n".join(faults)


def test_no_part_of_the_service_is_called_as_a_bodys_field_is(settings: Settings) -> None:
    """Litestar takes a malformed field of a part's name for a fault of ours: 500."""
    edge = build_app(Desk.open(settings))
    assert isinstance(edge, Edge)
    assert isinstance(edge.inner, Litestar)
    clashing = []
    for route in edge.inner.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            parts = set(handler.resolve_dependencies())
            shape = handler.parsed_data_field and handler.parsed_data_field.annotation
            if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
                fields = {one.name for one in msgspec.structs.fields(shape)}
                if fields & parts:
                    clashing.append((route.path, fields & parts))
    assert not clashing
