"""Exports: a report as a file, now or by the clock."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import numbers, states, visitors
from dashboards.inbox_client import InboxClient, Refused
from dashboards.reports.scheduled_exports import draw_schedules
from dashboards.table import show_table
from dashboards.visitors import current_visitor
from dashboards.world import world

TITLE = "Exports"
ADDRESS = "exports"

REPORTS: Mapping[str, str] = {
    "agent_performance": "Agent performance",
    "conversation_trends": "Conversation trends",
}
FORMATS: Mapping[str, str] = {"csv": "CSV, for spreadsheets", "parquet": "Parquet, for programs"}
USUAL_DAYS = 30

SOON, LATER = "2s", "30s"
"""How often the list is read: while something is being made, and otherwise."""

_UNFINISHED = ("queued", "running")


def show_exports() -> None:
    """Draw the page for a visitor who may see reports."""
    place = world()
    visitor = current_visitor(place)
    if visitor is None:
        states.not_signed_in(place.settings.addresses.public_url)
        return
    zone = visitor.account.time_zone
    st.title(TITLE)
    st.caption(
        f"A report as a file, with the numbers of its page. All times are {numbers.clock(zone)}."
    )
    if not visitor.sees_everybody:
        st.info("Exports need the permission *Reports*. Ask an administrator for it.")
        return
    inbox = InboxClient(
        place.settings.addresses.public_url, visitor.account.id, visitors.cookie() or ""
    )
    today = place.clock.now().astimezone(ZoneInfo(zone)).date()
    _ask_for_one(inbox, today)
    _files(inbox, zone)
    st.subheader("Scheduled")
    draw_schedules(inbox, zone, REPORTS, FORMATS)


def _ask_for_one(inbox: InboxClient, today: date) -> None:
    with st.form("export", border=True):
        report, days, kind, button = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
        chosen = report.selectbox("Report", list(REPORTS), format_func=REPORTS.__getitem__)
        usual = (today - timedelta(days=USUAL_DAYS - 1), today)
        span = days.date_input("Days", usual, max_value=today, format="YYYY-MM-DD")
        to = kind.selectbox("Format", list(FORMATS), format_func=FORMATS.__getitem__)
        sent = button.form_submit_button("Export", type="primary", width="stretch")
    if not sent:
        return
    first_and_last = cast("tuple[date, ...]", span) or usual
    body = {
        "report_type": chosen,
        "format": to,
        "date_range": {
            "start": first_and_last[0].isoformat(),
            "end": first_and_last[-1].isoformat(),
        },
    }
    try:
        inbox.post("/custom_reports/export", body)
    except Refused as refused:
        st.error(refused.sentence)


def _files(inbox: InboxClient, zone: str) -> None:
    try:
        found = _read(inbox)
    except Refused as refused:
        st.error(refused.sentence)
        st.button("Try again", key="again")
        return

    begun = _unfinished(found)
    first = [found]

    @st.fragment(run_every=SOON if begun else LATER)
    def files() -> None:
        try:
            exports = first.pop() if first else _read(inbox)
        except Refused as refused:
            st.error(refused.sentence)
            return
        if _unfinished(exports) != begun:
            st.rerun()
        if not exports:
            st.info("Nothing was exported yet. A file is ready a few seconds after you ask.")
            return
        _table(exports, zone)

    files()


def _read(inbox: InboxClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = inbox.get("/custom_reports/exports")["data"]
    return found


def _unfinished(exports: list[dict[str, Any]]) -> bool:
    return any(one["state"] in _UNFINISHED for one in exports)


def _table(exports: list[dict[str, Any]], zone: str) -> None:
    table = pl.DataFrame(
        {
            "Report": [REPORTS.get(one["report_type"], one["report_type"]) for one in exports],
            "Days": [_days(one["date_range"]) for one in exports],
            "Format": [
                one["format"].upper() if one["format"] == "csv" else "Parquet" for one in exports
            ],
            "State": [state_of(one) for one in exports],
            "Rows": [one["rows"] for one in exports],
            "Asked by": [one["requested_by"] or "Schedule" for one in exports],
            "Asked at": [_moment(one["created_at"], zone) for one in exports],
            "Kept until": [_moment(one["expires_at"], zone) for one in exports],
            "File": [_link(one) for one in exports],
        },
        schema_overrides={"Rows": pl.Int64, "File": pl.String},
    )
    show_table(
        table,
        {"Rows": numbers.count},
        key="files",
        said="The exports, newest first, with links to their files.",
        links={"File": "Download"},
    )


def state_of(export: dict[str, Any]) -> str:
    """Where an export stands, in words."""
    match export["state"]:
        case "queued" if export["error"]:
            often = "once" if export["attempts"] == 1 else f"{export['attempts']} times"
            return f"Failed {often}, tried again soon: {export['error']}"
        case "queued":
            return "Waiting"
        case "running":
            return f"Being made, {export['progress']} %"
        case "failed":
            return f"Failed: {export['error']}"
        case _:
            return "Ready"


def _link(export: dict[str, Any]) -> str | None:
    url: str | None = export["download_url"]
    # A person opens a CSV in a spreadsheet, which must be told its encoding.
    return f"{url}&spreadsheet=true" if url and export["format"] == "csv" else url


def _days(span: dict[str, str]) -> str:
    return numbers.span(date.fromisoformat(span["start"]), date.fromisoformat(span["end"]))


def _moment(at: str | None, zone: str) -> str | None:
    if at is None:
        return None
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return f"{numbers.day(local.date())}, {local:%H:%M}"
