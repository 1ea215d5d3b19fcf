"""What rules have done outside: each once for a firing, never in the stream, failures visible."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from streams.jobs.create_external_ticket import shown_address
from streams.reactions import React
from streams.topology import REACTIONS
from tests.automation.conftest import SID
from tests.automation.rules import Programs, action, endings, lines, make_rule, rows
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.settle import settle

INCOMING = [
    {
        "attribute_key": "message_type",
        "filter_operator": "equal_to",
        "values": ["incoming"],
        "query_operator": None,
    }
]


async def _settle(desk: Desk, at: SmallDesk, clock: FixedClock, rounds: int = 1) -> None:
    """Let everything happen; between rounds enough time passes for any back-off."""
    for n in range(rounds):
        if n:
            clock.set(clock.now() + timedelta(minutes=2))
        await settle(desk, at.account_id)


def _ticket(programs: Programs, token: str = "ticket-token") -> dict[str, Any]:
    return action(
        "create_external_ticket",
        {
            "api_endpoint": programs.ticket_endpoint,
            "api_token": token,
            "priority": "high",
            "assignee_email": "desk@airline.example",
        },
    )


async def test_one_message_fires_all_three_once_each(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(
        desk,
        halden,
        action("send_sms", "+15550123"),
        _ticket(programs),
        action("trigger_zapier_webhook", programs.zap),
        when=INCOMING,
    )
    await receive(desk, halden, said("My suitcase is lost"))
    await _settle(desk, halden, clock)

    (sms,) = await programs.sent("sms")
    assert sms["to"] == "+15550123"
    assert sms["request"] == {
        "To": "+15550123",
        "From": "+15550100",
        "Body": "New conversation from Amara Okonkwo: My suitcase is lost",
    }
    (ticket,) = await programs.sent("tickets")
    asked = ticket["request"]
    assert asked["title"] == "#1 Amara Okonkwo: My suitcase is lost"
    assert "Amara Okonkwo: My suitcase is lost" in asked["description"]
    assert (asked["priority"], asked["assignee"]) == ("high", "desk@airline.example")
    place = f"/app/accounts/{halden.account_id}/conversations/1"
    assert asked["conversation_url"].endswith(place)
    (zap,) = await programs.sent("zapier")
    assert set(zap["request"]) == {"conversation", "contact", "account", "triggered_at"}
    assert zap["request"]["conversation"]["id"] == 1
    assert zap["request"]["contact"]["name"] == "Amara Okonkwo"
    assert zap["request"]["account"] == {"id": halden.account_id, "name": "Halden Air"}

    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["additional_attributes"]["external_ticket_id"] == "T-1001"
    url = conversation["additional_attributes"]["external_ticket_url"]
    assert url == f"{programs.url}/tickets/view/T-1001"
    assert [ending for _, ending in (await endings(desk, halden))[0]] == ["done"] * 3
    assert sorted(await lines(desk, halden)) == [
        "Automation “Lost bags” created the ticket T-1001",
        "Automation “Lost bags” sent a text message to +15550123",
        "Automation “Lost bags” triggered a Zapier webhook",
    ]
    changed = [
        row["fact"]["keys"]
        for row in await rows(desk, halden, "events")
        if row["name"] == "conversation_attributes_changed"
    ]
    assert changed == [["external_ticket_id", "external_ticket_url"]]


async def test_nothing_is_asked_of_strangers_inside_the_stream(
    desk: Desk, halden: SmallDesk, programs: Programs
) -> None:
    await make_rule(desk, halden, action("trigger_zapier_webhook", programs.zap))
    await receive(desk, halden, said("Hello"))
    events = [event_of(row) for row in await rows(desk, halden, "events")]
    await React(REACTIONS, desk, Counters()).react(events)
    assert await programs.sent("zapier") == []
    assert (await endings(desk, halden))[0] == [("trigger_zapier_webhook", "queued")]


async def test_a_webhook_event_is_chatwoots(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, action("send_webhook_event", programs.zap), when=INCOMING)
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock)
    (sent,) = await programs.sent("zapier")
    assert sent["request"]["event"] == "automation_event.message_created"
    assert sent["request"]["account"]["id"] == halden.account_id
    assert sent["request"]["status"] == "open"


async def test_a_contact_without_a_number_gets_nobody_a_text_message(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, action("send_sms", "+15550123"), on="conversation_created")
    await receive(desk, halden, said("Hello"))
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update contacts set phone_number = null")
    await _settle(desk, halden, clock)
    assert await programs.sent("sms") == []
    assert await endings(desk, halden) == [[("send_sms", "skipped")]]


@pytest.mark.parametrize("kind", ["tickets", "zapier"])
async def test_a_lost_answer_is_asked_for_again_with_the_same_key_and_nothing_is_made_twice(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock, kind: str
) -> None:
    doing = (
        _ticket(programs) if kind == "tickets" else action("trigger_zapier_webhook", programs.zap)
    )
    await make_rule(desk, halden, doing, when=INCOMING)
    await programs.fail(kind, kind="lose_answer", times=2)
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock, rounds=3)
    assert len(await programs.sent(kind)) == 1
    assert (await endings(desk, halden))[0][0][1] == "done"
    (job,) = await rows(desk, halden, "jobs")
    assert job["attempts"] == 3


async def test_a_text_message_that_twilio_has_is_not_sent_again(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, action("send_sms", "+15550123"), when=INCOMING)
    await programs.fail("sms", kind="lose_answer")
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock, rounds=2)
    assert len(await programs.sent("sms")) == 1
    assert (await endings(desk, halden)) == [[("send_sms", "done")]]


async def test_a_text_message_that_twilio_never_took_is_sent_again(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, action("send_sms", "+15550123"), when=INCOMING)
    await programs.fail("sms", kind="refuse", status=500)
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock, rounds=2)
    assert len(await programs.sent("sms")) == 1
    assert (await endings(desk, halden)) == [[("send_sms", "done")]]


async def test_a_worker_that_died_over_a_text_message_finds_out_before_it_sends(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, action("send_sms", "+15550123"), when=INCOMING)
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    async with desk.transaction(halden.account_id) as tx:
        # As if the worker had died between Twilio's answer and its report.
        await tx.execute("update jobs set done_at = null, attempts = 1")
        await tx.execute("update job_attempts set finished_at = null, outcome = null")
        await tx.execute(
            """update automation_runs set actions = '[{"action_name": "send_sms",
               "ending": "queued"}]'"""
        )
    await settle(desk, halden.account_id)
    assert len(await programs.sent("sms")) == 1
    assert (await endings(desk, halden)) == [[("send_sms", "done")]]


