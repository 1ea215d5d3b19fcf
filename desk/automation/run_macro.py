"""Somebody runs a macro on a conversation: done by the actions rules take, recorded under their name."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from desk.automation.action_contract import Firing
from desk.automation.firing import as_told, try_action
from desk.events.macros import MacroExecuted
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.automation import ActionWanted
from desk.words.ids import ConversationId, UserId

_BEGIN = """
insert into macro_runs
    (account_id, macro_id, macro_name, execution, user_id, conversation_id, actions, created_at)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (account_id, execution, conversation_id) do nothing returning id"""


RUN_MACRO = "run_macro"
"""The kind of the job that runs one on more conversations than a request waits for."""

AT_ONCE = 10
MOST = 1_000


class MacroToRun(msgspec.Struct, frozen=True):
    """What somebody asked for once: a macro as it was at that moment."""

    macro_id: int
    name: str
    actions: tuple[ActionWanted, ...]
    execution: UUID


async def queue_macro(
    tx: TenantTx, macro: MacroToRun, numbers: Sequence[int], *, by: UserId
) -> None:
    """Oblige the desk to run it on all of these."""
    await queue_job(
        tx,
        RUN_MACRO,
        str(macro.execution),
        {
            "user_id": int(by),
            "macro": msgspec.to_builtins(macro),
            "numbers": sorted(set(numbers)),
        },
        priority=4,
    )


async def run_macro(
    tx: TenantTx, macro: MacroToRun, conversation: ConversationRow, *, by: UserId
) -> bool:
    """Take every action; whether this was the first time. The conversation must be locked."""
    began = await tx.first(
        _BEGIN,
        [
            tx.account_id,
            macro.macro_id,
            macro.name,
            macro.execution,
            by,
            conversation.id,
            Jsonb([{"action_name": wanted.action_name} for wanted in macro.actions]),
            tx.now,
        ],
    )
    if began is None:
        return False
    firing = Firing(
        rule_id=0,
        run_id=began["id"],
        event_name=None,
        conversation=conversation,
        labels=(),
        contact_phone_number=None,
        message_id=conversation.last_chat_message_id,
        after_rules=(),
        late=False,
        user_id=by,
    )
    told = [
        as_told(wanted, await try_action(tx, firing, index, wanted))
        for index, wanted in enumerate(macro.actions)
    ]
    await tx.execute(
        "update macro_runs set actions = %s where account_id = %s and id = %s",
        [Jsonb(told), tx.account_id, firing.run_id],
    )
    conversation_id = ConversationId(conversation.id)
    tx.record(
        MacroExecuted(macro.macro_id, firing.run_id, conversation_id),
        by=Actor.user(by),
        conversation_id=conversation_id,
    )
    return True
