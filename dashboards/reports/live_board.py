"""Live board: how does it stand this moment, and who is there?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards import charts, numbers, states, visitors
from dashboards.asked import Asked
from dashboards.behind import PARAMETER
from dashboards.choosing import choose
from dashboards.inbox_client import InboxClient, Refused
from dashboards.live_rows import LiveQuestion, show_live_rows
from dashboards.names import names_of
from dashboards.table import clicked_cell, show_table
from dashboards.visitors import Visitor, current_visitor
from dashboards.world import World, world

TITLE = "Live board"
ADDRESS = "live"

EVERY = "5s"
_BEHIND: Mapping[str, str] = {
    "open": "Open",
    "pending": "Pending",
    "unattended": "Unattended",
    "unassigned": "Unassigned",
    "breaching_soon": "Breaching soon",
    "missed_open": "Missed and open",
}
"""The tiles' numbers, and what they are called."""

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
        f"{_time(at)}, {numbers.clock(visitor.account.time_zone)} · "
        f"read anew every {EVERY[:-1]} seconds"
    )
    if not names_of(place, visitor.account.id).inboxes:
        states.no_inbox(f"{inbox.inbox_url}/app/accounts/{visitor.account.id}")
    _show(place, visitor, _headline(now, promises, agents))
    left, right = st.columns(2)
    with left:
        st.subheader("Open by team")
        teams = names_of(place, visitor.account.id).teams
        of_team = _bars(inbox, "team_id", {None: "No team", **teams}, "Team")
    with right:
        st.subheader("Open by agent")
        named = {None: "Nobody", **{agent["id"]: agent["name"] for agent in agents}}
        of_agent = _bars(inbox, "assignee_id", named, "Agent")
    _show(place, visitor, of_team)
    _show(place, visitor, of_agent)
    _show(place, visitor, _table(agents))
    st.caption(
        "Straight from the desk: unattended are open conversations that nobody answered yet; "
        "breaching soon are those with a promise of an SLA policy that falls due in 30 minutes."
    )


def _show(place: World, visitor: Visitor, question: LiveQuestion | None) -> None:
    if question is not None:
        show_live_rows(place, visitor.account.id, question)


def _agents(inbox: InboxClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in range(1, MOST_PAGES + 1):
        part = inbox.get(f"/reports/conversations?type=agent&page={page}", version="v2")
        found += part
        if len(part) < 25:
            break
    return found


def _headline(
    now: dict[str, int], promises: dict[str, int], agents: list[dict[str, Any]]
) -> LiveQuestion | None:
    """Draw the tiles; the one whose conversations are wanted."""
    online = sum(agent["availability"] == "online" for agent in agents)
    count = numbers.count
    tiles = (
        ("Open", count(now["open"]), f"{count(now['pending'])} pending"),
        ("Unattended", count(now["unattended"]), None),
        ("Unassigned", count(now["unassigned"]), None),
        (
            "Breaching soon",
            count(promises["breaching_soon"]),
            f"{count(promises['missed_open'])} missed and open",
        ),
        ("Agents online", count(online), f"of {count(len(agents))}"),
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
    return _opened()


def _opened() -> LiveQuestion | None:
    """Which of the tiles' conversations are wanted: the address holds it."""
    asked = Asked(ADDRESS)
    page, _, which = asked.text(PARAMETER, "").partition(".")
    begun = which if page == ADDRESS and which in _BEHIND else None
    chosen = st.pills(
        "Show the conversations",
        list(_BEHIND),
        format_func=_BEHIND.__getitem__,
        key=asked.begin(PARAMETER, begun),
    )
    asked.note(PARAMETER, f"{ADDRESS}.{chosen}" if chosen else "", "")
    return LiveQuestion(chosen, _BEHIND[chosen]) if chosen else None


def _bars(inbox: InboxClient, group: str, names: dict[Any, str], of: str) -> LiveQuestion | None:
    rows = inbox.get(f"/live_reports/grouped_conversation_metrics?group_by={group}", version="v2")
    rows = sorted(rows, key=lambda row: -row["open"])[: charts.MOST_BARS]
    if not rows:
        st.caption("No open conversation.")
        return None
    named = {names.get(row[group], f"{of} {row[group]}"): row[group] for row in rows}
    frame = pl.DataFrame({"name": list(named), "n": [row["open"] for row in rows]})
    name = choose(
        charts.bars(frame, "Open", of=of),
        f"Open conversations by {of.lower()}.",
        key=f"live-{group}",
        marks=list(named),
    )
    if name is None:
        return None
    return LiveQuestion("open", f"Open: {name}", group, named[name])


def _table(agents: list[dict[str, Any]]) -> LiveQuestion | None:
    if not agents:
        return None
    busiest = sorted(agents, key=lambda agent: (-agent["metric"]["open"], agent["name"]))
    frame = pl.DataFrame(
        {
            "Agent": [agent["name"] for agent in busiest],
            "Availability": [agent["availability"].capitalize() for agent in busiest],
            "Open": [agent["metric"]["open"] for agent in busiest],
            "Unattended": [agent["metric"]["unattended"] for agent in busiest],
        }
    )
    key = "live-agents"
    show_table(
        frame,
        {"Open": numbers.count, "Unattended": numbers.count},
        key=key,
        said="What each agent has open now.",
        clickable=True,
    )
    chosen = clicked_cell(key, frame)
    if chosen is None:
        st.caption("Choose a number to see the conversations behind it.")
        return None
    row, column = chosen
    which = "unattended" if column == "Unattended" else "open"
    agent = busiest[row]
    return LiveQuestion(
        which, f"{which.capitalize()}: {agent['name']}", "assignee_id", int(agent["id"])
    )


def _time(at: datetime) -> str:
    return f"{at:%H:%M:%S}"
