"""How tests of automation make rules and look at what came of them."""

from typing import Any

import httpx

from desk.actions.keep_rule import keep_rule
from desk.automation.check import RuleGiven, checked
from desk.store.desk import Desk
from desk.words.actor import Actor
from tests.builders.accounts import SmallDesk


class Programs:
    """The simulated programs, asked for what reached them."""

    def __init__(self, url: str, http: httpx.AsyncClient) -> None:
        self.url = url
        self.http = http

    async def sent(self, kind: str) -> list[dict[str, Any]]:
        page = (await self.http.get(f"/{kind}/sent", params={"since": 0})).json()
        items: list[dict[str, Any]] = page["items"]
        return items

    async def fail(self, program: str, **fault: object) -> None:
        (await self.http.post(f"/{program}/faults", json=fault)).raise_for_status()

    @property
    def zap(self) -> str:
        return f"{self.url}/zapier/hooks/catch/1/abc"

    @property
    def ticket_endpoint(self) -> str:
        return f"{self.url}/tickets/api/tickets"


def condition(
    key: str, operator: str, *values: object, joined: str | None = None
) -> dict[str, Any]:
    return {
        "attribute_key": key,
        "filter_operator": operator,
        "values": list(values),
        "query_operator": joined,
    }


def action(name: str, *params: object) -> dict[str, Any]:
    return {"action_name": name, "action_params": list(params)}


async def make_rule(
    desk: Desk,
    at: SmallDesk,
    *actions: dict[str, Any],
    on: str = "message_created",
    when: list[dict[str, Any]] | None = None,
    name: str = "Lost bags",
) -> int:
    """A rule of the account's administrator."""
    given = RuleGiven(name, on, when or [], list(actions))
    async with desk.transaction(at.account_id) as tx:
        wanted = await checked(tx, given, secrets=desk.secrets)
        return await keep_rule(tx, wanted, by=Actor.user(at.administrator))


async def rows(desk: Desk, at: SmallDesk, table: str) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(f"select * from {table} order by id")


async def lines(desk: Desk, at: SmallDesk) -> list[str]:
    """What the threads say was done."""
    return [row["content"] for row in await rows(desk, at, "messages") if row["message_type"] == 2]


async def endings(desk: Desk, at: SmallDesk) -> list[list[tuple[str, str]]]:
    """For every firing, its actions and how they came out."""
    return [
        [(one["action_name"], one.get("ending", "")) for one in run["actions"]]
        for run in await rows(desk, at, "automation_runs")
    ]
