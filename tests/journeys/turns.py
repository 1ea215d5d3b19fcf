"""Real customers' turns, handed in at every door and counted again at the other end."""

import asyncio
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.journeys.callers import ByApp, ByMail, ByPartner, ByWhatsApp, ByWidget, Caller
from tests.journeys.product import Product, wait_until
from tests.journeys.talks import Talk

_ID = re.compile(r"wamid\.(4479\d{8})\.(\d+)")


@dataclass
class Sent:
    """What went in: whole talks, and how many messages were accepted for them."""

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
    run = product.run
    sent = Sent()
    dice = random.Random(11)

    async def customer(http: aiohttp.ClientSession) -> None:
        while not (queue.empty() or (enough is not None and enough.is_set())):
            talk = queue.get_nowait()
            sent.talks.append(talk)
            caller = _caller(http, run, talk)
            for turn in range(len(talk.texts)):
                for _ in range(2 if dice.random() < redelivered else 1):
                    await caller.say(turn)
                    sent.accepted += 1
                await asyncio.sleep(pause)

    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(customer(http) for _ in range(at_once)))
    return sent


def inbox_of(run: dict[str, Any], talk: Talk) -> dict[str, Any]:
    """The inbox the talk is written to."""
    account = run["accounts"][talk.company % len(run["accounts"])]
    return next(dict(inbox) for inbox in account["inboxes"] if inbox["kind"] == talk.kind)


def _caller(http: aiohttp.ClientSession, run: dict[str, Any], talk: Talk) -> Caller:
    inbox, base = inbox_of(run, talk), run["urls"]["inbox"]
    match talk.kind:
        case "email":
            return ByMail(run["smtp"], inbox, talk)
        case "custom":
            return ByPartner(http, inbox, talk)
        case "api":
            return ByApp(http, base, inbox, talk)
        case "website":
            return ByWidget(http, base, inbox, talk)
        case _:
            return ByWhatsApp(http, inbox, talk)


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
        """select m.source_id, m.inbox_id, m.conversation_id,
                  coalesce(m.content_attributes #>> '{email,text_content,full}', m.content) as said
           from messages m
           where m.message_type = 0 and m.source_id ~ 'wamid[.]4479[0-9]{8}[.]' order by m.id"""
    ):
        found = _ID.search(row["source_id"])
        if found is not None:
            stored[found[1]].append({**row, "turn": int(found[2])})
    run = product.run
    wrong = []
    for talk in talks:
        rows = stored.pop(talk.sender, [])
        place = f"{talk.sender} by {talk.kind}"
        if [row["turn"] for row in rows] != list(range(len(talk.texts))):
            wrong.append(f"{place}: {len(rows)} of {len(talk.texts)} messages, or out of order")
        elif [_words(row["said"]) for row in rows] != [_words(text) for text in talk.texts]:
            wrong.append(f"{place}: another text")
        elif len({row["conversation_id"] for row in rows}) != 1:
            wrong.append(f"{place}: more than one conversation")
        elif {row["inbox_id"] for row in rows} != {inbox_of(run, talk)["id"]}:
            wrong.append(f"{place}: in another inbox")
    wrong.extend(f"{sender}: nobody wrote this" for sender in stored)
    return wrong


def _words(text: str) -> list[str]:
    # Doors trim what they are given; mail breaks lines where it likes.
    return text.split()
