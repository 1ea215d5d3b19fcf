"""Errands outside: what a firing leaves for a job, since no stream waits for strangers."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from desk.automation.action_contract import Firing, Outcome
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.words.automation import Ending

TRIES = 5


class Errand(msgspec.Struct, frozen=True):
    """What the job is told; the conversation itself is read when it is done."""

    run_id: int
    index: int
    """The action's place in its rule."""
    rule_id: int
    event_name: str
    conversation_id: int
    message_id: int | None
    fired_at: str
    after_rules: tuple[int, ...]
    params: list[Any]

    @property
    def idempotency_key(self) -> str:
        """The same for every try, so that whoever is asked twice can know it."""
        return str(uuid5(NAMESPACE_URL, f"streamdesk:{self.run_id}:{self.index}"))


async def send_on_errand(
    tx: TenantTx, firing: Firing, index: int, kind: str, params: list[Any]
) -> Outcome:
    """Oblige the desk to it, once for this firing."""
    errand = Errand(
        firing.run_id,
        index,
        firing.rule_id,
        firing.event_name.value,
        firing.conversation.id,
        firing.message_id,
        tx.now.isoformat(),
        firing.after_rules,
        params,
    )
    payload: dict[str, Any] = msgspec.to_builtins(errand)
    await queue_job(tx, kind, f"{firing.run_id}:{index}", payload, max_attempts=TRIES)
    return Outcome(Ending.QUEUED)
