"""Fixtures: headless Chromium, pages signed in to the running service, and facts that reach them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from desk.store.desk import Desk
from desk.words.ids import UserId
from streams.feeding import feed_once
from tests.builders.accounts import PASSWORD, SmallDesk
from tests.builders.websites import Website, open_website
from tests.inbox_service.ui.shop_page import ShopPage, open_shop, visit

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXPECTED_ERRORS = ("Failed to load resource", "WebSocket connection to")
STILL = {"reduced_motion": "reduce"}
"""Colours are judged as they come to rest."""

PAUSE = 0.02

OpenPage = Callable[..., Awaitable[Page]]
Shop = Callable[..., Awaitable[ShopPage]]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def feeding(desk: Desk) -> AsyncIterator[None]:
    """What the relay does for screens, while the test runs."""

    async def feed() -> None:
        while True:
            if not await feed_once(desk):
                await asyncio.sleep(PAUSE)

    task = asyncio.create_task(feed())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def open_page(
    chromium: Browser, service_url: str, halden: SmallDesk, feeding: None
) -> AsyncIterator[OpenPage]:
    """Signs somebody in with the form and opens their inbox; a script error fails the test."""
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_ERRORS):
            errors.append(message.text)

    async with AsyncExitStack() as stack:

        async def sign_in(user: UserId, place: str = "inbox", **context: Any) -> Page:
            opened = await chromium.new_context(
                **{
                    "viewport": {"width": 1440, "height": 900},
                    "locale": "en-GB",
                    **STILL,
                    **context,
                }
            )
            stack.push_async_callback(opened.close)
            page = await opened.new_page()
            page.set_default_timeout(8000)
            page.on("console", listen)
            page.on("pageerror", lambda error: errors.append(str(error)))
            await page.goto(f"{service_url}/app/accounts/{halden.account_id}/{place}")
            await page.fill("#email", halden.emails[user])
            await page.fill("#password", PASSWORD)
            await page.click("text=Sign in >> nth=-1")
            await page.wait_for_selector(".rail .nav", state="attached")
            return page

        yield sign_in
    assert errors == []


@pytest.fixture
async def website(desk: Desk, halden: SmallDesk) -> Website:
    return await open_website(desk, halden)


@pytest.fixture
async def shop(chromium: Browser, service_url: str, feeding: None) -> AsyncIterator[Shop]:
    """A visitor's browser on the shop's page; a script error or a broken policy fails the test."""
    errors: list[str] = []
    async with AsyncExitStack() as stack:

        async def come(website: Website, settings: str = "{}", **more: Any) -> ShopPage:
            context = await chromium.new_context(
                **{"viewport": {"width": 1280, "height": 800}, **STILL, **more}
            )
            stack.push_async_callback(context.close)
            context.on(
                "console",
                lambda message: (
                    errors.append(message.text)
                    if message.type == "error" and not message.text.startswith(EXPECTED_ERRORS)
                    else None
                ),
            )
            context.on("weberror", lambda error: errors.append(str(error.error)))
            address = await stack.enter_async_context(
                open_shop(service_url, website.token, settings)
            )
            return await visit(context, address)

        yield come
    assert errors == []
