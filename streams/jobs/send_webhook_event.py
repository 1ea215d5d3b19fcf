"""Tell another program about a conversation: Chatwoot's shape, `automation_event.<event>`, or `macro.executed`."""

import msgspec

from desk.automation.errands import Errand
from desk.store.jobs import Job
from streams.jobs.errand_shapes import told_shapes
from streams.jobs.errands import Told, ask, keep_errand, refuse_unless_taken
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop

JSON = {"content-type": "application/json"}
MACRO_EXECUTED = "macro.executed"


async def send_webhook_event(job: Job, work: Workshop) -> Outcome:
    """Tell the address."""
    return await keep_errand(job, work, "send the webhook event", _tell)


async def _tell(errand: Errand, job: Job, work: Workshop) -> Told:
    url = errand.params[0]
    async with work.desk.transaction(job.account_id) as tx:
        told = await told_shapes(tx, errand)
    conversation = msgspec.json.decode(msgspec.json.encode(told["conversation"]))
    body = conversation | {
        "account": told["account"],
        "event": f"automation_event.{errand.event_name}" if errand.event_name else MACRO_EXECUTED,
    }
    answer = await ask(work, "POST", url, errand, headers=JSON, content=msgspec.json.encode(body))
    refuse_unless_taken(answer, url)
    return Told(f"answered {answer.status_code}", "sent a webhook event")
