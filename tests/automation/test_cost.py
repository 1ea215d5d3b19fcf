"""What automation costs: nothing where there are no rules, one look where none applies."""

from desk.actions.keep_rule import RuleWanted, change_rule, drop_rule
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.words.actor import Actor
from streams.handlers.run_automation import run_automation
from tests.automation.rules import action, condition, make_rule, rows
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

NEVER = [condition("content", "contains", "never said")]


async def _run(desk: Desk, at: SmallDesk) -> None:
    for row in await rows(desk, at, "events"):
        if row["done_at"] is None:
            await run_automation(event_of(row), desk)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute("update events set done_at = at where done_at is null")


async def _asked(desk: Desk, at: SmallDesk, statements: list[str]) -> int:
    events = [event_of(row) for row in await rows(desk, at, "events")]
    statements.clear()
    for event in events:
        await run_automation(event, desk)
    return len([one for one in statements if "set_config" not in one])


async def test_an_account_without_rules_asks_the_database_nothing(
    desk: Desk, halden: SmallDesk, statements: list[str]
) -> None:
    await receive(desk, halden, said("Hello"))
    assert await _asked(desk, halden, statements) == 0


async def test_rules_for_other_events_ask_nothing_once_they_are_known(
    desk: Desk, halden: SmallDesk, statements: list[str]
) -> None:
    await make_rule(desk, halden, action("add_label", "vip"), on="conversation_resolved")
    await receive(desk, halden, said("Hello"))
    assert await _asked(desk, halden, statements) == 1
    assert await _asked(desk, halden, statements) == 0


async def test_a_fact_that_no_rule_applies_to_is_one_query_however_many_rules_there_are(
    desk: Desk, halden: SmallDesk, statements: list[str]
) -> None:
    for n in range(5):
        await make_rule(desk, halden, action("add_label", "vip"), when=NEVER, name=f"R{n}")
    await receive(desk, halden, said("Hello"))
    await _run(desk, halden)
    assert await _asked(desk, halden, statements) == 1


async def test_a_firing_asks_no_more_than_it_did(
    desk: Desk, halden: SmallDesk, statements: list[str]
) -> None:
    await make_rule(desk, halden, action("add_label", "vip"))
    await receive(desk, halden, said("Hello"))
    assert await _asked(desk, halden, statements) <= 17, "\n".join(statements)


async def test_a_change_of_rules_is_in_force_for_the_very_next_fact(
    desk: Desk, halden: SmallDesk
) -> None:
    by = Actor.user(halden.administrator)
    rule_id = await make_rule(desk, halden, action("add_label", "vip"))

    async def switch(*, on: bool) -> None:
        wanted = RuleWanted(
            "Lost bags", "message_created", [], [action("add_label", "vip")], active=on
        )
        async with desk.transaction(halden.account_id) as tx:
            await change_rule(tx, rule_id, wanted, by=by)

    async def fires_on(text: str) -> bool:
        before = len(await rows(desk, halden, "automation_runs"))
        await receive(desk, halden, said(text))
        await _run(desk, halden)
        return len(await rows(desk, halden, "automation_runs")) > before

    assert await fires_on("One")
    await switch(on=False)
    assert not await fires_on("Two")
    await switch(on=True)
    assert await fires_on("Three")
    async with desk.transaction(halden.account_id) as tx:
        await drop_rule(tx, rule_id, by=by)
    assert not await fires_on("Four")
    versions = [row["rules_version"] for row in await rows(desk, halden, "events")]
    assert versions == sorted(versions)
    assert versions[-1] == 4
