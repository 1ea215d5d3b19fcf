"""The list of conversations, with its exact counts, beside one bare statement for the same rows."""

import random

from benchmarks.a_large_desk import (
    Account,
    Cost,
    Served,
    accounts,
    asking,
    compared,
    home_of,
    large_desk,
    note,
    served,
    side_by_side,
)
from benchmarks.result import Result, compare

REQUESTS = 120
OTHERS = {
    "unassigned": "?assignee_type=unassigned",
    "mine": "?assignee_type=me",
    "all_statuses": "?status=all",
    "page_1": "?status=resolved",
    "page_1000": "?status=resolved&page=1000",
}
PEER_POSTGRES_MS = {"open": 204.0, "unassigned": 58.0, "mine": 18.0, "all_statuses": 2500.0}
"""LibreDesk 2.7.0 at this size on such a machine: it counts every match and joins before it pages."""


def run() -> Result:
    """The open list of an administrator in turn with the bare one; then other lists."""
    with (
        large_desk("one") as house,
        served(house, "inbox_service.main") as ours,
        served(house, "benchmarks.bare_statement") as bare,
    ):
        one = accounts(house)[0]
        note("list: open conversations")
        own, reference = side_by_side(
            lambda: _cost(ours, one, one.administrator, ""),
            lambda: bare.cost([asking(f"/list?account={one.id}")] * REQUESTS),
        )
        details = compared("open", own, reference)
        for name, query in OTHERS.items():
            note(f"list: {name}")
            details |= _figures(name, _cost(ours, one, one.administrator, query))
        details |= _figures("agents_open", _cost(ours, one, one.agent, ""))
        details |= _figures("agents_all", _cost(ours, one, one.agent, "?status=all"))
    details |= _tenants()
    details |= {f"peer_{name}_postgres_ms": value for name, value in PEER_POSTGRES_MS.items()}
    return compare(
        "list",
        "25 of 27,000 open conversations of 500,000 with four exact counts, as an administrator "
        "sees them; the reference is one statement for the same rows without counts, row "
        "security, sign-in or framework",
        "ms of CPU a request (Python and Postgres)",
        ours=own.total,
        reference=reference.total,
        goal="<= 1.5",
        details=details,
    )


def _cost(ours: Served, one: Account, token: str, query: str, requests: int = REQUESTS) -> Cost:
    path = f"/api/v1/accounts/{one.id}/conversations{query}"
    ours.ask(path, token)
    return ours.cost([asking(path, token)] * requests)


def _figures(name: str, cost: Cost) -> dict[str, float]:
    return {f"{name}_python_ms": cost.python, f"{name}_postgres_ms": cost.postgres}


def _tenants() -> dict[str, float]:
    """The largest and the smallest of two hundred accounts, where that desk has been made."""
    if not home_of("tenants").exists():
        note("list: no desk of the scale tenants is there, so none is compared")
        return {}
    with large_desk("tenants") as house, served(house, "inbox_service.main") as ours:
        everyone = accounts(house)
        largest = _cost(ours, everyone[0], everyone[0].administrator, "")
        smallest = _cost(ours, everyone[-1], everyone[-1].administrator, "")
        draw = random.Random(1)
        some = draw.choices(everyone, [one.conversations for one in everyone], k=200)
        mixed = ours.cost(
            [asking(f"/api/v1/accounts/{one.id}/conversations", one.administrator) for one in some]
        )
    return {
        "tenants_largest_conversations": float(everyone[0].conversations),
        "tenants_smallest_conversations": float(everyone[-1].conversations),
        **_figures("tenants_largest", largest),
        **_figures("tenants_smallest", smallest),
        **_figures("tenants_mixed", mixed),
    }
