"""Rules on the settings page, and what they did in the thread."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from desk.actions.name_sms_sender import SmsSenderWanted, name_sms_sender
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.words.actor import Actor
from ingest.simulators.app import build_app
from tests.automation.rules import Programs, action, condition, make_rule, rows
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.ui.conftest import OpenPage
from tests.inbox_service.ui.test_for_everyone import complaints
from tests.ingest.servers import serving
from tests.settle import settle

pytestmark = pytest.mark.browser

BAGS = [
    condition("message_type", "equal_to", "incoming", joined="AND"),
    condition("content", "contains", "suitcase", "行李"),
]


@pytest.fixture
async def programs(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Programs]:
    async with (
        serving(build_app(tmp_path / "simulators", clock)) as url,
        httpx.AsyncClient(base_url=url) as http,
    ):
        yield Programs(url, http)


async def _give_sender(desk: Desk, at: SmallDesk, programs: Programs) -> None:
    wanted = SmsSenderWanted("AC" + "0" * 32, "+15550100", "token", f"{programs.url}/sms")
    async with desk.transaction(at.account_id) as tx:
        await name_sms_sender(tx, wanted, secrets=desk.secrets, by=Actor.system())


def _three(programs: Programs) -> list[dict[str, Any]]:
    ticket = {
        "api_endpoint": programs.ticket_endpoint,
        "api_token": "ticket-token",
        "priority": "high",
        "assignee_email": "bags@airline.example",
    }
    return [
        action("send_sms", "+15550123"),
        action("create_external_ticket", ticket),
        action("trigger_zapier_webhook", programs.zap),
    ]


async def _open(page: Page, at: SmallDesk, place: str) -> None:
    base = page.url.split("/app/")[0]
    await page.goto(f"{base}/app/accounts/{at.account_id}/{place}")


async def test_an_administrator_makes_a_rule_and_is_told_beside_the_field_what_is_wrong(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "settings/automation")
    await expect(page.get_by_role("heading", name="No rules yet")).to_be_visible()
    await page.get_by_role("button", name="New rule").click()
    await page.get_by_label("Name of the rule").fill("Lost bags")
    await page.get_by_role("button", name="Condition", exact=True).click()
    words = page.get_by_role("textbox", name="Add to text")
    await words.fill("suitcase")
    await words.press("Enter")
    await words.fill("行李,bag")
    await words.press("Enter")
    await page.get_by_label("Add to labels").select_option(label="vip")
    await page.get_by_role("button", name="Action", exact=True).click()
    await page.get_by_label("Action 2", exact=True).select_option(label="Send an SMS")
    number = page.get_by_role("textbox", name="Add to numbers")
    await number.fill("+47 555")
    await number.press("Enter")
    await page.get_by_role("button", name="Save rule").click()
    wrong = page.locator("#then ~ .line .wrong")
    await expect(wrong).to_contain_text("with its country code")
    await page.get_by_role("button", name="Remove +47 555").click()
    await number.fill("+47 22 55 01 00")
    await number.press("Enter")
    await page.get_by_role("button", name="Save rule").click()
    await expect(page.get_by_role("status", name="What just happened")).to_contain_text(
        "Saved the rule"
    )
    (rule,) = await rows(desk, halden, "automation_rules")
    assert [one["values"] for one in rule["conditions"]] == [
        ["incoming"],
        ["suitcase", "行李", "bag"],
    ]
    assert rule["conditions"][0]["query_operator"] == "AND"
    assert rule["actions"][1]["action_params"] == ["+4722550100"]
    await page.get_by_role("navigation", name="Where you are").get_by_role("link").click()
    switch = page.get_by_role("switch", name="“Lost bags” is on")
    await expect(switch).to_be_checked()
    await switch.click()
    await expect(switch).not_to_be_checked()
    await page.reload()
    await expect(switch).not_to_be_checked()


async def test_groups_of_conditions_come_back_as_they_were_written(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    when = [
        condition("content", "contains", "a", joined="AND"),
        condition("team_id", "is_not_present", joined="OR"),
        condition("priority", "equal_to", "urgent"),
    ]
    rule_id = await make_rule(desk, halden, action("add_label", "vip"), when=when)
    page = await open_page(halden.administrator, f"settings/automation/{rule_id}")
    await expect(page.get_by_role("group", name="Conditions 2")).to_be_visible()
    await page.get_by_label("Name of the rule").fill("Renamed")
    await page.get_by_role("button", name="Save rule").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Renamed")
    await expect(page.get_by_role("button", name="Save rule")).to_be_disabled()
    (rule,) = await rows(desk, halden, "automation_rules")
    assert [one["query_operator"] for one in rule["conditions"]] == ["AND", "OR", None]


async def test_a_thread_tells_what_a_rule_did_and_why_and_links_the_ticket(
    desk: Desk, halden: SmallDesk, programs: Programs, open_page: OpenPage
) -> None:
    await _give_sender(desk, halden, programs)
    rule_id = await make_rule(desk, halden, *_three(programs), when=BAGS)
    page = await open_page(halden.administrator)
    await receive(desk, halden, said("My suitcase did not come out on belt 4"))
    await settle(desk, halden.account_id)
    for kind in ("sms", "tickets", "zapier"):
        assert len(await programs.sent(kind)) == 1
    await page.locator("#row-1 > a").click()
    link = page.get_by_role("complementary", name="Contact").get_by_role("link", name="T-1001")
    await expect(link).to_have_attribute("href", f"{programs.url}/tickets/view/T-1001")
    line = page.locator(".event", has_text="created the ticket T-1001")
    await line.get_by_role("button", name="Why").click()
    why = page.get_by_role("dialog", name="Why")
    await expect(why).to_contain_text("Text contains any of suitcase, 行李")
    await expect(why).to_contain_text("My suitcase did not come out on belt 4")
    await expect(why).to_contain_text("Create a ticket: done")
    await why.get_by_role("link", name="Open the rule").click()
    history = page.get_by_role("complementary", name="What it did")
    await expect(history).to_contain_text("Fired once")
    await expect(history).to_contain_text("Amara Okonkwo #1")
    assert str(rule_id) in page.url


async def test_a_rule_that_triggers_itself_is_seen_to_be_stopped(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    await make_rule(desk, halden, action("send_message", "We look into it."), name="Echo")
    page = await open_page(halden.administrator)
    await receive(desk, halden, said("Hello"))
    await settle(desk, halden.account_id)
    await page.locator("#row-1 > a").click()
    line = page.locator(".event", has_text="Automation “Echo” was stopped")
    await line.get_by_role("button", name="Why").click()
    await expect(page.get_by_role("dialog", name="Why")).to_contain_text(
        "Stopped: it would have run again because of what it did itself"
    )
    await expect(page.locator(".said.bot")).to_have_count(1)
    await _open(page, halden, "settings/automation")
    await expect(page.locator(".thing .pill.warn")).to_have_text("Stopped")


async def test_the_sms_sender_is_named_and_its_token_never_comes_back(
    desk: Desk, halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator, "settings/text_messages")
    await page.get_by_label("Account SID").fill("AC" + "1" * 32)
    await page.get_by_label("Auth token").fill("very secret")
    await page.get_by_label("From number").fill("555")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator("#from-wrong")).to_contain_text("country code")
    await page.get_by_label("From number").fill("+1 555 0100")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("One is kept, sealed.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("From number")).to_have_value("+15550100")
    await expect(page.get_by_label("Auth token")).to_have_value("")


async def test_agents_have_no_automation_to_set(halden: SmallDesk, open_page: OpenPage) -> None:
    page = await open_page(halden.agent, "settings/automation")
    await expect(page.get_by_text("it is the administrators’")).to_have_count(0)
    await expect(page.get_by_role("link", name="Automation", exact=True)).to_have_count(0)
    await expect(page.get_by_role("heading", name="Automation")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_is_content_with_the_settings(
    desk: Desk, halden: SmallDesk, programs: Programs, open_page: OpenPage, scheme: str
) -> None:
    page = await open_page(halden.administrator, "settings/automation", color_scheme=scheme)
    await expect(page.get_by_role("heading", name="No rules yet")).to_be_visible()
    assert await complaints(page) == []
    rule_id = await make_rule(
        desk, halden, *_three(programs), action("send_message", "Hello"), when=BAGS
    )
    await receive(desk, halden, said("My suitcase"))
    await settle(desk, halden.account_id)
    await page.reload()
    await page.wait_for_selector(".thing")
    assert await complaints(page) == []
    await _open(page, halden, f"settings/automation/{rule_id}")
    await page.wait_for_selector(".runs li")
    assert await complaints(page) == []
    await _open(page, halden, "settings/text_messages")
    await page.wait_for_selector("#sid")
    assert await complaints(page) == []
    await _open(page, halden, "conversations/1")
    await page.locator(".event .link").first.click()
    await page.wait_for_selector(".why .reasons")
    assert await complaints(page) == []


async def test_on_a_phone_the_settings_never_scroll_sideways(
    desk: Desk, halden: SmallDesk, programs: Programs, open_page: OpenPage
) -> None:
    rule_id = await make_rule(desk, halden, *_three(programs), when=BAGS)
    page = await open_page(
        halden.administrator,
        f"settings/automation/{rule_id}",
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    await page.wait_for_selector(".group")
    for place in (f"settings/automation/{rule_id}", "settings/automation"):
        await _open(page, halden, place)
        await page.wait_for_selector(".top h1")
        wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert wide is False
