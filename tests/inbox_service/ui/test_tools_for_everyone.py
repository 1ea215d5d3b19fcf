"""axe finds nothing in the bell, the lists over the composer, and the settings of both."""

import httpx
import pytest
from playwright.async_api import expect

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.reacting import react
from tests.inbox_service.ui.conftest import OpenPage
from tests.inbox_service.ui.test_for_everyone import complaints

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_the_bell_and_the_lists_over_the_composer(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage, scheme: str
) -> None:
    reply = {"short_code": "order", "content": "Your order {{order.number}}\nhas left us."}
    await maya.post("/canned_responses", json=reply)
    await receive(desk, halden, said("Hello"))
    await maya.post("/conversations/1/assignments", json={"assignee_id": halden.agent})
    await react(desk, halden, "notify_agents")
    page = await open_page(halden.agent, color_scheme=scheme)
    await page.locator(".bell").click()
    await expect(page.locator(".told-list .opt")).to_have_count(1)
    assert await complaints(page) == []
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("r")
    await page.keyboard.type("/o")
    await page.wait_for_selector(".over .opt")
    assert await complaints(page) == []
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".compose .notice")
    assert await complaints(page) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.keyboard.type("@m")
    await page.wait_for_selector(".over .opt")
    assert await complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_the_settings_of_both(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage, scheme: str
) -> None:
    await maya.post("/canned_responses", json={"short_code": "hi", "content": "Hello"})
    made = await maya.post("/webhooks", json={"url": "https://hooks.example/a"})
    webhook_id = made.json()["payload"]["webhook"]["id"]
    await receive(desk, halden, said("Hello"))
    await react(desk, halden, "queue_webhooks")
    page = await open_page(halden.administrator, "settings/canned", color_scheme=scheme)
    await page.wait_for_selector(".thing")
    assert await complaints(page) == []
    base = page.url.removesuffix("/canned")
    for place, there in (
        ("canned/new", ".field"),
        ("notifications", ".sw"),
        ("sla/new", ".field"),
        ("macros/new", ".line"),
        ("webhooks", ".thing"),
        (f"webhooks/{webhook_id}", ".deliveries > li"),
    ):
        await page.goto(f"{base}/{place}")
        await page.wait_for_selector(there)
        if there.startswith(".deliveries"):
            await page.locator(".deliveries > li summary").first.click()
            await page.wait_for_selector("details[open] pre")
        assert await complaints(page) == [], place
