"""Who is told what, and what they do with it."""

from typing import Any

import httpx
import pytest

from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.store.event_log import event_of
from streams.handlers.notify_agents import notify_agents
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.cable_client import agent_on_the_line
from tests.inbox_service.reacting import react


async def told(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    """What the list shows, newest first."""
    answer = (await client.get("/notifications", params=params)).json()["data"]
    return list(answer["payload"])


async def kinds(client: httpx.AsyncClient) -> list[str]:
    return [one["notification_type"] for one in await told(client)]


@pytest.fixture
async def assigned(desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient) -> SmallDesk:
    """A conversation that Maya gave to Jonas."""
    await receive(desk, halden, said("Where is my bag?"))
    await maya.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await react(desk, halden, "notify_agents")
    return halden


async def note(client: httpx.AsyncClient, content: str) -> None:
    body = {"content": content, "private": True}
    assert (await client.post("/conversations/1/messages", json=body)).status_code == 200


async def test_an_agent_is_told_of_a_conversation_that_became_theirs(
    assigned: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    (one,) = await told(jonas)
    assert one["notification_type"] == "conversation_assignment"
    assert (one["primary_actor_type"], one["primary_actor"]["id"]) == ("Conversation", 1)
    assert one["push_message_title"] == "Amara Okonkwo, #1, is now yours"
    assert one["push_message_body"] == "Where is my bag?"
    assert (one["read_at"], one["user"]["id"]) == (None, assigned.agent)
    assert await told(maya) == []


async def test_nobody_is_told_of_their_own_doing(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await jonas.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await note(jonas, f"[@Jonas](mention://user/{halden.agent}/Jonas) look again")
    await jonas.post("/conversations/1/messages", json={"content": "Hi"})
    await react(desk, halden, "notify_agents")
    assert await told(jonas) == []


async def test_a_message_in_my_conversation_is_told_once_for_the_newest(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, assigned, said("It is green"))
    await receive(desk, assigned, said("With an orange strap"))
    await react(desk, assigned, "notify_agents")
    newest, first = await told(jonas)
    assert newest["notification_type"] == "assigned_conversation_new_message"
    assert newest["push_message_body"] == "With an orange strap"
    assert newest["secondary_actor"]["content"] == "With an orange strap"
    assert first["notification_type"] == "conversation_assignment"


async def test_an_event_that_comes_by_again_tells_nobody_anything(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, assigned, said("One"))
    await receive(desk, assigned, said("Two"))
    await react(desk, assigned, "notify_agents")
    before = await told(jonas)
    async with desk.transaction(assigned.account_id) as tx:
        rows = await tx.all(
            """select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet,
                      rules_version, after_rules
               from events where account_id = %s order by id""",
            [assigned.account_id],
        )
    for row in rows:
        await notify_agents(event_of(row), desk)
    assert await told(jonas) == before


async def test_a_name_in_a_note_calls_that_colleague_whatever_their_settings(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    nothing: dict[str, Any] = {"notification_settings": {"selected_push_flags": []}}
    assert (await maya.patch("/notification_settings", json=nothing)).status_code == 200
    await note(jonas, f"[@Maya](mention://user/{halden.administrator}/Maya) may I?")
    await react(desk, halden, "notify_agents")
    (one,) = await told(maya)
    assert one["notification_type"] == "conversation_mention"
    assert one["push_message_body"] == "@Maya may I?"


async def test_a_team_in_a_note_calls_its_members(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await note(maya, f"[@baggage](mention://team/{halden.team}/baggage) please")
    await react(desk, halden, "notify_agents")
    assert await kinds(jonas) == ["conversation_mention"]


async def test_whoever_may_not_see_the_conversation_is_not_called_into_it(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, priya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    await note(jonas, f"[@Priya](mention://user/{halden.outsider}/Priya) see this")
    await react(desk, halden, "notify_agents")
    assert await told(priya) == []


async def test_a_name_in_a_reply_to_the_customer_calls_nobody(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    body = {"content": f"[@Maya](mention://user/{halden.administrator}/Maya)"}
    await jonas.post("/conversations/1/messages", json=body)
    await react(desk, halden, "notify_agents")
    assert await told(maya) == []


async def test_a_new_conversation_is_told_only_to_those_who_asked_for_it(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    flags = {"selected_push_flags": ["push_conversation_creation"]}
    answer = await jonas.patch("/notification_settings", json={"notification_settings": flags})
    assert answer.json()["selected_push_flags"] == ["push_conversation_creation"]
    await receive(desk, halden, said("Hello"))
    await react(desk, halden, "notify_agents")
    assert await kinds(jonas) == ["conversation_creation"]
    assert await told(maya) == []


async def test_whoever_had_a_conversation_hears_more_of_it_when_they_asked_to(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient, maya: httpx.AsyncClient
) -> None:
    flags = {"selected_push_flags": ["push_participating_conversation_new_message"]}
    await jonas.patch("/notification_settings", json={"notification_settings": flags})
    await maya.post("/conversations/1/assignments", json={"assignee_id": assigned.administrator})
    await receive(desk, assigned, said("Still waiting"))
    await react(desk, assigned, "notify_agents")
    assert (await kinds(jonas))[0] == "participating_conversation_new_message"
    assert (await kinds(maya))[0] == "assigned_conversation_new_message"


async def test_a_blocked_customer_tells_nobody_anything(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    before = await kinds(jonas)
    async with desk.transaction(assigned.account_id) as tx:
        await tx.execute(
            "update contacts set blocked = true where account_id = %s", [tx.account_id]
        )
    await receive(desk, assigned, said("Again"))
    await react(desk, assigned, "notify_agents")
    assert await kinds(jonas) == before


async def test_opening_a_conversation_reads_what_was_told_of_it(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    assert (await jonas.get("/notifications/unread_count")).json() == 1
    await jonas.post("/conversations/1/update_last_seen")
    assert (await jonas.get("/notifications/unread_count")).json() == 0
    assert await told(jonas) == []
    (one,) = await told(jonas, **{"includes[]": "read"})
    assert one["read_at"] is not None


async def test_a_notification_is_read_left_unread_snoozed_and_taken_away(
    assigned: SmallDesk,
    jonas: httpx.AsyncClient,
    maya: httpx.AsyncClient,
    service_clock: FixedClock,
) -> None:
    (one,) = await told(jonas)
    path = f"/notifications/{one['id']}"
    assert (await jonas.patch(path)).json()["read_at"] is not None
    assert (await jonas.post(f"{path}/unread")).json()["read_at"] is None
    later = int(service_clock.now().timestamp()) + 3600
    slept = await jonas.post(f"{path}/snooze", json={"snoozed_until": later})
    assert slept.json()["snoozed_until"] == later
    assert await told(jonas) == []
    assert [n["id"] for n in await told(jonas, **{"includes[]": "snoozed"})] == [one["id"]]
    assert (await maya.patch(path)).status_code == 404
    assert (await jonas.delete(path)).status_code == 200
    assert (await jonas.delete(path)).status_code == 404


async def test_all_are_read_and_the_read_ones_taken_away_together(
    desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, assigned, said("Another"))
    await react(desk, assigned, "notify_agents")
    (one, _) = await told(jonas)
    other = await jonas.post(
        "/notifications/read_all",
        json={
            "primary_actor_type": "Conversation",
            "primary_actor_id": one["primary_actor_id"] + 1,
        },
    )
    assert (other.status_code, len(await told(jonas))) == (200, 2)
    assert (await jonas.post("/notifications/read_all", json={})).status_code == 200
    answer = (await jonas.get("/notifications", params={"includes[]": "read"})).json()["data"]
    assert answer["meta"] == {"unread_count": 0, "count": 2, "current_page": 1}
    await jonas.post("/notifications/destroy_all", json={"type": "read"})
    assert await told(jonas, **{"includes[]": "read"}) == []


async def test_unknown_flags_are_refused_by_name(jonas: httpx.AsyncClient) -> None:
    flags = {"selected_push_flags": ["push_rain"]}
    answer = await jonas.patch("/notification_settings", json={"notification_settings": flags})
    assert (answer.status_code, answer.json()["field"]) == (422, "selected_push_flags")


async def test_a_notification_never_reaches_another_users_socket(
    service_url: str, desk: Desk, assigned: SmallDesk, maya: httpx.AsyncClient
) -> None:
    people = (assigned.agent, assigned.administrator, assigned.outsider)
    first, second, third = (
        agent_on_the_line(service_url, desk, assigned, user_id) for user_id in people
    )
    async with first as jonas, second as boss, third as priya:
        await note(maya, f"[@Jonas](mention://user/{assigned.agent}/Jonas) see above")
        await react(desk, assigned, "notify_agents")
        heard = (await jonas.event("notification.created"))["data"]
        # The note is in his conversation as well: being called by name goes first.
        assert heard["notification"]["notification_type"] == "conversation_mention"
        assert (heard["unread_count"], heard["account_id"]) == (2, assigned.account_id)
        await maya.post("/labels", json={"title": "after"})
        await react(desk, assigned, "notify_agents")
        for other in (boss, priya):
            names = await other.events_until("account.cache_invalidated")
            assert not [name for name in names if name.startswith("notification.")]


async def test_reading_and_replacing_are_told_to_the_persons_other_screens(
    service_url: str, desk: Desk, assigned: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, assigned, said("One"))
    await react(desk, assigned, "notify_agents")
    (one, _) = await told(jonas)
    async with agent_on_the_line(service_url, desk, assigned, assigned.agent) as screen:
        await receive(desk, assigned, said("Two"))
        await react(desk, assigned, "notify_agents")
        gone = (await screen.event("notification.deleted"))["data"]
        assert gone["notification"]["id"] == one["id"]
        came = (await screen.event("notification.created"))["data"]
        assert (came["unread_count"], came["count"]) == (2, 2)
        await jonas.post("/conversations/1/update_last_seen")
        await react(desk, assigned, "notify_agents")
        read = (await screen.event("notification.updated"))["data"]
        assert read["unread_count"] == 0
        assert read["notification"]["read_at"] is not None
