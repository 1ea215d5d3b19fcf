"""The report pages' frame: whose account, which page."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboards.asked import forget
from dashboards.names import told_apart
from dashboards.page import Report, show
from dashboards.reports import exports
from dashboards.reports.agent_performance import AGENT_PERFORMANCE
from dashboards.reports.breakdowns import CHANNELS, INBOXES, LABELS, TEAMS
from dashboards.reports.conversation_trends import CONVERSATION_TRENDS
from dashboards.reports.exports import show_exports
from dashboards.reports.overview import OVERVIEW
from dashboards.reports.response_times import RESPONSE_TIMES
from dashboards.reports.traffic import TRAFFIC
from dashboards.visitors import Visitor, current_visitor
from dashboards.world import world

SECTIONS: Mapping[str, tuple[Report, ...]] = {
    "The desk": (OVERVIEW, CONVERSATION_TRENDS, TRAFFIC),
    "Service": (RESPONSE_TIMES,),
    "By whom, for what": (AGENT_PERFORMANCE, TEAMS, INBOXES, LABELS, CHANNELS),
}
"""Every report there is, in the order of the sidebar; the first one greets."""

ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    st.set_page_config(page_title="Reports · Streamdesk", page_icon=str(ICON), layout="wide")
    visitor = current_visitor(world())
    if visitor is not None:
        _choose_account(visitor)
    pages = {
        section: [_page(report, first=report is OVERVIEW) for report in reports]
        for section, reports in SECTIONS.items()
    }
    pages["Files"] = [st.Page(show_exports, title=exports.TITLE, url_path=exports.ADDRESS)]
    st.navigation(pages, position="hidden" if visitor is None else "sidebar").run()


def _page(report: Report, *, first: bool) -> "st.Page":
    return st.Page(lambda: show(report), title=report.title, url_path=report.address, default=first)


def _choose_account(visitor: Visitor) -> None:
    """Only for somebody who works for several; the address names the account."""
    account = visitor.account
    st.query_params["account"] = str(account.id)
    if len(visitor.memberships) == 1:
        return
    titles = told_apart({int(one.id): one.name for one in visitor.memberships})
    if "account" not in st.session_state:
        st.session_state["account"] = int(account.id)
    with st.sidebar:
        st.selectbox(
            "Account",
            list(titles),
            format_func=titles.__getitem__,
            key="account",
            on_change=_turn_to_account,
        )


def _turn_to_account() -> None:
    """Other inboxes, teams and agents: those filters mean nothing over there."""
    forget("inbox", "team", "agent", "label", "channel", "known")
    st.query_params["account"] = str(st.session_state["account"])


if __name__ == "__main__":
    main()
