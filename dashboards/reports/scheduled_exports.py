"""Exports by the clock: what is due when, placed, paused and ended."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st
from msgspec import Struct

from dashboards import numbers
from dashboards.inbox_client import InboxClient, Refused
from dashboards.table import show_table

Words = Mapping[str, str]

ADDRESS = "/custom_reports/scheduled_exports"


class Rhythm(Struct, frozen=True):
    """How often, and of which days."""

    words: str
    days: str
    """The last three fields of its cron."""
    period: str


RHYTHMS = (
    Rhythm("Every day, of the day before", "* * *", "previous_day"),
    Rhythm("Every Monday, of the week before", "* * 1", "previous_week"),
    Rhythm("On the 1st, of the month before", "1 * *", "previous_month"),
)
PERIODS: Words = {
    "previous_day": "of the day before",
    "previous_week": "of the week before",
    "previous_month": "of the month before",
}
_PLAIN = re.compile(r"(\d+) (\d+) (.*)")


def draw_schedules(inbox: InboxClient, zone: str, reports: Words, formats: Words) -> None:
    """The standing orders, what can be done to one, and the way to a new one."""
    try:
        schedules: list[dict[str, Any]] = inbox.get(ADDRESS)["data"]
    except Refused as refused:
        st.error(refused.sentence)
        return
    if schedules:
        _table(inbox, schedules, zone, reports)
    else:
        st.caption("No export is scheduled yet.")
    with st.expander("Schedule an export", expanded=not schedules):
        _place(inbox, reports, formats)


def in_words(schedule: dict[str, Any]) -> str:
    """When a schedule comes due, as its form says it, or its cron."""
    found = _PLAIN.fullmatch(schedule["cron"])
    if found:
        for rhythm in RHYTHMS:
            if (rhythm.days, rhythm.period) == (found[3], schedule["period"]):
                return f"{rhythm.words}, at {int(found[2]):02}:{int(found[1]):02}"
    return f"{schedule['cron']}, {PERIODS[schedule['period']]}"


def _table(inbox: InboxClient, schedules: list[dict[str, Any]], zone: str, reports: Words) -> None:
    table = pl.DataFrame(
        {
            "Report": [reports.get(one["report_type"], one["report_type"]) for one in schedules],
            "When": [in_words(one) for one in schedules],
            "Format": [
                one["format"].upper() if one["format"] == "csv" else "Parquet" for one in schedules
            ],
            "Kept": [one["keep_days"] for one in schedules],
            "Next": [_next(one, zone) for one in schedules],
        }
    )
    chosen = show_table(
        table,
        {"Kept": lambda days: f"{numbers.count(days)} days"},
        key="schedules",
        said="The standing orders for exports.",
        choosable=True,
    )
    if chosen is None:
        st.caption("Choose a row to pause or delete it.")
        return
    one = schedules[chosen]
    address = f"{ADDRESS}/{one['id']}"
    pause, end, _ = st.columns([2, 2, 8])
    try:
        if pause.button("Pause" if one["active"] else "Take up again", width="stretch"):
            inbox.patch(address, {"active": not one["active"]})
            st.rerun()
        if end.button("Delete", width="stretch"):
            inbox.delete(address)
            st.rerun()
    except Refused as refused:
        st.error(refused.sentence)


def _place(inbox: InboxClient, reports: Words, formats: Words) -> None:
    with st.form("schedule", border=False):
        left, middle, right = st.columns(3)
        report = left.selectbox("Report", list(reports), format_func=reports.__getitem__)
        rhythm = middle.selectbox("When", RHYTHMS, format_func=lambda one: one.words)
        at = right.time_input("At", time(7, 0))
        to = left.selectbox("Format", list(formats), format_func=formats.__getitem__)
        keep = middle.number_input("Keep for days", min_value=1, max_value=3650, value=30)
        sent = st.form_submit_button("Schedule", type="primary")
    if not sent:
        return
    body = {
        "report_type": report,
        "cron": f"{at.minute} {at.hour} {rhythm.days}",
        "period": rhythm.period,
        "format": to,
        "keep_days": int(keep),
    }
    try:
        inbox.post(ADDRESS, body)
    except Refused as refused:
        st.error(refused.sentence)
        return
    st.rerun()


def _next(schedule: dict[str, Any], zone: str) -> str:
    if schedule["next_due_at"] is None:
        return "Paused"
    local = datetime.fromisoformat(schedule["next_due_at"]).astimezone(ZoneInfo(zone))
    return f"{numbers.day(local.date())}, {local:%H:%M}"
