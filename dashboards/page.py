"""What every report page has in common: the visitor, the account's snapshot, and its states."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import duckdb
import psycopg
import redis
import streamlit as st
import structlog
from msgspec import Struct

from dashboards import filters as page_filters
from dashboards import numbers, states
from dashboards.asking import Asking
from dashboards.filters import Filters
from dashboards.names import Names, names_of
from dashboards.visitors import Visitor, current_visitor
from dashboards.world import World, world
from desk.words.errors import DeskError
from warehouse.history import snapshot_known_at

EVERY = "10s"
"""How often an open page reads again: what did not change since is remembered."""


class Page(Struct, frozen=True):
    """All that a report needs to draw itself."""

    visitor: Visitor
    names: Names
    asking: Asking
    filters: Filters
    now: datetime
    inbox_url: str

    @property
    def zone(self) -> str:
        """The time zone whose days are counted."""
        return self.filters.zone

    def conversation_url(self, number: int | None) -> str | None:
        """Where a conversation is read; nothing of one that was deleted."""
        if number is None:
            return None
        return f"{self.inbox_url}/app/accounts/{self.visitor.account.id}/conversations/{number}"


class Report(Struct, frozen=True):
    """A page: its title, which filters apply to it, and how it draws itself."""

    title: str
    address: str
    draw: Callable[[Page], None]
    by_agent: bool
    """The agent filter applies, and agents may see their own row of it."""
    business: bool
    """It holds durations, which can be counted in business hours."""
    compares: bool = True
    """It shows differences to another period."""


def show(report: Report) -> None:
    """Draw the filters once, and the report now and whenever the lake has moved on."""
    place = world()
    visitor = current_visitor(place)
    if visitor is None:
        states.not_signed_in(place.settings.addresses.public_url)
        return
    names = names_of(place, visitor.account.id)
    chosen = page_filters.choose(
        report.address,
        names,
        place.clock.now(),
        visitor.account.time_zone,
        agents=report.by_agent,
        business=report.business,
        compares=report.compares,
        alone=None if visitor.sees_everybody else int(visitor.user_id),
    )

    @st.fragment(run_every=EVERY)
    def body() -> None:
        # A page outlives a session, and a role: both are asked again each time.
        if current_visitor(place) != visitor:
            st.rerun()
        _guarded(report, place, visitor, names, chosen)

    body()


def _guarded(report: Report, place: World, visitor: Visitor, names: Names, chosen: Filters) -> None:
    try:
        snapshot = (
            place.lake.snapshot()
            if chosen.known is None
            else snapshot_known_at(place.lake, chosen.known)
        )
    except DeskError as error:
        st.title(report.title)
        states.left_out(chosen.left_out)
        states.not_ready(error)
        return
    now = place.clock.now()
    if chosen.known is None:
        states.stale(snapshot, now, chosen.zone)
    else:
        states.as_known(snapshot, chosen.zone)
    st.title(report.title)
    st.caption(page_filters.caption(chosen))
    states.left_out(chosen.left_out)
    if not visitor.sees_everybody:
        states.own_numbers_only()
        if not report.by_agent:
            return
    page = Page(
        visitor,
        names,
        Asking(place, visitor.account.id, snapshot),
        chosen,
        now,
        place.settings.addresses.public_url,
    )
    if chosen.no_inbox:
        states.no_inbox(f"{page.inbox_url}/app/accounts/{visitor.account.id}")
    try:
        with st.spinner(f"Reading {numbers.counted(chosen.period.days, 'day')}"):
            report.draw(page)
    except (duckdb.Error, psycopg.Error, redis.RedisError, DeskError) as error:
        reference = secrets.token_hex(4)
        structlog.get_logger().error(
            "report_failed",
            account=int(visitor.account.id),
            report=report.address,
            reference=reference,
            error=type(error).__name__,
            watched=error,
        )
        with suppress(duckdb.Error):
            place.lake.close()
        states.failed(reference)
    except Exception as error:
        structlog.get_logger().error(
            "report_broke", account=int(visitor.account.id), report=report.address, watched=error
        )
        raise
