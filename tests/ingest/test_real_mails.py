"""Real people's mails, in over SMTP: each is there once, and joined as its headers say."""

import asyncio
import os
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import aiosmtplib
import pytest
import structlog

from desk.store.counters import Counters
from desk.store.desk import Desk
from ingest.channels.email.addresses import ids_followed, own_id
from ingest.channels.email.structure import parse
from streams.handlers.receive_inbound import ReceiveInbound
from streams.publishing import hook_of
from tests.builders.accounts import SmallDesk
from tests.builders.mail import MailInbox, mail_door, mail_inbox

log = structlog.get_logger()

DATA = Path(__file__).parents[3] / "shared" / "data" / "emails_easy_ham.tar.xz"
WHOLE = os.environ.get("STREAMDESK_ALL_TURNS") == "1"
SAMPLE = 400
AT_ONCE = 8
BATCH = 50


@dataclass(frozen=True)
class RealMail:
    """A mail of the data set, with what its headers say of its place."""

    id: str
    raw: bytes
    follows: tuple[str, ...]


def read_mails() -> list[RealMail]:
    """All of them, or the first few hundred."""
    mails = []
    with tarfile.open(DATA) as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.isfile() else None
            if opened is None:
                continue
            raw = opened.read()
            # The first line is a mailbox's, not the mail's.
            raw = raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw
            parsed = parse(raw)
            mails.append(RealMail(own_id(parsed), raw, ids_followed(parsed)))
            if not WHOLE and len(mails) == SAMPLE:
                break
    return mails


async def bring_all(port: int, mails: Sequence[RealMail], address: str) -> None:
    """Over a few connections at once, so that neighbours overtake each other."""
    waiting = list(reversed(mails))

    async def sender() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            while waiting:
                await client.sendmail("list@bounces.example", [address], waiting.pop().raw)

    await asyncio.gather(*(sender() for _ in range(AT_ONCE)))


async def take_in(desk: Desk, inbox: MailInbox) -> None:
    """What the worker does with one partition: a batch after the other."""
    async with desk.transaction_across_accounts(reason="a test plays the stream") as tx:
        rows = await tx.all(
            """select account_id, id, inbox_id, channel, sender, headers::text, body, received_at
               from inbound where inbox_id = %s and done_at is null order by id""",
            [inbox.id],
        )
    # One key, and so one partition: mails stay in the order in which they came.
    assert {row["sender"] for row in rows} == {""}
    receive = ReceiveInbound(desk, Counters())
    for start in range(0, len(rows), BATCH):
        await receive.receive([hook_of(row) for row in rows[start : start + BATCH]])


@pytest.mark.slow
@pytest.mark.timeout(900 if WHOLE else 180)
@pytest.mark.skipif(not DATA.exists(), reason=f"needs real mails, not shipped: {DATA.name}")
async def test_real_mails_are_stored_once_and_joined_as_their_headers_say(
    desk: Desk, halden: SmallDesk
) -> None:
    mails = read_mails()
    inbox = await mail_inbox(desk, halden)
    async with mail_door(desk) as door:
        await bring_all(door.port, mails, inbox.address)
        # A mail server that did not hear our answer brings everything again.
        await bring_all(door.port, mails[: len(mails) // 10], inbox.address)
    await take_in(desk, inbox)

    async with desk.transaction(halden.account_id) as tx:
        stored = await tx.all(
            "select id, source_id, conversation_id from messages where inbox_id = %s",
            [inbox.id],
        )
        parked = await tx.all("select reason from parked_messages")
        undone = await tx.one("select count(*) as n from inbound where done_at is null")
    at = {row["source_id"]: Stored(row["id"], row["conversation_id"]) for row in stored}
    assert undone["n"] == 0
    assert all(row["reason"] for row in parked)
    assert len(stored) + len(parked) == len(mails)
    assert len(at) == len(stored)
    assert at.keys() <= {mail.id for mail in mails}

    linked, apart = relations(mails, at)
    log.info(
        "real_mails",
        stored=len(stored),
        parked=len(parked),
        conversations=len({s.home for s in at.values()}),
        linked=len(linked),
        with_their_parent=len(linked) - len(apart),
    )
    assert linked
    assert len(apart) <= len(linked) // 50, f"{len(apart)} of {len(linked)} are apart"
    # Conversations are not merged by machine: apart are only those whose conversation had begun
    # before the mail came that they answer.
    begun = {home: min(s.id for s in at.values() if s.home == home) for _, home in at.values()}
    assert [mail for mail, parent in apart if begun[at[mail].home] > at[parent].id] == []


class Stored(NamedTuple):
    """A mail's message and conversation."""

    id: int
    home: int


def relations(
    mails: Sequence[RealMail], at: dict[str, Stored]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Mails with the nearest one they answer, of those we have; and which of them are not together."""
    linked = []
    for mail in mails:
        parent = next((one for one in mail.follows if one in at and one != mail.id), None)
        if parent is not None and mail.id in at:
            linked.append((mail.id, parent))
    return linked, [(one, parent) for one, parent in linked if at[one].home != at[parent].home]
