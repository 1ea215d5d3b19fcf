"""The settings of canned replies, notifications and webhooks."""

import httpx
import pytest
from playwright.async_api import expect

from desk.actions.record_delivery import Tried, record_tries
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.reacting import react
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser

URL = "https://hooks.example/streamdesk"


async def test_a_canned_reply_is_written_found_and_deleted(
    halden: SmallDesk, jonas: httpx.AsyncClient, open_page: OpenPage
) -> None:
    page = await open_page(halden.agent, "settings/canned")
    await page.get_by_role("button", name="New canned reply").click()
    await page.get_by_label("Short code").fill("/courier")
    await page.get_by_label("Text", exact=True).fill("Hello ")
    await page.get_by_role("button", name="contact.first_name").click()
    await page.get_by_role("button", name="Save").click()
    row = page.get_by_role("list", name="Canned replies").get_by_role("listitem")
    await expect(row).to_contain_text("/courier")
    await expect(row).to_contain_text("Hello {{contact.first_name}}")
    (kept,) = (await jonas.get("/canned_responses")).json()
    assert kept["short_code"] == "courier"
    await row.get_by_role("link").click()
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="No canned replies yet")).to_be_visible()


async def test_a_taken_short_code_is_said_at_its_field(
    halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage
) -> None:
    await maya.post("/canned_responses", json={"short_code": "claim", "content": "x"})
    page = await open_page(halden.administrator, "settings/canned/new")
    await page.get_by_label("Short code").fill("claim")
    await page.get_by_label("Text", exact=True).fill("y")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_have_text(
        "There is already a canned response /claim."
    )


async def test_what_to_be_told_is_chosen_and_kept(
    halden: SmallDesk, jonas: httpx.AsyncClient, open_page: OpenPage
) -> None:
    page = await open_page(halden.agent, "settings/notifications")
    new = page.get_by_role("switch", name="A new conversation in your inboxes")
    await expect(new).not_to_be_checked()
    async with page.expect_response("**/notification_settings"):
        await new.click()
    flags = (await jonas.get("/notification_settings")).json()["selected_push_flags"]
    assert "push_conversation_creation" in flags
    await page.reload()
    await expect(new).to_be_checked()
    await expect(page.get_by_role("switch", name="Somebody calls you by name")).to_be_disabled()


async def test_an_agent_has_no_webhooks_to_set(halden: SmallDesk, open_page: OpenPage) -> None:
    page = await open_page(halden.agent, "settings/webhooks")
    await expect(page.get_by_role("heading", name="There is no such section")).to_be_visible()


async def test_a_webhook_is_made_and_its_secret_shown(
    halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "settings/webhooks")
    await page.get_by_role("button", name="New webhook").click()
    await page.get_by_label("Address").fill("not a url")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("url must be a URL")
    await page.get_by_label("Address").fill(URL)
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_label("Secret")).to_have_attribute("type", "password")
    await page.get_by_role("button", name="Show").click()
    (webhook,) = (await maya.get("/webhooks")).json()["payload"]["webhooks"]
    await expect(page.get_by_label("Secret")).to_have_value(webhook["secret"])


async def test_the_log_shows_every_try_and_sends_again(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage
) -> None:
    made = await maya.post("/webhooks", json={"url": URL, "subscriptions": ["message_created"]})
    webhook_id = made.json()["payload"]["webhook"]["id"]
    await receive(desk, halden, said("Where is my bag?"))
    await react(desk, halden, "queue_webhooks")
    path = f"/webhooks/{webhook_id}/deliveries"
    (waiting,) = (await maya.get(path)).json()["payload"]
    async with desk.transaction(halden.account_id) as tx:
        for status, error in (
            (500, "Answered 500 Internal Server Error."),
            (410, "Answered 410 Gone."),
        ):
            await record_tries(tx, webhook_id, [Tried(waiting["id"], tx.now, 84, status, error)])
    page = await open_page(halden.administrator, f"settings/webhooks/{webhook_id}")
    await expect(page.get_by_role("status").first).to_contain_text("it is gone")
    line = page.get_by_role("list", name="Deliveries").get_by_role("listitem").first
    await line.locator("summary").click()
    await expect(line.get_by_role("list", name="Tries").get_by_role("listitem")).to_have_count(2)
    await expect(line.locator("pre")).to_contain_text("Where is my bag?")
    await page.get_by_role("button", name="Switch on").click()
    await expect(page.locator(".top .pill")).to_have_text("On")
    await line.get_by_role("button", name="Send again").click()
    await expect(line.locator(".pill").first).to_have_text("Waiting")