async def test_a_refusal_is_final_and_stands_where_people_look(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(
        desk,
        halden,
        action("send_sms", "+15005550009"),
        _ticket(programs, token="wrong"),
        when=INCOMING,
    )
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock)
    (run,) = await rows(desk, halden, "automation_runs")
    assert [one["ending"] for one in run["actions"]] == ["failed", "failed"]
    assert "is not a valid mobile number" in run["actions"][0]["detail"]
    assert "(21614)" in run["actions"][0]["detail"]
    assert "401" in run["actions"][1]["detail"]
    told = await lines(desk, halden)
    assert any("could not send the text message" in line for line in told)
    assert any("could not create a ticket" in line for line in told)
    assert {job["attempts"] for job in await rows(desk, halden, "jobs")} == {1}


async def test_a_program_that_is_away_is_given_up_after_five_tries(
    desk: Desk, halden: SmallDesk, programs: Programs, clock: FixedClock
) -> None:
    await make_rule(desk, halden, _ticket(programs), when=INCOMING)
    await programs.fail("tickets", kind="refuse", status=503, times=9)
    await receive(desk, halden, said("Hello"))
    await _settle(desk, halden, clock, rounds=6)
    (job,) = await rows(desk, halden, "jobs")
    assert (job["attempts"], job["failed_at"] is not None) == (5, True)
    assert (await endings(desk, halden)) == [[("create_external_ticket", "failed")]]
    assert await programs.sent("tickets") == []


async def test_private_addresses_are_not_asked_unless_that_is_allowed(
    settings: Settings, clock: FixedClock, halden: SmallDesk, programs: Programs
) -> None:
    closed = msgspec.structs.replace(
        settings, security=msgspec.structs.replace(settings.security, allow_private_targets=False)
    )
    desk = Desk.open(closed, clock=clock, connections=4)
    try:
        await make_rule(desk, halden, action("trigger_zapier_webhook", programs.zap), when=INCOMING)
        await receive(desk, halden, said("Hello"))
        await settle(desk, halden.account_id)
        (run,) = await rows(desk, halden, "automation_runs")
    finally:
        await desk.close()
    assert run["actions"][0]["ending"] == "failed"
    assert "private address" in run["actions"][0]["detail"]
    assert await programs.sent("zapier") == []


def test_a_ticket_whose_link_is_no_web_address_gets_no_link() -> None:
    assert shown_address("javascript:alert(1)") is None
    assert shown_address("https://tickets.example/T-1") == "https://tickets.example/T-1"


async def test_tokens_are_kept_sealed(desk: Desk, halden: SmallDesk, programs: Programs) -> None:
    await make_rule(desk, halden, _ticket(programs), when=INCOMING)
    (rule,) = await rows(desk, halden, "automation_rules")
    assert "ticket-token" not in str(rule)
    async with desk.transaction(halden.account_id) as tx:
        sender = await tx.one("select * from sms_senders")
    assert b"a-token" not in sender["auth_token"]
    assert sender["account_sid"] == SID
