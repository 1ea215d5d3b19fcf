"""The settings page: its frame, and who is let in."""

import pytest
from playwright.async_api import expect

from tests.builders.accounts import SmallDesk
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser


async def test_the_settings_open_from_the_inbox_and_lead_back(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    await page.get_by_role("link", name="Settings", exact=True).click()
    await expect(page.get_by_role("navigation", name="Settings")).to_be_visible()
    await page.get_by_role("link", name="Inbox", exact=True).click()
    await expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
