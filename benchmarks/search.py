"""Search over five million messages: rare, middling and common words, beside bare statements."""

from urllib.parse import quote

from benchmarks.a_large_desk import (
    Cost,
    Served,
    accounts,
    asking,
    compared,
    large_desk,
    note,
    served,
)
from benchmarks.result import Result, compare
from desk.local.scale.texts import RARE

REQUESTS = 40
WORDS = {"rare": RARE, "refund": "refund", "common": "you", "two_words": "refund parcel"}
IS_RARE = {"rare": 1, "refund": 0, "common": 0, "two_words": 1}
"""The bare statement is told which way to go; ours has to find out."""

PEER_POSTGRES_MS = {"rare": 0.9, "refund": 69.0, "common": 189.0}


def run() -> Result:
    """Each word in turn with a bare search; the headline is the middling word."""
    details: dict[str, float] = {}
    pairs: dict[str, tuple[Cost, Cost]] = {}
    with (
        large_desk("one") as house,
        served(house, "inbox_service.main") as ours,
        served(house, "benchmarks.bare_statement") as bare,
    ):
        one = accounts(house)[0]
        prefix = f"/api/v1/accounts/{one.id}/search"
        for name, words in WORDS.items():
            note(f"search: {name}")
            query = quote(" & ".join(words.split()))
            pairs[name] = (
                _cost(ours, f"{prefix}/messages?q={quote(words)}", one.administrator),
                _cost(bare, f"/search?account={one.id}&words={query}&is_rare={IS_RARE[name]}", ""),
            )
            details |= compared(name, *pairs[name])
        for name, path in (
            ("agents_refund", f"{prefix}/messages?q=refund"),
            ("contacts_by_name", f"{prefix}/contacts?q=olivia"),
            ("list_with_words", f"/api/v1/accounts/{one.id}/conversations?q=refund"),
        ):
            note(f"search: {name}")
            cost = _cost(ours, path, one.agent)
            details |= {f"{name}_python_ms": cost.python, f"{name}_postgres_ms": cost.postgres}
    details |= {f"peer_{name}_postgres_ms": value for name, value in PEER_POSTGRES_MS.items()}
    own, reference = pairs["refund"]
    return compare(
        "search",
        "the newest 15 of the messages that hold a middling word, of 5 million; the reference "
        "is a statement that is told whether the word is rare, without row security or framework",
        "ms of CPU a request (Python and Postgres)",
        ours=own.total,
        reference=reference.total,
        goal="<= 1.5",
        details=details,
    )


def _cost(door: Served, path: str, token: str) -> Cost:
    door.ask(path, token)
    return door.cost([asking(path, token)] * REQUESTS)
