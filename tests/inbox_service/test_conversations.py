"""Listing, reading and working conversations over the API."""

import httpx

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


async def test_an_agent_lists_what_customers_wrote(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    answer = await jonas.get("/conversations")
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["meta"]["all_count"] == 1
    (conversation,) = data["payload"]
    assert conversation["id"] == 1
    assert conversation["messages"][0]["content"] == "Where is my bag?"
    assert conversation["meta"]["sender"]["name"] == "Amara Okonkwo"
    assert conversation["unread_count"] == 1
