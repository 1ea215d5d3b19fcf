"""Whether a broker answers at all, and saying so while it does not."""

import asyncio
import contextlib
import time

import structlog

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.2
SAY_EVERY_SECONDS = 30.0
ANSWER_SECONDS = 5.0


async def until_reachable(kafka_url: str) -> None:
    """Return when a server of the broker takes a connection; until then wait, and say so."""
    began = said = time.monotonic()
    waiting = False
    while (problem := await _problem(kafka_url)) is not None:
        now = time.monotonic()
        if not waiting or now - said >= SAY_EVERY_SECONDS:
            log.warning(
                "broker_unreachable", kafka_url=kafka_url, error=problem, waited=round(now - began)
            )
            waiting, said = True, now
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    if waiting:
        log.info("broker_reached", kafka_url=kafka_url, waited=round(time.monotonic() - began))


async def answers(kafka_url: str) -> bool:
    """Whether a server of the broker takes a connection now."""
    return await _problem(kafka_url) is None


async def _problem(kafka_url: str) -> str | None:
    """Why none of the servers answers, or nothing."""
    problem = ""
    for server in kafka_url.split(","):
        host, _, port = server.rpartition(":")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
        except OSError as error:
            problem = f"{server}: {error.strerror or type(error).__name__}"
            continue
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return None
    return problem
