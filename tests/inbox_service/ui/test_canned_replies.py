"""The lists over the composer: canned replies for "/", colleagues for "@"."""

import pytest
from playwright.async_api import Page, expect

from desk.actions.keep_canned_response import create_canned_response
from desk.store.desk import Desk
from desk.words.actor import Actor
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser

TEXTS = {
    "courier": "Hello {{contact.first_name}}, your bag is with the courier.\nIt comes before six.",
    "claim": "Open a claim for #{{conversation.id}}, {{contact.name}}. {{agent.name}}, Halden Air",
    "order": "Your order {{order.number}} has left us.",
}


@pytest.fixture
async def replies(desk: Desk, halden: SmallDesk) -> None:
    """Three canned replies, and a customer who wrote."""
    async with desk.transaction(halden.account_id) as tx:
        for code, text in TEXTS.items():
            await create_canned_response(tx, code, text, by=Actor.user(halden.administrator))
    await receive(desk, halden, said("Where is my bag?"))


async def composing(page: Page) -> None:
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("r")
    await expect(page.locator(".write")).to_be_focused()


async def test_a_slash_lists_canned_replies_and_enter_inserts_the_chosen_one(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.keyboard.type("/c")
    options = page.get_by_role("listbox", name="Canned replies").get_by_role("option")
    await expect(options).to_have_count(2)
    await expect(options.nth(0)).to_contain_text("/claim")
    await page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    field = page.locator(".write")
    await expect(field).to_have_value(
        "Hello Amara, your bag is with the courier.\nIt comes before six."
    )
    await expect(page.locator(".over")).to_have_count(0)
    await page.keyboard.type(" Bye")
    await expect(field).to_have_value(
        "Hello Amara, your bag is with the courier.\nIt comes before six. Bye"
    )


async def test_all_that_is_known_is_filled_in(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.keyboard.type("Hello! /clai")
    await page.get_by_role("option").click()
    await expect(page.locator(".write")).to_have_value(
        "Hello! Open a claim for #1, Amara Okonkwo. Maya, Halden Air"
    )


async def test_what_is_not_known_stays_and_is_marked(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.keyboard.type("/order")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.locator(".compose .notice")).to_have_text("Not filled in: {{order.number}}")
    # The first of them is selected: typing replaces it.
    await page.keyboard.type("HA-7")
    await expect(page.locator(".write")).to_have_value("Your order HA-7 has left us.")
    await expect(page.locator(".compose .notice")).to_have_count(0)


async def test_escape_closes_the_list_and_keeps_what_was_written(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.keyboard.type("/c")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(page.locator(".over")).to_have_count(0)
    await page.keyboard.type("l")
    await expect(page.locator(".write")).to_have_value("/cl")
    await expect(page.locator(".write")).to_be_focused()
    await expect(page.locator(".over")).to_have_count(0)


async def test_a_slash_within_a_word_is_only_a_slash(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.keyboard.type("and/c")
    await expect(page.locator(".write")).to_have_value("and/c")
    await expect(page.locator(".over")).to_have_count(0)


async def test_the_button_opens_the_list_as_well(
    replies: None, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await composing(page)
    await page.get_by_role("button", name="Canned replies (/)").click()
    await expect(page.get_by_role("option")).to_have_count(3)


async def test_a_colleague_is_called_by_name_in_a_note(
    replies: None, desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("n")
    await page.keyboard.type("Look, @jo")
    people = page.get_by_role("listbox", name="Mention a colleague").get_by_role("option")
    await expect(people).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.locator(".write")).to_have_value("Look, @Jonas ")
    await page.keyboard.type("and team @baggage.")
    async with page.expect_response("**/conversations/1/messages"):
        await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.note .at-name")).to_have_text(["@Jonas", "@baggage"])
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select content from messages where private")
    assert row["content"] == (
        f"Look, [@Jonas](mention://user/{halden.agent}/Jonas) "
        f"and team [@baggage](mention://team/{halden.team}/Baggage)."
    )
