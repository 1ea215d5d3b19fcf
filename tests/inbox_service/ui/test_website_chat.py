"""Live chat between two browsers: a visitor on a shop's page, an agent in the inbox."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from desk.actions.open_inbox import DEFAULT_WEEK, set_working_hours, update_inbox
from desk.actions.rate_conversation import ask_for_rating
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website, open_website
from tests.inbox_service.ui.conftest import STILL, OpenPage, Shop
from tests.inbox_service.ui.test_for_everyone import PHONE, complaints

pytestmark = pytest.mark.browser


async def stored(desk: Desk, at: SmallDesk, sql: str) -> list[dict[str, Any]]:
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(sql)


async def test_visitor_and_agent_talk_see_each_other_write_and_read(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop, open_page: OpenPage
) -> None:
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say("My suitcase did not come out in Lagos.")
    await expect(visitor.log).to_contain_text("Sent")

    agent = await open_page(halden.agent)
    await agent.locator("#row-1 > a").click()
    await expect(agent.locator(".log")).to_contain_text("My suitcase did not come out in Lagos.")
    await expect(agent.locator(".side")).to_contain_text("Online")
    await expect(visitor.log).to_contain_text("Read")

    await agent.keyboard.press("r")
    await agent.locator(".write").fill("Hello, this is Jonas")
    await expect(visitor.log).to_contain_text("Jonas is typing")
    await agent.keyboard.press("Control+Enter")
    await expect(visitor.log.locator(".t", has_text="Hello, this is Jonas")).to_be_visible()
    await expect(visitor.log).not_to_contain_text("is typing")
    await expect(visitor.frame.locator("header")).to_contain_text("Jonas")
    await expect(visitor.frame.locator("header")).to_contain_text("Online")
    await expect(agent.locator("svg[aria-label=Read]")).to_be_visible()

    await visitor.field.press_sequentially("It is the dark green one")
    await expect(agent.locator(".log")).to_contain_text("is typing")
    await visitor.field.press("Enter")
    await expect(agent.locator(".log")).to_contain_text("It is the dark green one")
    await expect(agent.locator(".log")).not_to_contain_text("is typing")

    await agent.keyboard.press("Escape")
    await agent.keyboard.press("n")
    await agent.locator(".box.note .write").fill("He sounds tired")
    await agent.keyboard.press("Control+Enter")
    await expect(agent.locator(".said.note")).to_have_text("He sounds tired")

    await visitor.page.reload()
    await visitor.bubble.click()
    await expect(visitor.log.locator(".t")).to_have_count(3)
    assert await visitor.texts() == [
        "My suitcase did not come out in Lagos.",
        "Hello, this is Jonas",
        "It is the dark green one",
    ]
    assert len(await stored(desk, halden, "select from conversations")) == 1


async def test_an_answer_to_a_closed_chat_shows_on_the_bubble_and_to_the_page(
    halden: SmallDesk, website: Website, shop: Shop, open_page: OpenPage
) -> None:
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say("Hello?")
    await expect(visitor.log).to_contain_text("Sent")
    await visitor.bubble.click()
    agent = await open_page(halden.agent, "conversations/1")
    await agent.wait_for_selector(".log .said")
    await agent.keyboard.press("r")
    await agent.locator(".write").fill("Good morning")
    await agent.keyboard.press("Control+Enter")
    await expect(visitor.bubble).to_have_accessible_name("Chat with us, 1 unread message")
    await visitor.page.reload()
    await expect(visitor.bubble).to_have_accessible_name("Chat with us, 1 unread message")
    await expect(agent.locator("svg[aria-label=Sent]")).to_be_visible()
    await visitor.bubble.click()
    await expect(visitor.log).to_contain_text("Good morning")
    await expect(agent.locator("svg[aria-label=Read]")).to_be_visible()
    await visitor.bubble.click()
    await expect(visitor.bubble).to_have_accessible_name("Chat with us")


async def test_the_page_around_it_speaks_to_the_chat(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop
) -> None:
    visitor = await shop(website)
    await visitor.page.evaluate(
        """() => {
            $chatwoot.setUser("u-7", {name: "Amara Okonkwo", email: "amara@okonkwo.example"});
            $chatwoot.setCustomAttributes({plan: "gold"});
            $chatwoot.toggle("open");
        }"""
    )
    await visitor.frame.locator("button.tile").first.click()
    await visitor.say("Hello")
    await expect(visitor.log).to_contain_text("Sent")
    await visitor.page.evaluate(
        """() => {
            $chatwoot.setConversationCustomAttributes({order: "A-17"});
            $chatwoot.setLabel("vip");
            $chatwoot.setLabel("no-such-label");
        }"""
    )
    await visitor.hears("error")
    (row,) = await stored(
        desk,
        halden,
        """select k.name, k.identifier, k.custom_attributes as who, c.custom_attributes as what,
                  (select array_agg(title) from labels where id = any(c.label_ids)) as labels
           from conversations c join contacts k on k.id = c.contact_id""",
    )
    assert (row["name"], row["identifier"]) == ("Amara Okonkwo", "u-7")
    assert (row["who"], row["what"], row["labels"]) == (
        {"plan": "gold"},
        {"order": "A-17"},
        ["vip"],
    )
    assert {"ready", "opened", "on-start-conversation"} <= set(await visitor.told())

    await visitor.page.evaluate("$chatwoot.reset()")
    await visitor.hears("closed")
    await expect(visitor.bubble).to_have_attribute("aria-expanded", "false")
    await visitor.open_chat()
    await expect(visitor.field).to_be_visible()
    await expect(visitor.log.locator(".t")).to_have_count(0)


async def test_what_is_written_without_a_connection_goes_out_once(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop
) -> None:
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say("Hello")
    await expect(visitor.log).to_contain_text("Sent")
    await visitor.page.context.set_offline(True)
    await visitor.say("From the tunnel")
    await expect(visitor.log).to_contain_text("Goes out when the connection is back")
    await expect(visitor.frame.locator(".banner")).to_contain_text("No connection")
    await visitor.page.context.set_offline(False)
    await expect(visitor.frame.locator(".banner")).to_have_count(0)
    await expect(visitor.log).to_contain_text("Sent")
    rows = await stored(desk, halden, "select content from messages order by id")
    assert [row["content"] for row in rows] == ["Hello", "From the tunnel"]


async def test_a_form_stands_before_the_first_message_where_the_inbox_wants_one(
    desk: Desk, halden: SmallDesk, shop: Shop
) -> None:
    website = await open_website(desk, halden, pre_chat_form_enabled=True)
    visitor = await shop(website)
    await visitor.open_chat()
    form = visitor.frame.locator("form")
    await form.get_by_label("Name").fill("Amara Okonkwo")
    await form.get_by_label("E-mail").fill("amara@okonkwo")
    await form.get_by_label("How can we help?").fill("My suitcase did not come out.")
    await form.get_by_text("Start the chat").click()
    await expect(form.locator(".wrong")).to_have_text("The end is missing, such as .com")
    await expect(form.get_by_label("E-mail")).to_be_focused()
    await form.get_by_label("E-mail").fill("amara@okonkwo.example")
    await form.get_by_text("Start the chat").click()
    await expect(visitor.log).to_contain_text("My suitcase did not come out.")
    await expect(visitor.log).to_contain_text("Sent")
    (contact,) = await stored(desk, halden, "select name, email from contacts")
    assert contact == {"name": "Amara Okonkwo", "email": "amara@okonkwo.example"}


async def test_away_is_said_with_the_hour_of_return_and_the_message_is_left(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop
) -> None:
    # It is Monday, 09:00 in London and 04:00 in New York.
    async with desk.transaction(halden.account_id) as tx:
        by = Actor.system()
        await set_working_hours(
            tx, website.id, enabled=True, time_zone="America/New_York", week=DEFAULT_WEEK, by=by
        )
        words = {"out_of_office_message": "We are asleep right now."}
        await update_inbox(tx, website.id, words, by=by)
    visitor = await shop(website)
    await visitor.open_chat()
    await expect(visitor.frame.locator("header")).to_contain_text("at 09:00, New York time")
    form = visitor.frame.locator("form")
    await expect(form).to_contain_text("We are asleep right now.")
    await form.get_by_label("E-mail").fill("amara@okonkwo.example")
    await form.get_by_label("Message").fill("Call me")
    await form.get_by_text("Leave the message").click()
    await expect(visitor.log).to_contain_text("Call me")
    await expect(visitor.log).to_contain_text("Sent")
    assert len(await stored(desk, halden, "select from messages")) == 1


async def rated(desk: Desk, at: SmallDesk) -> None:
    """What the streams do when the conversation is resolved."""
    (row,) = await stored(desk, at, "select id from conversations")
    async with desk.transaction(at.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await ask_for_rating(tx, conversation, survey_url="https://desk.example", by=Actor.system())


async def test_the_question_how_it_went_is_answered_in_the_chat(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop
) -> None:
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say("Thank you!")
    await expect(visitor.log).to_contain_text("Sent")
    await rated(desk, halden)
    tile = visitor.log.locator("form.tile")
    await expect(tile).to_contain_text("How was our help?")
    await tile.get_by_text("Send rating").click()
    await expect(tile).to_contain_text("Choose one of the stars.")
    await tile.get_by_label("4, good").check()
    await tile.get_by_label("What could be better?").fill("Faster")
    await tile.get_by_text("Send rating").click()
    await expect(visitor.log).to_contain_text("You rated our help 4 of 5")
    (survey,) = await stored(desk, halden, "select rating, feedback from csat_surveys")
    assert survey == {"rating": 4, "feedback": "Faster"}


async def test_a_file_goes_out_and_is_seen_by_the_agent(
    halden: SmallDesk, website: Website, shop: Shop, open_page: OpenPage, tmp_path: Path
) -> None:
    form = tmp_path / "claim-form.pdf"
    form.write_bytes(b"%PDF-1.7 " + b"x" * 9_000)
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.frame.locator("input[type=file]").set_input_files([form])
    await expect(visitor.frame.locator(".chosen")).to_contain_text("claim-form.pdf")
    await visitor.say("My claim")
    await expect(visitor.log.locator("a.file")).to_contain_text("claim-form.pdf")
    agent = await open_page(halden.agent, "conversations/1")
    await expect(agent.locator(".log a.doc")).to_contain_text("claim-form.pdf")


async def test_the_keyboard_opens_closes_and_comes_back(website: Website, shop: Shop) -> None:
    visitor = await shop(website)
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.bubble).to_be_focused()
    await visitor.page.keyboard.press("Enter")
    await visitor.frame.locator("button.tile").first.wait_for()
    await expect(visitor.frame.locator("main.panel")).to_be_focused()
    await visitor.frame.locator("main.panel").press("Tab")
    await expect(visitor.frame.get_by_label("Close the chat")).to_be_focused()
    await visitor.frame.get_by_label("Close the chat").press("Escape")
    await expect(visitor.bubble).to_be_focused()
    await expect(visitor.bubble).to_have_attribute("aria-expanded", "false")


async def test_on_a_phone_the_chat_takes_the_whole_screen(website: Website, shop: Shop) -> None:
    visitor = await shop(website, **PHONE)
    await visitor.open_chat()
    box = await visitor.page.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    await expect(visitor.bubble).to_be_hidden()
    await visitor.page.set_viewport_size({"width": 320, "height": 640})
    inner = visitor.frame.locator("html")
    assert await inner.evaluate("(root) => root.scrollWidth") == 320
    await visitor.frame.get_by_label("Close the chat").click()
    await expect(visitor.bubble).to_be_visible()


async def test_what_people_write_stays_text(
    halden: SmallDesk, website: Website, shop: Shop, open_page: OpenPage
) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"> https://halden.example/a?b=1."
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say(attack)
    await expect(visitor.log.locator(".t")).to_contain_text(attack)
    link = visitor.log.locator(".t a")
    await expect(link).to_have_attribute("href", "https://halden.example/a?b=1")
    agent = await open_page(halden.agent, "conversations/1")
    await expect(agent.locator(".log .said")).to_have_text(attack)
    assert await visitor.page.title() == "Shop"


async def alone(chromium: Browser, service_url: str, website: Website, **more: Any) -> Page:
    """The chat in a window of its own, where axe sees all of it."""
    context = await chromium.new_context(
        **{"viewport": {"width": 390, "height": 640}, **STILL, **more}
    )
    page = await context.new_page()
    page.set_default_timeout(15_000)
    await page.goto(f"{service_url}/widget?website_token={website.token}")
    await page.locator(".tile:enabled").first.wait_for()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_every_scene_of_the_chat(
    desk: Desk,
    halden: SmallDesk,
    chromium: Browser,
    service_url: str,
    feeding: None,
    scheme: str,
    shop: Shop,
) -> None:
    website = await open_website(
        desk, halden, pre_chat_form_enabled=True, welcome_tagline="Ask us anything."
    )
    page = await alone(chromium, service_url, website, color_scheme=scheme)
    assert await complaints(page) == []
    await page.locator("button.tile").click()
    await page.get_by_text("Start the chat").click()
    await page.locator(".wrong").first.wait_for()
    assert await complaints(page) == []
    for label, text in (("Name", "Amara"), ("E-mail", "a@b.example"), ("How can", "Hello")):
        await page.get_by_label(label).fill(text)
    await page.get_by_text("Start the chat").click()
    await expect(page.locator("[role=log]")).to_contain_text("Sent")
    assert await complaints(page) == []
    await page.get_by_role("button", name="Emoji", exact=True).click()
    await page.get_by_label("Options").click()
    await page.get_by_role("menuitem").wait_for()
    assert await complaints(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Emoji", exact=True).click()
    await rated(desk, halden)
    await page.locator("form.tile").wait_for()
    assert await complaints(page) == []
    await page.context.set_offline(True)
    await page.locator(".banner").wait_for()
    assert await complaints(page) == []
    await page.context.close()
    visitor = await shop(website, color_scheme=scheme)
    assert await complaints(visitor.page) == []
