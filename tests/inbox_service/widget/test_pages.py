"""The script, the frame and the demo page: how they are sent, and where they may stand."""

import gzip

import httpx

from desk.store.desk import Desk
from inbox_service.widget.colors import readable_on
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website, open_website


async def test_the_script_is_small_kept_and_asked_for_only_once_an_hour(
    anybody: httpx.AsyncClient,
) -> None:
    request = anybody.build_request("GET", "/packs/js/sdk.js", headers={"accept-encoding": "gzip"})
    answer = await anybody.send(request, stream=True)
    raw = b"".join([piece async for piece in answer.aiter_raw()])
    await answer.aclose()
    assert len(raw) < 5_000
    assert b"chatwootSDK" in gzip.decompress(raw)
    assert answer.headers["cache-control"].startswith("public, max-age=3600")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    again = await anybody.get("/packs/js/sdk.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_frame_may_stand_anywhere_unless_its_places_are_named(
    desk: Desk, halden: SmallDesk, website: Website, anybody: httpx.AsyncClient
) -> None:
    anywhere = await anybody.get("/widget", params={"website_token": website.token})
    assert "frame-ancestors *" in anywhere.headers["content-security-policy"]
    assert "x-frame-options" not in anywhere.headers
    named = await open_website(desk, halden, allowed_domains="https://shop.example, *.shop.example")
    answer = await anybody.get("/widget", params={"website_token": named.token})
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors shop.example *.shop.example 'self'" in policy
    assert "unsafe" not in policy


async def test_the_frame_holds_no_visitor(website: Website, anybody: httpx.AsyncClient) -> None:
    answer = await anybody.get("/widget", params={"website_token": website.token})
    assert "public" in answer.headers["cache-control"]
    assert "pubsub" not in answer.text
    assert "auth_token" not in answer.text


async def test_there_is_no_demo_page_without_the_demo(anybody: httpx.AsyncClient) -> None:
    for company in ("halden-air", "nobody"):
        assert (await anybody.get(f"/demo/{company}")).status_code == 404


def test_words_on_any_brand_can_be_read() -> None:
    for color in ("#006ba0", "#ffcc00", "#1f93ff", "#767676", "#ffffff", "#000000", "#ff5733"):
        assert contrast(color, readable_on(color)) >= 4.5, color


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
