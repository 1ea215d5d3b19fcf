"""Start a Zap: conversation, contact, account, and when the rule fired."""

import msgspec

from desk.automation.errands import Errand
from desk.store.jobs import Job
from streams.jobs.errand_shapes import told_shapes
from streams.jobs.errands import Told, ask, keep_errand, refuse_unless_taken
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop

JSON = {"content-type": "application/json"}


async def trigger_zapier_webhook(job: Job, work: Workshop) -> Outcome:
    """Tell the hook's address."""
    return await keep_errand(job, work, "trigger the Zapier webhook", _trigger)


async def _trigger(errand: Errand, job: Job, work: Workshop) -> Told:
    url = errand.params[0]
    async with work.desk.transaction(job.account_id) as tx:
        body = {**await told_shapes(tx, errand), "triggered_at": errand.fired_at}
    answer = await ask(work, "POST", url, errand, headers=JSON, content=msgspec.json.encode(body))
    refuse_unless_taken(answer, url)
    return Told(f"answered {answer.status_code}", "triggered a Zapier webhook")
