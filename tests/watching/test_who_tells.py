"""Those who tell of trouble that the process in trouble cannot tell itself."""

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.resources import Warehouse
from assets.watching import tell_of_failed_runs
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.store.vitals import LAGS_AFTER
from desk.watching.watch import Watch
from streams.lookout import look_once
from tests.builders.accounts import SmallDesk
from tests.local.running import house
from tests.streams.arrivals import hook, journal
from tests.watching.receivers import Receivers, until


async def test_the_lookout_tells_that_a_hook_waits_too_long(
    watch: Watch, receivers: Receivers, desk: Desk, clock: FixedClock, halden: SmallDesk
) -> None:
    async with desk.transaction_across_accounts(reason="a test puts others aside") as tx:
        await tx.execute("update inbound set done_at = now() where done_at is null")
        await tx.execute("update events set done_at = now() where done_at is null")
    await journal(desk, halden, [hook(halden, "x")])
    await look_once(desk)
    watch.flush(5)
    assert receivers.slack_texts == []
    clock.set(clock.now() + timedelta(seconds=LAGS_AFTER + 1))
    await look_once(desk)
    watch.flush(5)
    [text] = receivers.slack_texts
    assert "streams_late" in text
    assert "receive seconds 121" in text
    [event] = receivers.sentry_events
    assert event["contexts"]["desk"]["receive_seconds"] == 121


def test_desk_up_tells_that_a_process_was_killed(
    tmp_path: Path, receivers: Receivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_ALERTS_URL", receivers.settings.slack_url)
    with house(tmp_path / "home") as desk:
        desk.until_ready()
        desk.kill("parent")
        until(lambda: bool(receivers.slack_texts))
    [text] = receivers.slack_texts
    assert "process_ended" in text
    assert "parent" in text
    assert "was killed by signal 9" in text


def test_a_failed_run_of_dagster_is_told_with_the_type_of_its_error(
    watch: Watch, receivers: Receivers
) -> None:
    @dg.op
    def break_down() -> None:
        raise LookupError("otto@customer.example")

    @dg.job
    def a_job_that_fails() -> None:
        break_down()

    warehouse = Warehouse()
    warehouse.__dict__["watch"] = watch
    with dg.DagsterInstance.ephemeral() as instance:
        result = a_job_that_fails.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="tell_of_failed_runs",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=result.get_run_failure_event(),
            resources={"warehouse": warehouse},
        ).for_run_failure()
        tell_of_failed_runs(context)
    watch.flush(5)
    [text] = receivers.slack_texts
    assert "run of a_job_that_fails" in text
    assert "kind LookupError" in text
    assert b"otto" not in receivers.everything
