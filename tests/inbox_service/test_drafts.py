"""What an agent has begun to write: theirs alone, for a while, and not without end."""

import httpx

from desk.store.desk import Desk
from desk.store.drafts import MOST_DRAFTS, Drafts
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

HERE = "/conversations/1/draft_messages"


async def test_a_draft_is_kept_for_its_writer_and_dropped(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Hello"))
    assert (await jonas.get(HERE)).json() == {"has_draft": False}
    kept = await jonas.patch(HERE, json={"draft_message": {"message": "Dear Amara ✈"}})
    assert kept.json() == {"has_draft": True, "message": "Dear Amara ✈"}
    assert (await jonas.get(HERE)).json()["message"] == "Dear Amara ✈"
    assert (await maya.get(HERE)).json() == {"has_draft": False}
    assert (await priya.get(HERE)).status_code == 404
    emptied = await jonas.patch(HERE, json={"draft_message": {}})
    assert emptied.json() == {"has_draft": False}
    await jonas.patch(HERE, json={"draft_message": {"message": "Once more"}})
    assert (await jonas.delete(HERE)).status_code == 200
    assert (await jonas.get(HERE)).json() == {"has_draft": False}
    long = await jonas.patch(HERE, json={"draft_message": {"message": "x" * 150_001}})
    assert (long.status_code, long.json()["field"]) == (422, "draft_message.message")


async def test_the_oldest_of_too_many_drafts_gives_way(desk: Desk, halden: SmallDesk) -> None:
    drafts = Drafts(desk.redis, halden.account_id, halden.agent)
    for n in range(MOST_DRAFTS + 2):
        await drafts.keep(ConversationId(n), f"draft {n}", at=float(n))
    assert await drafts.get(ConversationId(1)) is None
    assert await drafts.get(ConversationId(2)) == "draft 2"
    assert await drafts.get(ConversationId(MOST_DRAFTS + 1)) == f"draft {MOST_DRAFTS + 1}"
