"""The help centre's settings and its public pages, in a browser."""

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.builders.accounts import SmallDesk
from tests.inbox_service.ui.conftest import OpenPage
from tests.inbox_service.ui.test_for_everyone import complaints

pytestmark = pytest.mark.browser

TEXT = "# Call us\n\n<b>now</b> and **at once**\n\n| a | b |\n|---|---|\n| 1 | 2 |"


async def test_a_help_centre_is_made_written_previewed_and_published(
    halden: SmallDesk, chromium: Browser, open_page: OpenPage, service_url: str
) -> None:
    slug = f"bags-{halden.account_id}"
    page = await open_page(halden.administrator, "settings/help_centre")
    await page.get_by_role("button", name="New help centre").click()
    await page.get_by_label("Name", exact=True).fill("Bags")
    await page.get_by_label("Address").fill("not an address")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("slug must be letters and digits")
    await page.get_by_label("Address").fill(slug)
    await page.get_by_label("Colour").fill("#0b4f6c")
    await page.get_by_role("textbox", name="Languages").fill("en, ar")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
    assert await complaints(page) == []
    await page.get_by_role("link", name="Categories").click()
    await page.get_by_role("button", name="New category").click()
    await page.get_by_label("Name").fill("Lost")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("list", name="Categories")).to_contain_text("Lost")
    assert await complaints(page) == []
    await page.get_by_role("link", name="Articles").click()
    await page.get_by_role("button", name="New article").click()
    await page.get_by_label("Title").fill("My bag is lost")
    await page.get_by_label("Text").fill(TEXT)
    preview = page.get_by_role("complementary", name="Preview")
    await expect(preview.get_by_role("heading", name="Call us")).to_be_visible()
    await expect(preview).to_contain_text("<b>now</b>")
    await page.get_by_label("Category").select_option(label="Lost")
    assert await complaints(page) == []
    await page.get_by_role("button", name="Save").click()
    row = page.get_by_role("list", name="Articles").get_by_role("listitem")
    await expect(row).to_contain_text("Draft")
    address = f"{service_url}/hc/{slug}/articles/my-bag-is-lost"
    async with httpx.AsyncClient() as outside:
        assert (await outside.get(address)).status_code == 404
        await row.get_by_role("link").click()
        await page.get_by_label("State").select_option("published")
        await page.get_by_role("button", name="Save").click()
        await expect(row).to_contain_text("Published")
        assert await complaints(page) == []
        assert (await outside.get(address)).status_code == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_the_public_pages_and_nothing_scrolls_sideways(
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    chromium: Browser,
    service_url: str,
    scheme: str,
) -> None:
    slug = f"pages-{halden.account_id}"
    body = {"name": "Bags", "slug": slug, "color": "#ffd400", "homepage_link": "https://a.example"}
    await maya.post(
        "/portals",
        json={**body, "config": {"allowed_locales": ["en", "ar"], "default_locale": "en"}},
    )
    shelf = await maya.post(f"/portals/{slug}/categories", json={"name": "Lost", "icon": "🧳"})
    article = {"title": "A bag", "content": TEXT, "status": 1}
    shelf_id = shelf.json()["payload"]["id"]
    await maya.post(f"/portals/{slug}/articles", json={**article, "category_id": shelf_id})
    context = await chromium.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    called: set[str] = set()
    page.on("request", lambda request: called.add(httpx.URL(request.url).host))
    more = ("en/categories/lost", "en/search?query=bag", "ar", "fr", "en/search?query=none")
    for path in ("en", "articles/a-bag", *(more if scheme == "light" else ())):
        await page.goto(f"{service_url}/hc/{slug}/{path}")
        assert await complaints(page) == [], path
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, path
    await context.close()
    assert called - {""} == {"127.0.0.1"}


async def test_an_app_is_put_to_use_and_its_secrets_are_not_shown_again(
    halden: SmallDesk, maya: httpx.AsyncClient, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "settings/apps")
    await expect(page.get_by_role("heading", name="Dialogflow")).to_be_visible()
    assert await complaints(page) == []
    await page.get_by_role("button", name="Put Slack to use").click()
    await page.get_by_label("Channel ID").fill("#general")
    await page.get_by_label("Bot token").fill("xoxb-1")
    await page.get_by_label("Signing secret").fill("a-long-secret")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_contain_text("such as C0123456789")
    assert await complaints(page) == []
    await page.get_by_label("Channel ID").fill("C0123456")
    await page.get_by_role("button", name="Save").click()
    row = page.get_by_role("list", name="Slack").get_by_role("listitem")
    await expect(row).to_contain_text("C0123456")
    await row.get_by_role("link").click()
    await expect(page.get_by_label("Bot token")).to_have_value("")
    await page.get_by_role("switch", name="On").click()
    await page.get_by_role("button", name="Save").click()
    await expect(row).to_contain_text("Off")
    (_, slack, _) = (await maya.get("/integrations/apps")).json()["payload"]
    assert [hook["status"] for hook in slack["hooks"]] == [False]
