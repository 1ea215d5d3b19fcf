"""The settings of canned replies, notifications, webhooks, service levels and macros."""

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


async def test_a_policy_and_a_macro_are_made_and_used_on_a_conversation(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "settings/sla")
    await expect(page.get_by_role("heading", name="No policies yet")).to_be_visible()
    await page.get_by_role("button", name="New policy").click()
    await page.get_by_label("Name").fill("Half an hour")
    await page.get_by_role("button", name="Save").click()
    wrong = page.get_by_role("alert")
    await expect(wrong).to_have_text("Promise at least one of the three.")
    first = page.get_by_label("First response within", exact=True)
    await first.fill("soon")
    await expect(wrong).to_contain_text("Give a number above 0")
    await first.fill("0,5")
    await page.get_by_label("Next response within: unit").select_option("minute")
    await page.get_by_label("Next response within", exact=True).fill("90")
    await page.get_by_role("switch", name="Only during business hours").click()
    await page.get_by_role("button", name="Save").click()
    row = page.get_by_role("list", name="Policies").get_by_role("listitem")
    await expect(row).to_contain_text(
        "First response within 30 minutes, next response within 1.5 hours; only open hours count"
    )
    await expect(row).to_contain_text("By hand only")
    (policy,) = (await maya.get("/sla_policies")).json()["payload"]
    assert policy["first_response_time_threshold"] == 1800
    assert policy["resolution_time_threshold"] is None

    await page.get_by_role("link", name="Macros").click()
    await page.get_by_role("button", name="New macro").click()
    await page.get_by_label("Name").fill("Mine, and urgent")
    lead = page.get_by_label("Action 1", exact=True)
    await expect(lead.locator("option", has_text="SMS")).to_have_count(0)
    await lead.select_option("change_priority")
    await page.get_by_role("button", name="Action", exact=True).click()
    await page.get_by_label("Action 2", exact=True).select_option("assign_agent")
    await expect(page.get_by_label("agent", exact=True)).to_have_value("self")
    await page.get_by_role("button", name="Do action 2 earlier").click()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("list", name="Yours")).to_contain_text(
        "Assign to an agent, then set the priority"
    )

    await page.goto(page.url.replace("settings/macros", "conversations/1"))
    side = page.get_by_role("complementary", name="Contact")
    await side.get_by_title("Add an SLA policy").click()
    await page.keyboard.press("Enter")
    await expect(side).to_contain_text("Half an hour")
    await expect(side.locator("dt", has_text="First reply")).to_be_visible()
    await page.keyboard.press("d")
    await expect(page.get_by_role("option", name="Mine, and urgent")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast", has_text="Ran “Mine, and urgent”")).to_be_visible()
    await expect(side).to_contain_text("Urgent")
    await expect(side).to_contain_text("Maya")
    (macro,) = (await maya.get("/macros")).json()["payload"]
    await page.goto(page.url.replace("conversations/1", f"settings/macros/{macro['id']}"))
    page.on("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="No macros yet")).to_be_visible()
