"""axe finds nothing in any scene, light or dark; a phone shows one pane and never scrolls sideways."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


async def complaints(page: Page) -> list[Any]:
    """What axe finds, with the elements it means."""
    session = await page.context.new_cdp_session(page)
    # Evaluated from outside, since the page's own policy forbids foreign scripts.
    expression = (
        AXE.read_text()
        + """;
        axe.run(document, {resultTypes: ["violations"]}).then((found) =>
            found.violations.map(({id, nodes}) => [id, ...nodes.map(({html}) => html)]))"""
    )
    answer = await session.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True},
    )
    found: list[Any] = answer["result"]["value"]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_every_scene(
    desk: Desk, halden: SmallDesk, open_page: OpenPage, scheme: str
) -> None:
    await receive(desk, halden, said("Hello"), said("您好", sender="8613800001111", name="陈思远"))
    page = await open_page(halden.administrator, color_scheme=scheme)
    await page.wait_for_selector("#row-1")
    assert await complaints(page) == []
    await page.locator("#row-1 > a").click()
    await page.wait_for_selector(".log .said")
    assert await complaints(page) == []
    for key, opens in (
        ("a", ".pop"),
        ("z", ".pop"),
        (".", ".pop"),
        ("?", ".dialog"),
        ("Control+k", ".dialog"),
    ):
        await page.keyboard.press(key)
        await page.wait_for_selector(opens)
        assert await complaints(page) == [], key
        await page.keyboard.press("Escape")
        await expect(page.locator(opens)).to_have_count(0)
    await page.keyboard.press("n")
    await page.wait_for_selector(".box.note")
    assert await complaints(page) == []


async def test_axe_is_content_with_a_list_that_did_not_load(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    failure = {"error": "unavailable", "message": "The database is away.", "request_id": "r-1"}
    await page.route(
        "**/api/v1/accounts/*/conversations?*",
        lambda route: route.fulfill(status=503, json=failure),
    )
    await page.reload()
    await expect(page.locator(".list .blank")).to_contain_text("Request r-1")
    assert await complaints(page) == []


async def test_axe_is_content_with_the_door(chromium: Browser, service_url: str) -> None:
    page = await chromium.new_page()
    await page.goto(f"{service_url}/sign_in")
    await page.fill("#email", "maya@halden.example")
    await page.fill("#password", "wrong")
    await page.click("button")
    await expect(page.locator("#why")).to_be_visible()
    assert await complaints(page) == []
    await page.close()


async def test_a_phone_shows_one_pane_at_a_time(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello " * 40))
    page = await open_page(halden.administrator, **PHONE)
    await page.locator("#row-1 > a").click()
    await expect(page.locator(".log")).to_be_visible()
    await expect(page.locator(".list")).to_be_hidden()
    await page.locator("[aria-label^='Contact panel']").click()
    await expect(page.locator(".side")).to_be_visible()
    await expect(page.locator(".log")).to_be_hidden()
    await page.locator("[aria-label='Back to the conversation']").click()
    await page.go_back()
    await expect(page.locator(".list")).to_be_visible()
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
