"""The inbox page in a browser, against the running service."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from desk.actions.record_send import record_failed
from desk.actions.start_conversation import Opening, start_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ContactId, MessageId
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.ui.conftest import OpenPage
from tests.inbox_service.ui.test_for_everyone import complaints

pytestmark = pytest.mark.browser

LUCA = "393331112222"


async def log_of(page: Page) -> list[str]:
    """What the bubbles of the open thread say."""
    return await page.locator(".log .said").all_inner_texts()


async def test_an_empty_list_says_that_all_is_answered(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    await expect(page.locator(".list")).to_contain_text("All answered")
    await expect(page).to_have_title("All open · Halden Air · Streamdesk")


async def test_a_customers_message_appears_by_itself(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    await receive(desk, halden, said("My bag did not come out"))
    row = page.locator("#row-1")
    await expect(row).to_contain_text("Amara Okonkwo")
    await expect(row).to_contain_text("My bag did not come out")
    await expect(page.locator(".nav", has_text="Unassigned").locator(".count")).to_have_text("1")


async def test_a_reply_shows_in_another_browser_and_stops_the_wait(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    maya = await open_page(halden.administrator, "conversations/1")
    jonas = await open_page(halden.agent, "conversations/1")
    await expect(jonas.locator(".side")).to_contain_text("Waiting")
    await maya.keyboard.press("r")
    await maya.locator(".write").fill("On its way")
    await expect(jonas.locator(".compose")).to_contain_text("Maya is writing a reply")
    await maya.keyboard.press("Control+Enter")
    await expect(jonas.locator(".log")).to_contain_text("On its way")
    await expect(jonas.locator(".compose")).not_to_contain_text("is writing")
    await expect(jonas.locator(".side")).not_to_contain_text("Waiting")
    await expect(maya.locator(".write")).to_have_value("")
    assert await log_of(maya) == ["Where is my bag?", "On its way"]


async def test_a_private_note_is_marked_as_one(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("n")
    await page.locator(".box.note .write").fill("Ask LOS first")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.note")).to_have_text("Ask LOS first")
    await expect(page.locator(".from")).to_contain_text("You · Private note")


async def test_resolving_leaves_the_list_and_is_undone(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Thanks"), said("Hi", sender=LUCA, name="Luca Ferrari"))
    page = await open_page(halden.administrator)
    await page.locator("#row-1 > a").click()
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("e")
    await expect(page.locator("#row-1")).to_have_count(0)
    await expect(page.locator(".toast")).to_contain_text("Resolved, Amara Okonkwo")
    await expect(page.locator("#row-2 > a")).to_be_focused()
    await page.keyboard.press("Control+z")
    await expect(page.locator("#row-1")).to_be_visible()
    await expect(page.locator(".split", has_text="Resolve").first).to_be_visible()


async def test_assignee_label_priority_and_team_are_set_with_the_keyboard(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    maya = await open_page(halden.administrator, "conversations/1")
    jonas = await open_page(halden.agent, "conversations/1")
    await maya.wait_for_selector(".log .said")
    for key, typed in (("a", "jon"), ("l", "vip"), ("t", "bag")):
        await maya.keyboard.press(key)
        await maya.locator(".pop input").fill(typed)
        await maya.keyboard.press("Enter")
        if key == "l":
            await maya.keyboard.press("Escape")
        await expect(maya.locator(".pop")).to_have_count(0)
    await maya.keyboard.press("p")
    await maya.keyboard.press("u")
    await maya.keyboard.press("Enter")
    for page in (maya, jonas):
        side = page.locator(".side")
        for word in ("Jonas", "vip", "Baggage", "Urgent"):
            await expect(side).to_contain_text(word)


async def test_conversations_are_merged_with_the_keyboard_and_every_page_leads_to_the_survivor(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Where is my bag?"))
    async with desk.transaction(halden.account_id) as tx:
        known = await tx.one("select contact_id from conversations")
        opening = Opening(halden.inbox, ContactId(known["contact_id"]))
        await start_conversation(tx, opening, by=Actor.system())
    maya = await open_page(halden.administrator, "conversations/1")
    jonas = await open_page(halden.agent, "conversations/1")
    await jonas.wait_for_selector(".log .said")
    await maya.wait_for_selector(".log .said")
    await maya.keyboard.press(".")
    await maya.get_by_role("menuitem", name="Merge into another conversation").press("Enter")
    dialog = maya.get_by_role("dialog")
    await expect(dialog.get_by_role("radio")).to_be_checked()
    await expect(dialog).to_contain_text("#1 is closed and counts as part of #2")
    assert await complaints(maya) == []
    await dialog.get_by_role("radio").focus()
    await maya.keyboard.press("Enter")
    await expect(maya.locator(".title")).to_contain_text("#2")
    line = maya.locator(".event", has_text="Conversation #1 was merged into this one by Maya")
    await expect(line).to_be_visible()
    for page in (maya, jonas):
        if page is maya:
            await line.get_by_role("link", name="#1").click()
        banner = page.locator(".compose .notice")
        await expect(banner).to_contain_text("Merged into #2")
        await expect(page.locator(".write")).to_have_count(0)
    await jonas.emulate_media(color_scheme="dark")
    assert await complaints(jonas) == []
    await jonas.get_by_role("link", name="Open #2").click()
    await expect(jonas.locator(".title")).to_contain_text("#2")
    await expect(jonas.locator(".write")).to_be_visible()


async def test_what_may_not_be_done_is_taken_back_and_says_why(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    refusal = {"error": "forbidden", "message": "You may not change this."}
    await page.route("**/toggle_priority", lambda route: route.fulfill(status=403, json=refusal))
    await page.keyboard.press("p")
    await page.keyboard.press("h")
    await page.keyboard.press("Enter")
    toast = page.locator(".toast")
    await expect(toast).to_have_text("Priority not changed: You may not change this.")
    await expect(page.locator(".side")).to_contain_text("Normal")


async def test_a_failed_message_says_why_and_is_sent_again(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("r")
    await page.locator(".write").fill("Your bag is here")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".msg.out svg[aria-label=Queued]")).to_be_visible()
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.one("select id from messages where message_type = 1")
        await record_failed(tx, MessageId(row["id"]), "The daily limit is reached.")
    wrong = page.locator(".when.wrong")
    await expect(wrong).to_contain_text("Not delivered: the daily limit is reached.")
    await wrong.get_by_text("Try again").click()
    await expect(wrong).to_have_count(0)


async def test_a_draft_outlives_the_page(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("r")
    await page.locator(".write").fill("Half a thought")
    await expect(page.locator(".tools")).to_contain_text("Draft saved")
    await page.reload()
    await expect(page.locator(".write")).to_have_value("Half a thought")


async def test_what_is_sent_without_a_connection_goes_out_once(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.keyboard.press("r")
    await page.locator(".write").fill("From the train")
    await page.context.set_offline(True)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".when")).to_contain_text(["", "goes out when the line is back"])
    await expect(page.locator(".banner")).to_contain_text("No connection.")
    await page.context.set_offline(False)
    await expect(page.locator(".banner")).to_contain_text("1 message sent")
    async with desk.transaction(halden.account_id) as tx:
        rows = await tx.all("select content from messages where message_type = 1")
    assert [row["content"] for row in rows] == ["From the train"]


async def test_arrivals_wait_while_the_pointer_is_in_the_list(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("First"))
    page = await open_page(halden.administrator)
    await page.locator("#row-1").hover()
    await receive(desk, halden, said("Second", sender=LUCA, name="Luca Ferrari"))
    await expect(page.locator(".sorts .fresh")).to_have_text("1 new")
    await expect(page.locator("#row-2")).to_have_count(0)
    await page.locator(".sorts .fresh").click()
    await expect(page.locator(".rows .row").first).to_have_attribute("id", "row-2")


async def test_a_search_finds_words_in_messages(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(
        desk,
        halden,
        said("The green suitcase"),
        said("A refund", sender=LUCA, name="Luca Ferrari"),
    )
    page = await open_page(halden.administrator)
    await page.wait_for_selector("#row-2")
    await page.keyboard.press("/")
    await page.locator(".seek input").fill("suitcase")
    await expect(page.locator("#row-2")).to_have_count(0)
    await expect(page.locator("#row-1")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#row-2")).to_be_visible()


async def test_files_go_out_with_a_message(
    desk: Desk, halden: SmallDesk, open_page: OpenPage, tmp_path: Path
) -> None:
    await receive(desk, halden, said("Hello"))
    form = tmp_path / "claim-form.pdf"
    form.write_bytes(b"%PDF-1.7 " + b"x" * 90_000)
    page = await open_page(halden.administrator, "conversations/1")
    await page.wait_for_selector(".log .said")
    await page.set_input_files("input[type=file]", [form])
    await expect(page.locator(".box .doc")).to_contain_text("claim-form.pdf")
    await page.keyboard.press("Control+Enter")
    document = page.locator(".log a.doc")
    await expect(document).to_contain_text("claim-form.pdf")
    async with page.expect_download() as saving:
        await document.click()
    assert (await saving.value).suggested_filename == "claim-form.pdf"


async def test_an_agent_sees_nothing_of_another_inbox(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await receive(desk, halden, said("Hello"))
    page = await open_page(halden.outsider, "conversations/1")
    await expect(page.locator("#thread")).to_contain_text("No conversation #1 here")


async def test_what_customers_write_stays_text(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"> https://halden.example/a?b=1."
    await receive(desk, halden, said(attack, name="<b>Amara</b>"))
    page = await open_page(halden.administrator, "conversations/1")
    await expect(page.locator(".log .said")).to_have_text(attack)
    link = page.locator(".log .said a")
    await expect(link).to_have_attribute("href", "https://halden.example/a?b=1")
    assert "owned" not in await page.title()


async def test_signing_out_ends_at_the_door(halden: SmallDesk, open_page: OpenPage) -> None:
    page = await open_page(halden.administrator)
    await page.locator(".rail footer .acct").click()
    await page.locator(".pop .opt", has_text="Sign out").click()
    await expect(page.locator("h1")).to_have_text("Sign in to Streamdesk")
