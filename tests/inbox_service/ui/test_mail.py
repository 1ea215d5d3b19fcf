"""Mails in the thread: whom they are from, what they quote, and nothing that could do harm."""

import pytest
from playwright.async_api import expect

from desk.store.desk import Desk
from desk.words.channels import InboundMessage
from ingest.channel_contract import RawHook
from ingest.channels.email.adapter import Email
from tests.builders.accounts import SmallDesk
from tests.builders.mail import MailInbox, mail_inbox
from tests.builders.messages import receive
from tests.inbox_service.ui.conftest import OpenPage
from tests.ingest.conformance import EXAMPLES

pytestmark = pytest.mark.browser


async def _arrives(desk: Desk, halden: SmallDesk, inbox: MailInbox, example: str) -> None:
    raw = (EXAMPLES / "email" / f"{example}.eml").read_bytes()
    (message, *_) = Email().read(RawHook({}, raw), {"email": inbox.address})
    assert isinstance(message, InboundMessage)
    at = SmallDesk(**{**vars(halden), "inbox": inbox.id})
    await receive(desk, at, message)


async def test_a_mail_shows_its_way_and_folds_what_it_quotes(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    inbox = await mail_inbox(desk, halden)
    await _arrives(desk, halden, inbox, "answer_above_the_quotation")
    page = await open_page(halden.administrator, "conversations/1")
    await expect(page.locator("#thread .bar h2")).to_have_text("Re: Refund for HA 217")
    mail = page.locator("article.mail")
    await expect(mail).to_contain_text("luca@postino.example")
    await expect(mail).to_contain_text("cc marta@postino.example")
    await expect(mail).to_contain_text("Can you check Marta's?")
    await expect(mail).not_to_contain_text("both refunds were approved")
    fold = mail.get_by_role("button", name="Show the quoted part")
    await fold.click()
    await expect(mail).to_contain_text("both refunds were approved")
    await mail.get_by_role("button", name="Hide the quoted part").click()
    await expect(mail).not_to_contain_text("both refunds were approved")


async def test_a_mail_in_html_is_text_without_anything_from_elsewhere(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    inbox = await mail_inbox(desk, halden)
    await _arrives(desk, halden, inbox, "html_only")
    page = await open_page(halden.administrator, "conversations/1")
    mail = page.locator("article.mail")
    await expect(mail).to_contain_text("two passengers")
    assert await mail.locator("img, script, iframe").count() == 0
    links = mail.locator("a")
    assert await links.count() == 1
    assert "noopener" in str(await links.get_attribute("rel"))


async def test_an_answer_is_a_mail_too_and_a_note_is_not(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    inbox = await mail_inbox(desk, halden)
    await _arrives(desk, halden, inbox, "text")
    page = await open_page(halden.administrator, "conversations/1")
    await page.keyboard.press("r")
    await page.locator(".write").fill("It is found.")
    await page.keyboard.press("Control+Enter")
    ours = page.locator("article.mail.ours")
    await expect(ours).to_contain_text("It is found.")
    await expect(ours).to_contain_text("to amara@okonkwo.example")
    await page.get_by_role("tab", name="Note").click()
    await page.locator(".write").fill("Ask for a photo")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.note")).to_contain_text("Ask for a photo")
    await expect(page.locator("article.mail")).to_have_count(2)
