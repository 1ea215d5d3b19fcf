"""A demo company is opened once, and found again."""

from desk.local.demo.founding import description, found_companies
from desk.local.demo.rosters.halden_air import HALDEN_AIR
from desk.settings import Settings
from desk.store.desk import Desk

COUNTS = """
select (select count(*) from inboxes) as inboxes, (select count(*) from teams) as teams,
       (select count(*) from canned_responses) as canned_responses,
       (select count(*) from automation_rules) as rules,
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
