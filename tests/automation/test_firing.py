"""Rules at work: a fact meets them, they act through the desk's own actions, once."""

from datetime import timedelta

from desk.actions.assign_conversation import assign_conversation
from desk.actions.change_status import change_status
from desk.actions.keep_rule import drop_rule
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId
from tests.automation.rules import action, condition, endings, lines, make_rule, rows
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from tests.settle import settle

BAGS = [condition("content", "contains", "suitcase", "baggage")]


async def _conversation(desk: Desk, at: SmallDesk) -> ConversationId:
    (row,) = await rows(desk, at, "conversations")
    return ConversationId(row["id"])


async def test_a_message_with_the_word_goes_to_the_team_and_gets_the_label(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(
        desk,
        halden,
        action("assign_team", halden.team),
        action("add_label", "vip"),
        action("assign_agent", halden.agent),
        action("change_priority", "high"),
        when=BAGS,
    )
    await receive(desk, halden, said("My Suitcase did not come out"))
    await settle(desk, halden.account_id)
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["team_id"] == halden.team
    assert conversation["assignee_id"] == halden.agent
    assert conversation["priority"] == 2
    assert len(conversation["label_ids"]) == 1
    (run,) = await rows(desk, halden, "automation_runs")
    assert run["conditions"][0]["found"] == "My Suitcase did not come out"
    assert run["conditions"][0]["held"] is True
    assert [one["ending"] for one in run["actions"]] == ["done"] * 4
    said_so = await lines(desk, halden)
    assert all(line.startswith("Automation “Lost bags” ") for line in said_so)
    assert len(said_so) == 4


async def test_a_rule_whose_condition_is_not_met_changes_nothing(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(desk, halden, action("assign_team", halden.team), when=BAGS)
    await receive(desk, halden, said("Where is my boarding pass?"))
    await settle(desk, halden.account_id)
    (conversation,) = await rows(desk, halden, "conversations")
    assert (conversation["team_id"], conversation["version"]) == (None, 1)
    assert await rows(desk, halden, "automation_runs") == []
    assert await lines(desk, halden) == []


async def test_a_fact_that_comes_by_twice_fires_a_rule_once(desk: Desk, halden: SmallDesk) -> None:
    await make_rule(desk, halden, action("send_message", "We look for it."), when=BAGS)
    await receive(desk, halden, said("My suitcase!"))
    await settle(desk, halden.account_id)
    async with desk.transaction_across_accounts(reason="a test lets facts come by again") as tx:
        await tx.execute(
            "update events set done_at = null where account_id = %s", [halden.account_id]
        )
    await settle(desk, halden.account_id)
    sent = [m for m in await rows(desk, halden, "messages") if m["message_type"] == 1]
    assert [m["content"] for m in sent] == ["We look for it."]
    assert sent[0]["sender_type"] is None
    assert sent[0]["content_attributes"]["automation_rule_id"] > 0
    assert len(await rows(desk, halden, "automation_runs")) == 1


async def test_an_automatic_message_is_no_answer_the_customer_still_waits(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(desk, halden, action("send_message", "We look for it."), when=BAGS)
    await receive(desk, halden, said("My suitcase!"))
    await settle(desk, halden.account_id)
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["waiting_since"] is not None
    assert conversation["first_reply_created_at"] is None


async def test_rules_are_asked_in_order_and_see_what_earlier_ones_did(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(desk, halden, action("assign_team", halden.team), name="First")
    await make_rule(
        desk,
        halden,
        action("add_label", "vip"),
        when=[condition("team_id", "equal_to", halden.team)],
        name="Second",
    )
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    runs = await rows(desk, halden, "automation_runs")
    assert [run["rule_name"] for run in runs] == ["First", "Second"]


async def test_each_event_has_its_rules(desk: Desk, halden: SmallDesk) -> None:
    for event in (
        "conversation_created",
        "conversation_updated",
        "conversation_opened",
        "conversation_resolved",
    ):
        await make_rule(desk, halden, action("add_private_note", event), on=event, name=event)
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)

    async def noted() -> list[str]:
        return [m["content"] for m in await rows(desk, halden, "messages") if m["private"]]

    assert await noted() == ["conversation_created"]
    conversation_id = await _conversation(desk, halden)
    by = Actor.user(halden.agent)
    for status in (ConversationStatus.RESOLVED, ConversationStatus.OPEN):
        async with desk.transaction(halden.account_id) as tx:
            conversation = await lock_conversation(tx, conversation_id)
            await change_status(tx, conversation, status, by=by)
        await settle(desk, halden.account_id)
    assert (await noted())[1:] == [
        "conversation_updated",
        "conversation_resolved",
        "conversation_updated",
        "conversation_opened",
    ]
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, conversation_id)
        await assign_conversation(tx, conversation, halden.agent, by=by)
    await settle(desk, halden.account_id)
    assert (await noted())[5:] == ["conversation_updated"]


async def test_an_agents_reply_meets_rules_and_an_activity_line_does_not(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(
        desk,
        halden,
        action("add_label", "vip"),
        when=[condition("message_type", "equal_to", "outgoing")],
    )
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    assert await rows(desk, halden, "automation_runs") == []
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, await _conversation(desk, halden))
        await assign_conversation(tx, conversation, halden.agent, by=Actor.user(halden.agent))
        await send_reply(tx, conversation, "Hi", by=halden.agent)
    await settle(desk, halden.account_id)
    assert len(await rows(desk, halden, "automation_runs")) == 1


async def test_an_action_that_is_refused_is_undone_and_the_next_one_runs(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(
        desk,
        halden,
        action("assign_agent", halden.outsider),
        action("add_label", "vip"),
    )
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    assert await endings(desk, halden) == [[("assign_agent", "failed"), ("add_label", "done")]]
    (run,) = await rows(desk, halden, "automation_runs")
    assert "does not work in this conversation's inbox" in run["actions"][0]["detail"]
    (conversation,) = await rows(desk, halden, "conversations")
    assert conversation["assignee_id"] is None
    assert await rows(desk, halden, "parked_messages") == []


async def test_what_is_so_already_is_recorded_as_nothing(desk: Desk, halden: SmallDesk) -> None:
    await make_rule(desk, halden, action("open_conversation"), action("remove_label", "vip"))
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    assert await endings(desk, halden) == [
        [("open_conversation", "nothing"), ("remove_label", "nothing")]
    ]


async def test_after_an_outage_nobody_is_written_to_but_the_work_is_sorted(
    desk: Desk, halden: SmallDesk, clock: FixedClock
) -> None:
    await make_rule(
        desk,
        halden,
        action("send_message", "We look for it."),
        action("assign_team", halden.team),
    )
    await receive(desk, halden, said("Hello"))
    clock.set(clock.now() + timedelta(hours=2))
    await settle(desk, halden.account_id)
    assert await endings(desk, halden) == [[("send_message", "skipped"), ("assign_team", "done")]]


async def test_a_rule_that_is_dropped_leaves_its_record(desk: Desk, halden: SmallDesk) -> None:
    rule_id = await make_rule(desk, halden, action("add_label", "vip"))
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    async with desk.transaction(halden.account_id) as tx:
        await drop_rule(tx, rule_id, by=Actor.user(halden.administrator))
    await receive(desk, halden, said("Again"))
    await settle(desk, halden.account_id)
    (run,) = await rows(desk, halden, "automation_runs")
    assert run["rule_name"] == "Lost bags"


async def test_another_accounts_rules_know_nothing_of_it(desk: Desk, halden: SmallDesk) -> None:
    other = await small_desk(desk, name="Northgate")
    await make_rule(desk, other, action("add_private_note", "seen"))
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    assert await rows(desk, halden, "automation_runs") == []
    assert await rows(desk, other, "automation_runs") == []
