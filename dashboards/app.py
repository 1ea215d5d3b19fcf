"""The report pages' frame: whose account, which page."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboards import charts
from dashboards.asked import forget
from dashboards.contents import SECTIONS
from dashboards.names import told_apart
from dashboards.page import Report, show
from dashboards.reports import exports, live_board
from dashboards.reports.exports import show_exports
from dashboards.reports.live_board import show_live_board
from dashboards.theme import Mode
from dashboards.visitors import Visitor, current_visitor
from dashboards.world import world

ICON = Path(__file__).with_name("icon.svg")
# Pixels: two days stand side by side.
SIDEBAR = 284
# What is chosen in a control: the accent that Streamlit writes it in is too dim on dark.
INK: Mapping[Mode, str] = {"light": "#005e91", "dark": "#72c7ee"}


def main() -> None:
    st.set_page_config(
        page_title="Reports · Streamdesk",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )
    st.html(f"<style>button[aria-checked=true] p {{ color: {INK[charts.mode()]}; }}</style>")
    visitor = current_visitor(world())
    if visitor is not None:
        _choose_account(visitor)
    pages = {
        section: [_page(report) for report in reports] for section, reports in SECTIONS.items()
    }
    first, *_ = pages.pop("")
    live = st.Page(show_live_board, title=live_board.TITLE, url_path=live_board.ADDRESS)
    files = st.Page(show_exports, title=exports.TITLE, url_path=exports.ADDRESS)
    # The page without a path of its own cannot be linked to by name: so it is no report.
    greeting = st.Page(lambda: _greet(first), title="Reports", default=True, visibility="hidden")
    pages = {"": [greeting, live, first], **pages}
    pages["More"].append(files)
    st.navigation(pages, position="hidden" if visitor is None else "top").run()


def _greet(first: "st.Page") -> None:
    """Lead to the first report, with what the address asked for."""
    st.switch_page(first, query_params=st.query_params.to_dict())


def _page(report: Report) -> "st.Page":
    return st.Page(lambda: show(report), title=report.title, url_path=report.address)


def _choose_account(visitor: Visitor) -> None:
    """Only for somebody who works for several; the address names the account."""
    account = visitor.account
    wanted = st.query_params.get("account", str(account.id))
    if wanted != str(account.id):
        st.toast(f"The account of this address is not yours to see: this is {account.name}.")
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
    forget("inbox", "team", "agent", "label", "channel", "zone", "known", "behind")
    st.query_params["account"] = str(st.session_state["account"])


if __name__ == "__main__":
    main()
