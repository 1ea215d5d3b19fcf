"""A part of a transaction that raises leaves nothing behind, facts included; the rest stays."""

import pytest

from desk.actions.activity import add_activity_line
from desk.actions.change_status import change_status
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid
from desk.words.ids import ConversationId
from tests.automation.rules import lines, rows
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said


async def test_a_part_that_raises_is_undone_with_its_facts_and_the_rest_stays(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hello"))
    (row,) = await rows(desk, halden, "conversations")
    by = Actor.user(halden.agent)
    before = len(await rows(desk, halden, "events"))
    async with desk.transaction(halden.account_id) as tx:
        conversation = await lock_conversation(tx, ConversationId(row["id"]))

        async def go_wrong() -> None:
            async with tx.part():
                await add_activity_line(tx, conversation, "undone", by=by)
                await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
                raise Invalid("no")

        await add_activity_line(tx, conversation, "first", by=by)
        with pytest.raises(Invalid):
            await go_wrong()
        await tx.session.refresh(conversation)
        await add_activity_line(tx, conversation, "last", by=by)
    assert await lines(desk, halden) == ["first", "last"]
    (row,) = await rows(desk, halden, "conversations")
    assert row["status"] == ConversationStatus.OPEN
    assert len(await rows(desk, halden, "events")) == before + 2
