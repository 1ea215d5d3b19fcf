"""The two doors for mail: what is journalled, and what other servers are told."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from typing import Any

import aiosmtplib
import httpx
import psycopg
import pytest
from aiosmtplib.errors import SMTPDataError, SMTPRecipientsRefused
from litestar import Litestar

from desk.store.desk import Desk
from desk.words.errors import Transient
from ingest.receiver.intake import Intake
from ingest.receiver.journal import Journal
from ingest.receiver.smtp_session import LARGEST_MAIL
from ingest.receiver.webhooks import webhooks
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.mail import MailDoors, MailInbox, mail_door, mail_inbox
from tests.ingest.probes.email import mail

UUID = "3f1c2b9a-7d4e-4a51-9c0f-5b6a7c8d9e0f"


@pytest.fixture
async def inbox_of_mail(desk: Desk, halden: SmallDesk) -> MailInbox:
    return await mail_inbox(desk, halden)


@pytest.fixture
async def smtp(desk: Desk) -> AsyncIterator[MailDoors]:
    async with mail_door(desk) as door:
        yield door


@pytest.fixture
async def http(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    app: Any = Litestar([webhooks(intake)], openapi_config=None, logging_config=None)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


def journal(owner: psycopg.Connection[Any], inbox: MailInbox) -> list[tuple[Any, ...]]:
    return owner.execute(
        "select body, sender, headers from inbound where inbox_id = %s order by id", [inbox.id]
    ).fetchall()


class TestSmtp:
    async def test_a_mail_is_in_the_journal_before_the_sender_is_told(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        raw = mail("Grüße aus 東京\n.\n..\n", source_id="a1").replace(b"\n", b"\r\n")
        _, told = await smtp.bring(raw, inbox_of_mail.address)
        assert "kept" in told
        ((body, sender, headers),) = journal(owner, inbox_of_mail)
        assert body == raw
        assert sender == ""
        assert headers == {
            "x-envelope-to": inbox_of_mail.address,
            "x-envelope-from": "amara@okonkwo.example",
        }

    async def test_capitals_and_a_tag_lead_to_the_same_inbox(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        local, _, domain = inbox_of_mail.address.partition("@")
        tagged = f"{local}+{UUID}@{domain}"
        await smtp.bring(mail("a", source_id="a1"), inbox_of_mail.address.upper())
        await smtp.bring(mail("b", source_id="b1"), inbox_of_mail.address, tagged)
        found = [headers["x-envelope-to"] for _, _, headers in journal(owner, inbox_of_mail)]
        assert found == [inbox_of_mail.address.upper(), tagged]

    async def test_an_unknown_recipient_is_refused_and_known_ones_are_not(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        nobody = "nobody@nowhere.example"
        refused, _ = await smtp.bring(mail("a", source_id="a1"), nobody, inbox_of_mail.address)
        assert refused[nobody][0] == 550
        assert len(journal(owner, inbox_of_mail)) == 1
        with pytest.raises(SMTPRecipientsRefused) as only:
            await smtp.bring(mail("a", source_id="a1"), nobody)
        assert only.value.recipients[0].code == 550

    async def test_each_inbox_gets_its_own_row(
        self, desk: Desk, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        other = await mail_inbox(desk, await small_desk(desk, name="Skarvik Bank"))
        await smtp.bring(mail("a", source_id="a1"), inbox_of_mail.address, other.address)
        assert len(journal(owner, inbox_of_mail)) == len(journal(owner, other)) == 1

    async def test_a_mail_that_is_too_large_is_refused(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        with pytest.raises(aiosmtplib.SMTPException) as refusal:
            await smtp.bring(
                mail("x" * 1000 + "\n", source_id="a1") + b"x" * LARGEST_MAIL, inbox_of_mail.address
            )
        assert getattr(refusal.value, "code", 552) == 552
        assert journal(owner, inbox_of_mail) == []

    async def test_a_line_of_any_length_is_taken(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        raw = mail("y" * 50_000, source_id="a1").replace(b"\n", b"\r\n")
        await smtp.bring(raw, inbox_of_mail.address)
        assert journal(owner, inbox_of_mail)[0][0] == raw

    async def test_without_the_database_the_sender_is_told_to_come_again(
        self,
        smtp: MailDoors,
        inbox_of_mail: MailInbox,
        owner: psycopg.Connection[Any],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        async def away(*_: Any) -> None:
            raise Transient("database_unreachable", "The database does not answer.")

        with monkeypatch.context() as patched:
            patched.setattr(Journal, "append", away)
            with pytest.raises(SMTPDataError) as later:
                await smtp.bring(mail("a", source_id="a1"), inbox_of_mail.address)
        assert later.value.code == 451
        await smtp.bring(mail("a", source_id="a1"), inbox_of_mail.address)
        assert len(journal(owner, inbox_of_mail)) == 1

    async def test_whatever_one_sender_does_the_next_is_heard(
        self, smtp: MailDoors, inbox_of_mail: MailInbox, owner: psycopg.Connection[Any]
    ) -> None:
        rude = [
            b"\x00\xff\xfe\r\n" * 3,
            b"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<\xff@\x00>\r\n",
            f"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{inbox_of_mail.address}>\r\nDATA\r\nhalf".encode(),
            b"A" * 70_000,
        ]
        for said in rude:
            _, writer = await asyncio.open_connection("127.0.0.1", smtp.port)
            writer.write(said)
            await writer.drain()
            await asyncio.sleep(0.05)
            writer.close()
        await smtp.bring(mail("a", source_id="a1"), inbox_of_mail.address)
        assert len(journal(owner, inbox_of_mail)) == 1


class TestHttp:
    async def test_an_administrators_token_opens_the_door(
        self,
        http: httpx.AsyncClient,
        halden: SmallDesk,
        inbox_of_mail: MailInbox,
        owner: psycopg.Connection[Any],
    ) -> None:
        raw = mail("Hello", source_id="a1")
        answer = await http.post(
            f"/webhooks/email/{inbox_of_mail.address}",
            content=raw,
            headers=bearer(halden.tokens[halden.administrator]),
        )
        assert answer.status_code == 200
        ((body, _, headers),) = journal(owner, inbox_of_mail)
        assert body == raw
        assert headers == {"x-envelope-to": inbox_of_mail.address}

    async def test_the_inboxs_own_key_does_as_well(
        self, http: httpx.AsyncClient, inbox_of_mail: MailInbox
    ) -> None:
        raw = mail("Hello", source_id="a1")
        digest = hmac.digest(b"an inbox's key", raw, hashlib.sha256).hex()
        answer = await http.post(
            f"/webhooks/email/{inbox_of_mail.address}",
            content=raw,
            headers={"X-Streamdesk-Signature": f"sha256={digest}"},
        )
        assert answer.status_code == 200

    async def test_others_stay_outside(
        self,
        desk: Desk,
        http: httpx.AsyncClient,
        halden: SmallDesk,
        inbox_of_mail: MailInbox,
        owner: psycopg.Connection[Any],
    ) -> None:
        url = f"/webhooks/email/{inbox_of_mail.address}"
        stranger = await small_desk(desk, name="Skarvik Bank")
        raw = mail("Hello", source_id="a1")

        async def status(headers: dict[str, str], to: str = url, body: bytes = raw) -> int:
            return (await http.post(to, content=body, headers=headers)).status_code

        administrator = bearer(halden.tokens[halden.administrator])
        assert await status({}) == 401
        assert await status(bearer("no token")) == 401
        assert await status(bearer(halden.tokens[halden.agent])) == 403
        assert await status(bearer(stranger.tokens[stranger.administrator])) == 403
        assert await status(administrator, "/webhooks/email/nobody@nowhere.example") == 404
        large = b"x" * (LARGEST_MAIL + 1)
        assert await status(administrator, body=large) == 413
        assert journal(owner, inbox_of_mail) == []


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
