"""Live board: how does it stand this moment, and who is there?"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states, visitors
from dashboards.inbox_client import InboxClient, Refused
from dashboards.names import names_of
from dashboards.table import show_table
from dashboards.visitors import Visitor, current_visitor
from dashboards.world import World, world

TITLE = "Live board"
ADDRESS = "live"

EVERY = "5s"
MOST_PAGES = 8
"""Of 25 agents each."""


def show_live_board() -> None:
    """Draw the page for a visitor who may see reports, again and again."""
    place = world()
    visitor = current_visitor(place)
    if visitor is None:
        states.not_signed_in(place.settings.addresses.public_url)
        return
    st.title(TITLE)
    if not visitor.sees_everybody:
        st.info("The live board needs the permission *Reports*. Ask an administrator for it.")
        return
    inbox = InboxClient(
        place.settings.addresses.public_url, visitor.account.id, visitors.cookie() or ""
    )

    @st.fragment(run_every=EVERY)
    def body() -> None:
        if current_visitor(place) != visitor:
            st.rerun()
        try:
            _board(place, visitor, inbox)
        except Refused as refused:
            st.error(f"{refused.sentence} The board tries again by itself.")

    body()


def _board(place: World, visitor: Visitor, inbox: InboxClient) -> None:
    now = inbox.get("/live_reports/conversation_metrics", version="v2")
    promises = inbox.get("/live_reports/sla", version="v2")
    agents = _agents(inbox)
    at = place.clock.now().astimezone(ZoneInfo(visitor.account.time_zone))
    st.caption(
        f"{_time(at)}, {numbers.place(visitor.account.time_zone)} time · every {EVERY[:-1]} s"
    )
    _headline(now, promises, agents)
    left, right = st.columns(2)
    with left:
        st.subheader("Open by team")
        teams = names_of(place, visitor.account.id).teams
        _bars(inbox, "team_id", {None: "No team", **teams}, "Team")
    with right:
        st.subheader("Open by agent")
        named = {None: "Nobody", **{agent["id"]: agent["name"] for agent in agents}}
        _bars(inbox, "assignee_id", named, "Agent")
    _table(agents)
    st.caption(
        "Straight from the desk: unattended are open conversations that nobody answered yet; "
        "breaching soon are those with a promise of an SLA policy that falls due in 30 minutes."
    )


def _agents(inbox: InboxClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in range(1, MOST_PAGES + 1):
        part = inbox.get(f"/reports/conversations?type=agent&page={page}", version="v2")
        found += part
        if len(part) < 25:
            break
    return found


def _headline(now: dict[str, int], promises: dict[str, int], agents: list[dict[str, Any]]) -> None:
    online = sum(agent["availability"] == "online" for agent in agents)
    tiles = (
        ("Open", numbers.count(now["open"]), f"{numbers.count(now['pending'])} pending"),
        ("Unattended", numbers.count(now["unattended"]), None),
        ("Unassigned", numbers.count(now["unassigned"]), None),
        (
            "Breaching soon",
            numbers.count(promises["breaching_soon"]),
            f"{numbers.count(promises['missed_open'])} missed and open",
        ),
        ("Agents online", numbers.count(online), f"of {numbers.count(len(agents))}"),
    )
    for column, (label, value, beside) in zip(st.columns(len(tiles)), tiles, strict=True):
        with column:
            st.metric(
                label,
                value,
                beside,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def _bars(inbox: InboxClient, group: str, names: dict[Any, str], of: str) -> None:
    rows = inbox.get(f"/live_reports/grouped_conversation_metrics?group_by={group}", version="v2")
    rows = sorted(rows, key=lambda row: -row["open"])[: charts.MOST_BARS]
    if not rows:
        st.caption("No open conversation.")
        return
    frame = pl.DataFrame(
        {
            "name": [names.get(row[group], f"{of} {row[group]}") for row in rows],
            "n": [row["open"] for row in rows],
        }
    )
    charts.draw(charts.bars(frame, "Open", of=of), f"Open conversations by {of.lower()}.")


def _table(agents: list[dict[str, Any]]) -> None:
    if not agents:
        return
    busiest = sorted(agents, key=lambda agent: (-agent["metric"]["open"], agent["name"]))
    frame = pl.DataFrame(
        {
            "Agent": [agent["name"] for agent in busiest],
            "Availability": [agent["availability"].capitalize() for agent in busiest],
            "Open": [agent["metric"]["open"] for agent in busiest],
            "Unattended": [agent["metric"]["unattended"] for agent in busiest],
        }
    )
    show_table(
        frame,
        {"Open": numbers.count, "Unattended": numbers.count},
        key="live-agents",
        said="What each agent has open now.",
    )


def _time(at: datetime) -> str:
    return f"{at:%H:%M:%S}"
