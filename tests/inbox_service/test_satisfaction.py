"""Customers say how it went, without signing in."""

from uuid import uuid4

import httpx

from desk.actions.rate_conversation import ask_for_rating
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


async def asked(desk: Desk, at: SmallDesk) -> str:
    """The address under which a customer was asked."""
    await receive(desk, at, said("Hello"))
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one("select id, uuid from conversations")
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await ask_for_rating(tx, conversation, survey_url="-", by=Actor.system())
    return str(row["uuid"])


async def test_a_customer_answers_on_the_page_and_may_change_their_mind(
    desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    path = f"/survey/responses/{await asked(desk, halden)}"
    assert "How did we do?" in (await anybody.get(path)).text
    for rating in ("2", "5"):
        answer = await anybody.post(path, data={"rating": rating, "feedback": "<b>Quick</b>"})
        assert answer.status_code == 303
    page = await anybody.get(path)
    assert "You gave 5 of 5" in page.text
    again = (await anybody.get(path, params={"again": "true"})).text
    assert "&lt;b&gt;Quick" in again
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select rating, feedback from csat_surveys")
    assert row == {"rating": 5, "feedback": "<b>Quick</b>"}


async def test_a_program_answers_as_chatwoots_page_does(
    desk: Desk, halden: SmallDesk, anybody: httpx.AsyncClient
) -> None:
    path = f"/public/api/v1/csat_survey/{await asked(desk, halden)}"
    said_ = {"rating": 4, "feedback_message": "Fine"}
    body = {"message": {"submitted_values": {"csat_survey_response": said_}}}
    answer = (await anybody.put(path, json=body)).json()
    assert (answer["rating"], answer["feedback_message"]) == (4, "Fine")
    said_["rating"] = 6
    assert (await anybody.put(path, json=body)).status_code == 422


async def test_nobody_was_asked_there(anybody: httpx.AsyncClient) -> None:
    for path in ("/survey/responses", "/public/api/v1/csat_survey"):
        assert (await anybody.get(f"{path}/{uuid4()}")).status_code == 404
        assert (await anybody.get(f"{path}/1")).status_code == 404
