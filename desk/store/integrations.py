"""Reading which apps are in use, and which of them a message or an event from outside is for."""

from collections.abc import Iterable
from typing import Any

import msgspec

from desk.store.transaction import TenantTx, Transaction, WideTx
from desk.words.ids import AccountId

MOST_IN_A_CHANNEL = 20
"""Accounts that may share one Slack channel."""

_HOOKS = """
select h.id, h.account_id, h.app_id, h.inbox_id, i.name as inbox_name, h.status, h.settings,
       h.reference_id, h.last_error
from integration_hooks h
left join inboxes i on i.account_id = h.account_id and i.id = h.inbox_id
where h.account_id = %(account)s"""


class HookAtWork(msgspec.Struct, frozen=True):
    """An app that is switched on."""

    id: int
    account_id: AccountId
    app_id: str
    inbox_id: int | None
    settings: dict[str, Any]
    secrets: bytes | None
    reference_id: str | None
    agent_bot_id: int | None


_AT_WORK = """
select id, account_id, app_id, inbox_id, settings, secrets, reference_id, agent_bot_id
from integration_hooks where status = 1"""


async def hooks(tx: TenantTx) -> list[dict[str, Any]]:
    """All of the account's, without what is sealed."""
    return await tx.all(f"{_HOOKS} order by h.id", {"account": tx.account_id})


async def hook(tx: TenantTx, hook_id: int) -> dict[str, Any] | None:
    """One of them, or nothing."""
    return await tx.first(f"{_HOOKS} and h.id = %(id)s", {"account": tx.account_id, "id": hook_id})


async def hook_at_work(tx: TenantTx, hook_id: int) -> HookAtWork | None:
    """The hook with its sealed settings, if it is on."""
    row = await tx.first(f"{_AT_WORK} and account_id = %s and id = %s", [tx.account_id, hook_id])
    return None if row is None else HookAtWork(**row)


async def hooks_at_work(tx: Transaction, accounts: Iterable[int]) -> list[HookAtWork]:
    """Those of the accounts that are on."""
    rows = await tx.all(f"{_AT_WORK} and account_id = any(%s)", [sorted(set(accounts))])
    return [HookAtWork(**row) for row in rows]


async def hooks_of_channel(tx: WideTx, app_id: str, reference_id: str) -> list[HookAtWork]:
    """Whoever works with that channel; which of them is meant, the signature says."""
    rows = await tx.all(
        f"{_AT_WORK} and app_id = %s and reference_id = %s order by id limit %s",
        [app_id, reference_id, MOST_IN_A_CHANNEL],
    )
    return [HookAtWork(**row) for row in rows]


async def conversation_of_thread(tx: TenantTx, hook_id: int, external_id: str) -> int | None:
    """The conversation that the other program follows in this thread."""
    row = await tx.first(
        """select conversation_id from integration_threads
           where account_id = %s and hook_id = %s and external_id = %s""",
        [tx.account_id, hook_id, external_id],
    )
    return None if row is None else int(row["conversation_id"])


async def is_known(tx: TenantTx, hook_id: int, external_id: str) -> bool:
    """Whether a message of that id is here already."""
    row = await tx.first(
        """select 1 as one from integration_posts
           where account_id = %s and hook_id = %s and external_id = %s""",
        [tx.account_id, hook_id, external_id],
    )
    return row is not None


async def is_answered(tx: TenantTx, hook_id: int, message_id: int) -> bool:
    """Whether the app has had its say about the message."""
    row = await tx.first(
        """select 1 as one from integration_posts
           where account_id = %s and hook_id = %s and message_id = %s""",
        [tx.account_id, hook_id, message_id],
    )
    return row is not None


async def agent_with_email(tx: TenantTx, email: str, conversation_id: int) -> int | None:
    """The agent of that address, if they may see the conversation."""
    row = await tx.first(
        """select au.user_id from account_users au join users u on u.id = au.user_id
           join conversations c on c.account_id = au.account_id and c.id = %s
           where au.account_id = %s and lower(u.email) = lower(%s)
             and (au.role = 1 or c.assignee_id = au.user_id or exists (
                 select from inbox_members im where im.account_id = au.account_id
                   and im.inbox_id = c.inbox_id and im.user_id = au.user_id))""",
        [conversation_id, tx.account_id, email],
    )
    return None if row is None else int(row["user_id"])
