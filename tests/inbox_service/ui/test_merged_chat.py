"""A visitor whose conversation an agent merged into another."""

import pytest
from playwright.async_api import expect

from desk.actions.change_status import change_status
from desk.actions.merge_conversations import merge_conversations
from desk.actions.send_reply import send_reply
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk
from tests.builders.websites import Website
from tests.inbox_service.ui.conftest import Shop

pytestmark = pytest.mark.browser


async def test_a_visitor_goes_on_in_the_conversation_into_which_theirs_was_merged(
    desk: Desk, halden: SmallDesk, website: Website, shop: Shop
) -> None:
    visitor = await shop(website)
    await visitor.open_chat()
    await visitor.say("Is there a desk at the airport?")
    await expect(visitor.log).to_contain_text("Sent")
    by = Actor.user(halden.agent)
    async with desk.transaction(halden.account_id) as tx:
        first = ConversationId((await tx.one("select id from conversations"))["id"])
        resolved = await lock_conversation(tx, first)
        await change_status(tx, resolved, ConversationStatus.RESOLVED, by=by)
    await visitor.say("And when is it open?")
    await expect(visitor.log.locator(".t")).to_have_count(1)
    await expect(visitor.log).to_contain_text("And when is it open?")
    async with desk.transaction(halden.account_id) as tx:
        second = await tx.one("select max(id) as id from conversations")
        survivor = await merge_conversations(tx, ConversationId(second["id"]), first, by=by)
        await send_reply(tx, survivor, "From six to ten", by=halden.agent)
    await expect(visitor.log).to_contain_text("From six to ten")
    await visitor.say("Thank you")
    await expect(visitor.log).to_contain_text("Thank you")
    async with desk.transaction(halden.account_id) as tx:
        assert len(await tx.all("select id from conversations")) == 2
    await visitor.page.reload()
    await visitor.bubble.click()
    await expect(visitor.log.locator(".t")).to_contain_text(
        [
            "Is there a desk at the airport?",
            "And when is it open?",
            "From six to ten",
            "Thank you",
        ]
    )
