"""Errands outside: what a firing leaves for a job, since no stream waits for strangers."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from desk.automation.action_contract import Firing, Outcome
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.automation import Ending
from desk.words.ids import UserId

TRIES = 5


class Errand(msgspec.Struct, frozen=True):
    """What the job is told; the conversation itself is read when it is done."""

    run_id: int
    index: int
    """The action's place in its rule."""
    rule_id: int
    event_name: str
    """Empty: somebody ran a macro."""
    conversation_id: int
    message_id: int | None
    fired_at: str
    after_rules: tuple[int, ...]
    params: list[Any]
    user_id: int | None = None
    """Who ran the macro; absent: a rule fired."""

    @property
    def by(self) -> Actor:
        if self.user_id is not None:
            return Actor.user(UserId(self.user_id))
        return Actor.rule(self.rule_id)

    @property
    def runs(self) -> str:
        """The table in which its run is recorded."""
        return "automation_runs" if self.user_id is None else "macro_runs"

    @property
    def key(self) -> str:
        """Which action of which run it is."""
        of_macro = "" if self.user_id is None else "macro:"
        return f"{of_macro}{self.run_id}:{self.index}"

    @property
    def idempotency_key(self) -> str:
        """The same for every try, so that whoever is asked twice can know it."""
        return str(uuid5(NAMESPACE_URL, f"streamdesk:{self.key}"))


async def send_on_errand(
    tx: TenantTx, firing: Firing, index: int, kind: str, params: list[Any]
) -> Outcome:
    """Oblige the desk to it, once for this firing."""
    errand = Errand(
        firing.run_id,
        index,
        firing.rule_id,
        "" if firing.event_name is None else firing.event_name.value,
        firing.conversation.id,
        firing.message_id,
        tx.now.isoformat(),
        firing.after_rules,
        params,
        firing.user_id,
    )
    payload: dict[str, Any] = msgspec.to_builtins(errand)
    await queue_job(tx, kind, errand.key, payload, max_attempts=TRIES)
    return Outcome(Ending.QUEUED)
