"""Real customers' turns, sent as signed WhatsApp webhooks and counted again at the other end."""

import asyncio
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.builders.whatsapp import signed, text_hook
from tests.journeys.product import Product, wait_until

DATA = Path(__file__).parents[3] / "shared" / "data" / "multidogo_customer_turns.jsonl.gz"
WITHOUT_DATA = f"needs the customers' turns, which are not shipped: {DATA.name}"


@dataclass(frozen=True)
class Talk:
    """One customer's turns in one company's inbox."""

    company: int
    sender: str
    name: str
    texts: tuple[str, ...]

    def wamid(self, turn: int) -> str:
        return f"wamid.{self.sender}.{turn}"


def read_talks() -> list[Talk]:
    """The data set's conversations, each with a phone number of its own."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(DATA, "rt") as lines:
        for line in lines:
            turn = json.loads(line)
            texts[turn["domain"], turn["conversation"]].append(turn["text"])
    companies = {domain: index for index, domain in enumerate(sorted({d for d, _ in texts}))}
    return [
        Talk(companies[domain], f"4479{number:08d}", f"Customer {number}", tuple(said))
        for number, ((domain, _), said) in enumerate(texts.items())
    ]


@dataclass
class Sent:
    """What went in: whole talks, and how many hooks were accepted for them."""

    talks: list[Talk] = field(default_factory=list)
    accepted: int = 0


async def send_talks(
    product: Product,
    talks: Iterable[Talk],
    *,
    at_once: int = 32,
    redelivered: float = 0.1,
    pause: float = 0,
    enough: asyncio.Event | None = None,
) -> Sent:
    """Send every turn until it is accepted, a tenth of them twice.

    `enough`, once set, lets nobody begin another talk; `pause` is in seconds, after every turn.
    """
    queue: asyncio.Queue[Talk] = asyncio.Queue()
    for talk in talks:
        queue.put_nowait(talk)
    doors = [product.whatsapp(index) for index in range(len(product.run["accounts"]))]
    sent = Sent()
    dice = random.Random(11)

    async def customer(http: aiohttp.ClientSession) -> None:
        while not (queue.empty() or (enough is not None and enough.is_set())):
            talk = queue.get_nowait()
            sent.talks.append(talk)
            door = doors[talk.company % len(doors)]
            for turn, text in enumerate(talk.texts):
                body = text_hook(
                    phone_number=door["phone_number"],
                    phone_number_id=door["phone_number_id"],
                    sender=talk.sender,
                    name=talk.name,
                    wamid=talk.wamid(turn),
                    text=text,
                )
                for _ in range(2 if dice.random() < redelivered else 1):
                    await _until_accepted(http, door, body)
                    sent.accepted += 1
                await asyncio.sleep(pause)

    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(customer(http) for _ in range(at_once)))
    return sent


async def _until_accepted(http: aiohttp.ClientSession, door: dict[str, Any], body: bytes) -> None:
    # As the provider does: anything but 200 is tried again.
    delay = 0.05
    while True:
        try:
            headers = signed(body, door["app_secret"])
            async with http.post(
                door["webhook_url"],
                data=body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=10),
            ) as answer:
                if answer.status == 200:
                    return
                if answer.status in (400, 401, 403, 404, 413):
                    raise AssertionError(f"refused with {answer.status}: {await answer.text()}")
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        await asyncio.sleep(delay)
        delay = min(delay * 2, 1)


def settle(product: Product, seconds: float = 120) -> None:
    """Wait until nothing that came in is undone."""
    wait_until(
        "every accepted hook is done",
        lambda: (
            product.rows("select count(*) as n from inbound where done_at is null")[0]["n"] == 0
        ),
        seconds,
    )


def differences(product: Product, talks: list[Talk]) -> list[str]:
    """What is missing, doubled, out of order or in the wrong place; empty when all is there once."""
    stored: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in product.rows(
        """select ci.source_id as sender, m.source_id, m.content, m.conversation_id, i.address
           from messages m
           join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
           join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
           join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
           where m.message_type = 0 and ci.source_id like '4479%%' order by m.id"""
    ):
        stored[row["sender"]].append(row)
    found = []
    doors = [product.whatsapp(index) for index in range(len(product.run["accounts"]))]
    for talk in talks:
        rows = stored.pop(talk.sender, [])
        if [row["source_id"] for row in rows] != [talk.wamid(n) for n in range(len(talk.texts))]:
            found.append(
                f"{talk.sender}: {len(rows)} of {len(talk.texts)} messages, or out of order"
            )
        elif [row["content"] for row in rows] != list(talk.texts):
            found.append(f"{talk.sender}: another text")
        elif len({row["conversation_id"] for row in rows}) != 1:
            found.append(f"{talk.sender}: more than one conversation")
        elif {row["address"] for row in rows} != {doors[talk.company % len(doors)]["phone_number"]}:
            found.append(f"{talk.sender}: in another company's inbox")
    found.extend(f"{sender}: nobody wrote this" for sender in stored)
    return found
