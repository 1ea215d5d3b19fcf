"""The bell and its list, against the running service."""

import httpx
import pytest
from playwright.async_api import expect

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.reacting import react
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser

LUCA = "393331112222"


@pytest.fixture
async def told(desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient) -> SmallDesk:
    """Jonas was given a conversation, and called into another by name."""
    await receive(desk, halden, said("Where is my bag?"), said("Hi", sender=LUCA, name="Luca"))
    await maya.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    note = f"[@Jonas](mention://user/{halden.agent}/Jonas) do you know him?"
    await maya.post("/conversations/2/messages", json={"content": note, "private": True})
    await react(desk, halden, "notify_agents")
    return halden


async def test_the_bell_counts_and_its_list_leads_to_the_conversation(
    told: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(told.agent)
    await expect(page.locator(".bell .badge")).to_have_text("2")
    await page.locator(".bell").click()
    options = page.get_by_role("dialog", name="Notifications").get_by_role("option")
    await expect(options).to_have_count(2)
    await expect(options.nth(0)).to_contain_text("You were mentioned in #2, Luca")
    await expect(options.nth(0)).to_contain_text("@Jonas do you know him?")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/app/accounts/{told.account_id}/conversations/1")
    await expect(page.locator(".bell .badge")).to_have_text("1")


async def test_notifications_are_read_by_key(told: SmallDesk, open_page: OpenPage) -> None:
    page = await open_page(told.agent)
    await expect(page.locator(".bell .badge")).to_have_text("2")
    await page.keyboard.press("g")
    await page.keyboard.press("b")
    await expect(page.locator(".told-list")).to_be_focused()
    await page.keyboard.press("e")
    await expect(page.locator(".bell .badge")).to_have_text("1")
    await page.keyboard.press("e")
    await expect(page.locator(".bell .badge")).to_have_text("2")
    await page.keyboard.press("Shift+E")
    await expect(page.locator(".bell .badge")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.locator(".notices")).to_have_count(0)


async def test_a_new_message_rings_and_opening_the_conversation_reads_it(
    desk: Desk, told: SmallDesk, jonas: httpx.AsyncClient, open_page: OpenPage
) -> None:
    await jonas.post("/notifications/read_all", json={})
    page = await open_page(told.agent)
    await page.wait_for_selector("#row-1")
    await receive(desk, told, said("It is green"))
    await react(desk, told, "notify_agents")
    await expect(page.locator(".bell .badge")).to_have_text("1")
    await page.locator("#row-1 > a").click()
    await expect(page.locator(".bell .badge")).to_have_count(0)
    # While the conversation is open and looked at, more of it is read as it comes.
    await receive(desk, told, said("With an orange strap"))
    await react(desk, told, "notify_agents")
    await expect(page.locator(".log")).to_contain_text("With an orange strap")
    await expect(page.locator(".bell .badge")).to_have_count(0)
    assert (await jonas.get("/notifications/unread_count")).json() == 0


async def test_what_is_read_in_one_browser_is_read_in_the_other(
    told: SmallDesk, open_page: OpenPage
) -> None:
    first, second = await open_page(told.agent), await open_page(told.agent)
    await expect(second.locator(".bell .badge")).to_have_text("2")
    await first.locator(".bell").click()
    await first.get_by_role("button", name="Read all").click()
    await expect(second.locator(".bell .badge")).to_have_count(0)


async def test_nothing_is_shown_outside_the_page_until_switched_on(
    desk: Desk, told: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(told.agent, permissions=["notifications"])
    await page.evaluate(
        """() => {
          globalThis.shown = [];
          globalThis.Notification = class {
            static permission = "granted";
            static async requestPermission() { return "granted"; }
            constructor(title, options) { shown.push([title, options]); }
            close() {}
          };
          Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
        }"""
    )
    await receive(desk, told, said("Secret one"))
    await react(desk, told, "notify_agents")
    await expect(page.locator(".bell .badge")).to_have_text("3")
    assert await page.evaluate("shown") == []


async def test_switched_on_a_hidden_page_shows_who_and_never_what_was_written(
    desk: Desk, told: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(told.agent, permissions=["notifications"])
    await page.add_init_script(
        f"""localStorage.setItem("streamdesk:{told.account_id}:{told.agent}:ring", "yes");
        globalThis.shown = [];
        globalThis.Notification = class {{
          static permission = "granted";
          constructor(title, options) {{ shown.push(JSON.stringify([title, options])); }}
          close() {{}}
        }};
        Object.defineProperty(document, "visibilityState", {{ get: () => "hidden" }});"""
    )
    await page.reload()
    await expect(page.locator(".bell .badge")).to_have_text("2")
    await receive(desk, told, said("A secret"))
    await react(desk, told, "notify_agents")
    await expect(page.locator(".bell .badge")).to_have_text("3")
    (shown,) = await page.evaluate("shown")
    assert "New message in #1" in shown
    assert "secret" not in shown
