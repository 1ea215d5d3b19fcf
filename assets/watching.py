"""Who is told when a run or a sync fails: the code server's own watch, opened on first use."""

import dagster as dg

from assets.resources import Warehouse


@dg.run_failure_sensor(
    name="tell_of_failed_runs",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells error tracking and the alarm channel, where they are configured.",
)
def tell_of_failed_runs(
    context: dg.RunFailureSensorContext, warehouse: dg.ResourceParam[Warehouse]
) -> None:
    line = {"run_of": context.dagster_run.job_name, "kind": _kind_of(context)}
    warehouse.watch.tell("dagster_run_failed", "error", line)


def _kind_of(context: dg.RunFailureSensorContext) -> str | None:
    """The type of the innermost error of the first step that failed; its words stay in Dagster."""
    for event in context.get_step_failure_events():
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None:
            return error.cls_name
    return None
