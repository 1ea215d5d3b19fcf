"""A demo company is opened once, and found again; its recent past has promises in it."""

from datetime import timedelta

from desk.local.demo.customers import GROUPS, someone
from desk.local.demo.founding import description, found_companies
from desk.local.demo.playing import Player
from desk.local.demo.rosters.halden_air import HALDEN_AIR
from desk.local.demo.script import write_script
from desk.local.demo.seeding import dice
from desk.settings import Settings
from desk.store.desk import Desk

COUNTS = """
select (select count(*) from inboxes) as inboxes, (select count(*) from teams) as teams,
       (select count(*) from canned_responses) as canned_responses,
       (select count(*) from automation_rules) as rules,
       (select count(*) from macros) as macros,
       (select count(*) from sla_policies) as sla_policies,
       (select count(*) from agent_bots where account_id is not null) as bots"""


async def test_a_company_founded_again_is_the_same(desk: Desk, settings: Settings) -> None:
    (first,) = await found_companies(settings, (HALDEN_AIR,))
    async with desk.transaction(first.account_id) as tx:
        before = await tx.one(COUNTS)
    (second,) = await found_companies(settings, (HALDEN_AIR,))
    async with desk.transaction(first.account_id) as tx:
        assert await tx.one(COUNTS) == before
    assert second == first
    assert before == {
        "inboxes": 5,
        "teams": 4,
        "canned_responses": 8,
        "rules": 3,
        "macros": 3,
        "sla_policies": 1,
        "bots": 1,
    }


async def test_run_json_tells_of_an_inbox_of_each_kind(desk: Desk, settings: Settings) -> None:
    (founded,) = await found_companies(settings, (HALDEN_AIR,))
    told = description(settings, desk.secrets, founded)
    inboxes = told["inboxes"]
    assert isinstance(inboxes, list)
    assert [inbox["kind"] for inbox in inboxes] == [
        *("whatsapp", "email", "api", "website", "custom")
    ]


async def test_what_was_promised_in_the_recent_past_was_kept_or_missed(
    desk: Desk, settings: Settings
) -> None:
    (founded,) = await found_companies(settings, (HALDEN_AIR,))
    now = desk.clock.now()
    chance = dice("promises", HALDEN_AIR.key)
    scripts = [
        write_script(
            HALDEN_AIR,
            f"promise-{nth}",
            now - timedelta(days=20 if nth == 0 else 6, minutes=97 * nth),
            customer=someone(HALDEN_AIR, nth % GROUPS, chance),
        )
        for nth in range(12)
    ]
    async with desk.transaction_across_accounts(reason="the test writes history") as tx:
        await Player(tx, founded, "http://desk.example", now).play(scripts)
    async with desk.transaction(founded.account_id) as tx:
        kept = await tx.one(
            """select count(*) as applied, count(*) filter (where s.sla_status in (1, 2)) as settled,
                      count(*) filter (where s.next_due_at < %s) as overlooked,
                      (select count(*) from conversations) as conversations
               from applied_slas s""",
            [now],
        )
        facts = {
            row["name"]: row["odd"]
            for row in await tx.all(
                """select name, count(*) filter (
                         where at < (fact ->> 'began_at')::timestamptz or at > %s) as odd
                   from events where name in ('sla_applied', 'sla_met', 'sla_missed') group by name""",
                [now],
            )
        }
    assert kept["conversations"] - kept["applied"] == 1
    assert kept["settled"] > 4
    assert kept["overlooked"] == 0
    assert facts == {"sla_applied": 0, "sla_met": 0, "sla_missed": 0}
