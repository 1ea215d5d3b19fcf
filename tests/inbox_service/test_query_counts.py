"""How often the hot requests ask the database: a number that may only fall."""

import httpx
import pytest

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

PINNED = {"list": 2, "thread": 1, "post": 7, "note": 5, "folders": 1, "search": 2}
"""Statements of one request, the naming of the tenant included, and begin and commit where it writes."""


@pytest.mark.parametrize("request_", list(PINNED))
async def test_a_hot_request_asks_no_more_than_it_did(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, statements: list[str], request_: str
) -> None:
    await receive(desk, halden, *[said(str(n), sender=f"47{n}") for n in range(30)])

    async def ask() -> httpx.Response:
        if request_ == "list":
            return await jonas.get("/conversations")
        if request_ == "thread":
            return await jonas.get("/conversations/1/messages")
        if request_ == "folders":
            return await jonas.get("/folder_counts")
        if request_ == "search":
            return await jonas.get("/search/messages", params={"q": "7"})
        body = {"content": "Hi", "private": request_ == "note"}
        return await jonas.post("/conversations/1/messages", json=body)

    assert (await ask()).status_code == 200
    statements.clear()
    assert (await ask()).status_code == 200
    assert len(statements) <= PINNED[request_], "\n".join(statements)
