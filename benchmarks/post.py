"""A message written with all that follows from it, beside one bare statement that writes as much."""

import random
from urllib.parse import quote

from benchmarks.a_large_desk import (
    Request,
    accounts,
    asking,
    compared,
    large_desk,
    served,
    side_by_side,
)
from benchmarks.result import Result, compare

REQUESTS = 120
WORDS = "Your parcel left our warehouse this morning and should be with you by Thursday."


def run() -> Result:
    """Private notes, then replies that also oblige the desk to send; commits reach the disk."""
    with (
        large_desk("one-small") as house,
        served(house, "inbox_service.main") as ours,
        served(house, "benchmarks.bare_statement") as bare,
    ):
        one = accounts(house)[0]
        numbers = random.Random(2).choices(range(1, one.conversations), k=REQUESTS)
        prefix = f"/api/v1/accounts/{one.id}/conversations"
        text = quote(WORDS)

        def write(private: bool) -> list[Request]:
            body = {"content": WORDS, "private": private}
            return [asking(f"{prefix}/{n}/messages", one.administrator, body) for n in numbers]

        address = f"/post?account={one.id}&user={one.user_id}&text={text}"
        own, reference = side_by_side(
            lambda: ours.cost(write(private=True)),
            lambda: bare.cost([asking(f"{address}&number={n}") for n in numbers]),
        )
        reply = ours.cost(write(private=False))
    return compare(
        "post",
        "a private note with its fact, read back as clients see it; the reference is one "
        "statement that writes message, conversation and fact, without row security, sign-in, "
        "checks or framework",
        "ms of CPU a request (Python and Postgres)",
        ours=own.total,
        reference=reference.total,
        goal="<= 1.5",
        details={
            **compared("note", own, reference),
            "reply_python_ms": reply.python,
            "reply_postgres_ms": reply.postgres,
            "peer_note_app_ms": 1.5,
            "peer_note_postgres_ms": 3.6,
            "peer_reply_postgres_ms": 6.6,
        },
    )
