"""Every action of the catalogue: it does what its name says, and knows when nothing is left to do."""

from collections.abc import Callable
from typing import Any

import pytest

from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.judge_conversation import set_labels
from desk.actions.keep_sla_policy import SlaPolicyWanted, add_sla_policy
from desk.actions.send_reply import send_reply
from desk.automation.action_catalogue import ACTIONS
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId
from tests.automation.rules import Programs, action, endings, make_rule, rows
from tests.builders.accounts import SmallDesk
from tests.builders.mail import mail_inbox
from tests.builders.messages import receive, said
from tests.settle import settle

Params = Callable[[SmallDesk, Programs], list[Any]]
Row = dict[str, Any]
TICKET = {"api_token": "t", "priority": None, "assignee_email": None}

PARAMS: dict[str, Params] = {
    "send_message": lambda _at, _to: ["Hello"],
    "add_private_note": lambda _at, _to: ["Look here"],
    "add_label": lambda _at, _to: ["vip", "refund"],
    "remove_label": lambda _at, _to: ["baggage"],
    "assign_agent": lambda at, _to: [at.agent],
    "assign_team": lambda at, _to: [at.team],
    "resolve_conversation": lambda _at, _to: [],
    "open_conversation": lambda _at, _to: [],
    "pending_conversation": lambda _at, _to: [],
    "snooze_conversation": lambda _at, _to: [],
    "change_priority": lambda _at, _to: ["urgent"],
    "add_sla": lambda _at, _to: [],
    "remove_assigned_agent": lambda _at, _to: [],
    "remove_assigned_team": lambda _at, _to: [],
    "change_status": lambda _at, _to: ["pending"],
    "mute_conversation": lambda _at, _to: [],
    "send_email_transcript": lambda _at, _to: ["boss@desk.example, all@desk.example"],
    "send_webhook_event": lambda _at, to: [to.zap],
    "send_sms": lambda _at, _to: ["+15550123"],
    "create_external_ticket": lambda _at, to: [TICKET | {"api_endpoint": to.ticket_endpoint}],
    "trigger_zapier_webhook": lambda _at, to: [to.zap],
}

SETTLED: dict[str, Callable[[Row, SmallDesk], bool]] = {
    "add_label": lambda row, _: len(row["label_ids"]) == 3,
    "remove_label": lambda row, _: row["label_ids"] == [],
    "assign_agent": lambda row, at: bool(row["assignee_id"] == at.agent),
    "assign_team": lambda row, at: bool(row["team_id"] == at.team),
    "remove_assigned_agent": lambda row, _: row["assignee_id"] is None,
    "remove_assigned_team": lambda row, _: row["team_id"] is None,
    "change_status": lambda row, _: bool(row["status"] == ConversationStatus.PENDING),
    "mute_conversation": lambda row, _: bool(row["status"] == ConversationStatus.RESOLVED),
    "resolve_conversation": lambda row, _: bool(row["status"] == ConversationStatus.RESOLVED),
    "open_conversation": lambda row, _: bool(row["status"] == ConversationStatus.OPEN),
    "pending_conversation": lambda row, _: bool(row["status"] == ConversationStatus.PENDING),
    "snooze_conversation": lambda row, _: bool(row["status"] == ConversationStatus.SNOOZED),
    "change_priority": lambda row, _: row["priority"] == 3,
    "add_sla": lambda row, _: row["sla_policy_id"] is not None,
}
"""What the conversation is like afterwards, for actions that can find nothing left to do."""


def test_every_action_is_tried_here() -> None:
    assert set(PARAMS) == set(ACTIONS)


@pytest.mark.parametrize("name", list(PARAMS))
async def test_an_action_does_what_its_name_says_and_rests_when_it_is_done(
    desk: Desk, halden: SmallDesk, programs: Programs, name: str
) -> None:
    if name == "send_email_transcript":
        await mail_inbox(desk, halden)
    await receive(desk, halden, said("Hello"))
    (row,) = await rows(desk, halden, "conversations")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await set_labels(tx, conversation, ["baggage"], by=Actor.user(halden.agent))
        if name == "remove_assigned_agent":
            await assign_conversation(tx, conversation, halden.agent, by=Actor.system())
        if name == "remove_assigned_team":
            await assign_team(tx, conversation, halden.team, by=Actor.system())
        conversation.status = int(
            ConversationStatus.PENDING if name == "open_conversation" else ConversationStatus.OPEN
        )
    await settle(desk, halden.account_id)
    params = PARAMS[name](halden, programs)
    if name == "add_sla":
        async with desk.transaction(halden.account_id) as tx:
            params = [await add_sla_policy(tx, SlaPolicyWanted("Gold"), by=Actor.system())]
    await make_rule(desk, halden, action(name, *params), name="First")
    await make_rule(desk, halden, action(name, *params), name="Second")
    await receive(desk, halden, said("Again"))
    await settle(desk, halden.account_id)
    (row,) = await rows(desk, halden, "conversations")
    first, second = (one[0][1] for one in (await endings(desk, halden))[:2])
    assert first == "done"
    if name in SETTLED:
        assert SETTLED[name](row, halden)
        assert second == "nothing"
    else:
        assert second in ("done", "")


async def test_an_agent_can_be_taken_away_and_whoever_replied_last_can_be_meant(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    (row,) = await rows(desk, halden, "conversations")
    await make_rule(
        desk,
        halden,
        action("assign_agent", "last_responding_agent"),
        on="conversation_opened",
        name="Back to whoever knows it",
    )
    await make_rule(
        desk,
        halden,
        action("assign_agent", "nil"),
        action("assign_team", "nil"),
        action("change_priority", "nil"),
        on="conversation_resolved",
        name="Free again",
    )
    by = Actor.user(halden.administrator)
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await send_reply(tx, conversation, "Hi", by=halden.agent)
        await assign_conversation(tx, conversation, halden.administrator, by=by)
    await make_rule(desk, halden, action("resolve_conversation"), name="End")
    await receive(desk, halden, said("Thanks"))
    await settle(desk, halden.account_id)
    (row,) = await rows(desk, halden, "conversations")
    assert (row["status"], row["assignee_id"]) == (ConversationStatus.RESOLVED, None)
    await make_rule(desk, halden, action("open_conversation"), on="conversation_resolved")
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        conversation.status = int(ConversationStatus.OPEN)
    await receive(desk, halden, said("One more thing"))
    await settle(desk, halden.account_id)
    (row,) = await rows(desk, halden, "conversations")
    assert row["assignee_id"] == halden.agent
