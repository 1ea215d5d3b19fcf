"""Whether something that speaks Kafka answers at an address."""

import asyncio
from urllib.parse import urlsplit

API_VERSIONS = (18).to_bytes(2, "big")
CLIENT = b"streamdesk health"
CORRELATION = 7


async def probe(kafka_url: str, *, seconds: float) -> None:
    """Ask the first server that answers for its versions; raises OSError or TimeoutError."""
    refused: Exception = ConnectionError("no broker named")
    for server in kafka_url.split(","):
        try:
            async with asyncio.timeout(seconds):
                await _ask(server.strip())
            return
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            refused = error
    raise ConnectionError(f"no broker answers: {type(refused).__name__}")


async def _ask(server: str) -> None:
    url = urlsplit(server if "://" in server else f"kafka://{server}")
    reader, writer = await asyncio.open_connection(url.hostname, url.port or 9092)
    try:
        body = (
            API_VERSIONS
            + (0).to_bytes(2, "big")
            + CORRELATION.to_bytes(4, "big")
            + len(CLIENT).to_bytes(2, "big")
            + CLIENT
        )
        writer.write(len(body).to_bytes(4, "big") + body)
        answer = await reader.readexactly(8)
        if int.from_bytes(answer[4:], "big") != CORRELATION:
            raise ConnectionError("the answer is not Kafka's")
    finally:
        writer.close()
