"""Rules that would go in a circle are stopped, and everybody can see it."""

from desk.store.desk import Desk
from desk.words.automation import CHAIN_LIMIT
from tests.automation.rules import action, condition, endings, lines, make_rule, rows
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.settle import settle


async def _written(desk: Desk, at: SmallDesk) -> list[str]:
    return [m["content"] for m in await rows(desk, at, "messages") if m["message_type"] == 1]


async def test_a_rule_that_triggers_itself_is_stopped_and_reported(
    desk: Desk, halden: SmallDesk
) -> None:
    rule_id = await make_rule(desk, halden, action("send_message", "Hello"), name="Echo")
    await receive(desk, halden, said("Hi"))
    await settle(desk, halden.account_id)
    assert await _written(desk, halden) == ["Hello"]
    fired, stopped = await rows(desk, halden, "automation_runs")
    assert fired["stopped"] is None
    assert stopped["stopped"] == "it would have run again because of what it did itself"
    assert await lines(desk, halden) == [
        "Automation “Echo” was stopped: it would have run again because of what it did itself"
    ]
    facts = [row for row in await rows(desk, halden, "events") if "automation" in row["name"]]
    assert [row["name"] for row in facts] == [
        "automation_rule_created",
        "automation_rule_fired",
        "automation_rule_stopped",
    ]
    assert facts[-1]["fact"]["after_rules"] == [rule_id]


async def test_two_rules_that_trigger_each_other_are_stopped(desk: Desk, halden: SmallDesk) -> None:
    await make_rule(
        desk,
        halden,
        action("send_message", "pong"),
        when=[condition("content", "equal_to", "ping")],
        name="Pong",
    )
    await make_rule(
        desk,
        halden,
        action("send_message", "ping"),
        when=[condition("content", "equal_to", "pong")],
        name="Ping",
    )
    await receive(desk, halden, said("ping"))
    await settle(desk, halden.account_id)
    assert await _written(desk, halden) == ["pong", "ping"]
    runs = await rows(desk, halden, "automation_runs")
    assert [bool(run["stopped"]) for run in runs] == [False, False, True]
    assert runs[-1]["stopped"] == "it would have run again because of what it and another rule did"
    assert len(await lines(desk, halden)) == 1


async def test_a_chain_of_different_rules_ends_at_the_limit(desk: Desk, halden: SmallDesk) -> None:
    for n in range(CHAIN_LIMIT + 2):
        await make_rule(
            desk,
            halden,
            action("send_message", f"step {n + 1}"),
            when=[condition("content", "equal_to", f"step {n}")],
            name=f"Step {n}",
        )
    await receive(desk, halden, said("step 0"))
    await settle(desk, halden.account_id)
    assert len(await _written(desk, halden)) == CHAIN_LIMIT
    runs = await rows(desk, halden, "automation_runs")
    assert runs[-1]["stopped"] == f"{CHAIN_LIMIT} rules had already fired because of one another"


async def test_a_rule_that_meets_its_own_work_and_has_nothing_left_to_do_is_no_circle(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(
        desk,
        halden,
        action("add_label", "vip"),
        action("assign_team", halden.team),
        on="conversation_updated",
    )
    await make_rule(desk, halden, action("change_priority", "high"), name="First")
    await receive(desk, halden, said("Hi"))
    await settle(desk, halden.account_id)
    runs = await rows(desk, halden, "automation_runs")
    assert [run["stopped"] for run in runs] == [None, None]
    assert not [line for line in await lines(desk, halden) if "stopped" in line]


async def test_a_circle_is_told_once_in_a_conversation_and_counted_every_time(
    desk: Desk, halden: SmallDesk
) -> None:
    await make_rule(desk, halden, action("send_message", "Hello"))
    for n in range(3):
        await receive(desk, halden, said(f"Hi {n}"))
        await settle(desk, halden.account_id)
    assert len([run for run in await rows(desk, halden, "automation_runs") if run["stopped"]]) == 3
    assert len(await lines(desk, halden)) == 1


async def test_what_the_desk_does_because_of_a_rule_still_belongs_to_its_chain(
    desk: Desk, halden: SmallDesk
) -> None:
    rule_id = await make_rule(
        desk,
        halden,
        action("assign_team", halden.team),
        when=[condition("message_type", "equal_to", "incoming")],
    )
    await receive(desk, halden, said("Hi"))
    await settle(desk, halden.account_id)
    events = await rows(desk, halden, "events")
    chains = {row["name"]: row["after_rules"] for row in events}
    assert chains["conversation_team_changed"] == [rule_id]
    assert chains["conversation_created"] == []
    assert await endings(desk, halden) == [[("assign_team", "done")]]
