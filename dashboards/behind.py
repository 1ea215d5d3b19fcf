"""The conversations behind the chosen row of a table."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import numbers
from dashboards.page import Page
from dashboards.table import show_table
from warehouse.metrics.metric import Metric, Unit
from warehouse.report import Only


def show_behind(page: Page, whose: str, metrics: Mapping[str, Metric], only: Only) -> None:
    """A choice among the row's numbers, and the conversations that make it up."""
    st.subheader(f"Behind the numbers of {whose}")
    title = st.segmented_control(
        "Number",
        list(metrics),
        default=next(iter(metrics)),
        required=True,
        label_visibility="collapsed",
        key=f"behind-{whose}",
    )
    metric = metrics[title or next(iter(metrics))]
    found = page.asking.behind(metric, page.filters.period, only=only)
    if found.is_empty():
        st.caption("No conversation in this period.")
        return
    base = f"{page.inbox_url}/app/accounts/{page.visitor.account.id}/conversations"
    zone = ZoneInfo(page.zone)
    shown = pl.DataFrame(
        {
            "Conversation": [f"{base}/{number}" for number in found["display_id"]],
            "When": [f"{at.astimezone(zone):%-d %b %Y, %H:%M}" for at in found["happened_at"]],
            "Inbox": [page.names.inbox(inbox) for inbox in found["inbox_id"]],
            "Agent": [page.names.agent(agent) for agent in found["agent_id"]],
        }
    )
    formats = {}
    if metric.unit is Unit.SECONDS:
        shown = shown.with_columns(found["seconds"].alias(metric.title))
        formats[metric.title] = numbers.duration
    show_table(
        shown,
        formats,
        links={"Conversation": r"conversations/(\d+)"},
        key=f"behind-{whose}-{metric.name}",
        said=f"Conversations behind {metric.title} of {whose}",
    )
