"""A conversation opened with its newest messages, beside one bare statement for the same rows."""

import random

from benchmarks.a_large_desk import accounts, asking, compared, large_desk, served, side_by_side
from benchmarks.result import Result, compare

REQUESTS = 200


def run() -> Result:
    """Random threads of a large account, in turn with the bare door."""
    with (
        large_desk("one") as house,
        served(house, "inbox_service.main") as ours,
        served(house, "benchmarks.bare_statement") as bare,
    ):
        one = accounts(house)[0]
        numbers = random.Random(1).choices(range(1, one.conversations), k=REQUESTS)
        prefix = f"/api/v1/accounts/{one.id}/conversations"
        own, reference = side_by_side(
            lambda: ours.cost(
                [asking(f"{prefix}/{n}/messages", one.administrator) for n in numbers]
            ),
            lambda: bare.cost([asking(f"/thread?account={one.id}&number={n}") for n in numbers]),
        )
    return compare(
        "thread",
        "a random conversation of 500,000 opened with its newest 20 messages; the reference is "
        "the same statement without row security, sign-in or framework",
        "ms of CPU a request (Python and Postgres)",
        ours=own.total,
        reference=reference.total,
        goal="<= 1.5",
        details={
            **compared("thread", own, reference),
            "peer_app_ms": 1.1,
            "peer_postgres_ms": 1.7,
        },
    )
