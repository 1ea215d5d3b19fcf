"""A shop on another origin, as strict as sites come, with the chat's script tag on its page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import BrowserContext, FrameLocator, Locator, Page

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title></head>
<body><main><h1>Shop</h1><p>Bags and hats.</p></main>
<script nonce="n1">
  window.heard = [];
  for (const name of ["ready", "on-message", "error", "opened", "closed", "on-start-conversation"])
    window.addEventListener("chatwoot:" + name, (event) => window.heard.push([name, event.detail]));
  window.chatwootSettings = SETTINGS;
  (function(d,t) {
    var g=d.createElement(t),s=d.getElementsByTagName(t)[0];
    g.src="BASE/packs/js/sdk.js"; g.async = true;
    s.parentNode.insertBefore(g,s);
    g.onload=function(){ window.chatwootSDK.run({websiteToken: "TOKEN", baseUrl: "BASE"}) }
  })(document,"script");
</script></body></html>"""


PATIENCE = 15


@dataclass
class ShopPage:
    """A visitor's page of the shop."""

    page: Page

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def bubble(self) -> Locator:
        return self.page.locator(".bubble")

    @property
    def field(self) -> Locator:
        return self.frame.get_by_label("Your message")

    @property
    def log(self) -> Locator:
        return self.frame.locator("[role=log]")

    async def open_chat(self) -> None:
        """Click the bubble, and go on to where one writes."""
        await self.bubble.click()
        await self.frame.locator(".tile, textarea").first.wait_for()
        begin = self.frame.locator("button.tile", has_text="Send us a message")
        if await begin.count():
            await begin.click()

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def told(self) -> list[str]:
        """The names of the events that the site's page heard."""
        names: list[str] = await self.page.evaluate("heard.map(([name]) => name)")
        return names

    async def hears(self, name: str) -> None:
        """Wait until the site's page heard of it; its own policy forbids waiting inside."""
        async with asyncio.timeout(PATIENCE):
            while name not in await self.told():
                await asyncio.sleep(0.05)

    async def texts(self) -> list[str]:
        """What the bubbles of the conversation say."""
        said = await self.log.locator(".t").all_inner_texts()
        return [text.removeprefix("You:").strip() for text in said]


@asynccontextmanager
async def open_shop(service_url: str, website_token: str, settings: str) -> AsyncIterator[str]:
    """The shop's own server, on a host of its own; its page allows our script and our frame only."""
    body = (
        PAGE.replace("BASE", service_url)
        .replace("TOKEN", website_token)
        .replace("SETTINGS", settings)
    )
    policy = (
        f"default-src 'none'; script-src 'nonce-n1' {service_url}; frame-src {service_url}; "
        "base-uri 'none'; img-src 'self'"
    )
    answer = (
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/html; charset=utf-8\r\n"
        f"content-security-policy: {policy}\r\ncontent-length: {len(body.encode())}\r\n\r\n{body}"
    ).encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://localhost:{server.sockets[0].getsockname()[1]}/"


async def visit(context: BrowserContext, address: str) -> ShopPage:
    """Open the shop's page and wait for the bubble."""
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    await page.goto(address)
    await page.locator(".bubble").wait_for()
    return ShopPage(page)
