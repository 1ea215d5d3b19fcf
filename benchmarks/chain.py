"""Signed webhooks through everything, to committed rows and finished reactions."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator

import msgspec
import psutil
import uvloop

from benchmarks.an_account import AnAccount, customers_write, make_account
from benchmarks.knocking import knock, requests
from benchmarks.result import Result, compare
from benchmarks.stage import Stage, cpu_of, stage, until

WEBHOOKS = 10_000
ROUNDS = 2
STAGES = ("inbox_service.main", "streams.relay", "streams.worker")
SERVICES = ("postgres", "broker", "valkey")


class Share(msgspec.Struct, frozen=True):
    """One round's figures."""

    per_second: float
    accepted_per_second: float
    cpu_us: dict[str, float]


def run() -> Result:
    """Rounds of both, in turn, on one house."""
    ours: list[Share] = []
    plain: list[Share] = []
    with stage() as house:
        for _ in range(ROUNDS):
            plain.append(_plain(house))
            ours.append(_ours(house))
    best = max(ours, key=lambda share: share.per_second)
    reference = max(plain, key=lambda share: share.per_second)
    return compare(
        "chain",
        f"{WEBHOOKS:,} signed WhatsApp webhooks: door, journal, relay, broker, Faust, committed "
        "rows, published facts, finished reactions; reference: a door that commits each message "
        "within its request, and publishes and reacts to nothing",
        "webhooks/s",
        ours=best.per_second,
        reference=reference.per_second,
        goal=">= 1",
        details={
            "ours_accepted_per_second": best.accepted_per_second,
            **{f"ours_{name}_us_per_webhook": value for name, value in best.cpu_us.items()},
            **{
                f"reference_{name}_us_per_webhook": value
                for name, value in reference.cpu_us.items()
            },
        },
    )


def _ours(house: Stage) -> Share:
    port = _free_port()
    with contextlib.ExitStack() as running:
        processes = {
            module: running.enter_context(
                house.process(module, STREAMDESK_PORT=str(port), LOG_LEVEL="error")
            )
            for module in STAGES
        }
        until(lambda: _listens(port), seconds=60, what="the door opening")
        warm = asyncio.run(make_account(house))
        _knock(port, warm, 50)
        until(lambda: _all_done(house), seconds=60, what="the first messages")
        at = asyncio.run(make_account(house))
        until(lambda: _all_done(house), seconds=60, what="a quiet house")
        with _measuring(house, processes) as cpu:
            began = time.monotonic()
            accepting = _knock(port, at, WEBHOOKS)
            until(lambda: _all_done(house), seconds=300, what="the last reaction")
            seconds = time.monotonic() - began
        _check(house, at)
    return Share(WEBHOOKS / seconds, WEBHOOKS / accepting, cpu)


def _plain(house: Stage) -> Share:
    port = _free_port()
    with house.process("benchmarks.plain_door", STREAMDESK_PORT=str(port)) as process:
        until(lambda: _listens(port), seconds=60, what="the plain door opening")
        _knock(port, asyncio.run(make_account(house)), 50)
        at = asyncio.run(make_account(house))
        with _measuring(house, {"plain_door": process}) as cpu:
            seconds = _knock(port, at, WEBHOOKS)
        _check(house, at)
    house.database.execute("update events set done_at = now() where done_at is null")
    return Share(WEBHOOKS / seconds, WEBHOOKS / seconds, cpu)


def _knock(port: int, at: AnAccount, count: int) -> float:
    bodies = [body for _, body in customers_write(at, count)]
    waiting = requests(at, f"/webhooks/whatsapp/{at.address}", bodies)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(knock(f"http://127.0.0.1:{port}", waiting))


@contextlib.contextmanager
def _measuring(house: Stage, processes: dict[str, psutil.Process]) -> Iterator[dict[str, float]]:
    """CPU of each part, in microseconds per webhook; filled in at the end."""

    def used() -> dict[str, float]:
        return {
            **{name.replace(".", "_"): cpu_of(process) for name, process in processes.items()},
            **{name: house.services_cpu(name) for name in SERVICES},
        }

    before, found = used(), dict[str, float]()
    yield found
    found |= {name: (value - before[name]) / WEBHOOKS * 1e6 for name, value in used().items()}


def _check(house: Stage, at: AnAccount) -> None:
    stored = house.value("select count(*) from messages where account_id = %s", at.account_id)
    if stored != WEBHOOKS:
        raise AssertionError(f"{stored} messages are stored, not {WEBHOOKS}")


def _all_done(house: Stage) -> bool:
    waits: bool = house.value(
        "select exists(select from inbound where done_at is null) "
        "or exists(select from events where done_at is null)"
    )
    return not waits


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
