"""All of Chatwoot's documented operations on real data: what they answer, and what they refuse."""

from collections import Counter

import pytest

from tests.inbox_service.contract.driver import Driver
from tests.inbox_service.contract.reference import (
    ALIASES,
    TWO_PATHS_OF_ONE_ROUTE,
    Reference,
    bare,
    operations,
)
from tests.inbox_service.contract.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
async def test_every_operation_answers_as_documented(table: str, driver: Driver) -> None:
    faults = [fault for row in TABLES[table] for fault in await driver.faults_of(row)]
    assert not faults, "\n" + "\n".join(faults)


async def test_a_bots_token_opens_what_is_for_bots_and_nothing_else(driver: Driver) -> None:
    rows = [row for rows in TABLES.values() for row in rows]
    make = next(row for row in rows if row.id == "create-an-account-agent-bot")
    driver.remember(make, await driver.ask(make, driver.ours), driver.ours)
    headers = {"api_access_token": driver.ours.values["bot_token"]}
    faults: list[str] = []
    opened: set[str] = set()
    for row in rows:
        said = driver.reference.described[row.id]
        if said.for_bots:
            opened.add(row.id)
            answer = await driver.ask(row, driver.ours, headers=headers)
            faults += [f"{row.id}: {fault}" for fault in driver.judged(row, said, answer)]
    closed = next(row for row in rows if row.id == "list-all-teams")
    assert (await driver.ask(closed, driver.ours, headers=headers)).status_code == 401
    assert not faults, "\n" + "\n".join(faults)
    assert len(opened) == 7


def test_every_documented_operation_stands_in_a_table_once(reference: Reference) -> None:
    rows = Counter(row.id for rows in TABLES.values() for row in rows if not row.again)
    assert set(rows) == set(reference.described)
    assert len(reference.described) == 144


async def test_our_document_knows_the_operations_by_chatwoots_names(
    reference: Reference, driver: Driver
) -> None:
    ours = (await driver.http.get("/openapi.json")).json()
    names = {
        (method, bare(path)): operation["operationId"]
        for method, path, operation in operations(ours)
    }
    one_of_two = set(TWO_PATHS_OF_ONE_ROUTE) | set(ALIASES)
    differing = [
        f"{operation['operationId']} is called {own}"
        for method, path, operation in operations(reference.document)
        if operation["operationId"] not in one_of_two
        and (own := names.get((method, bare(path)))) not in (None, operation["operationId"])
    ]
    assert not differing, "\n".join(differing)
