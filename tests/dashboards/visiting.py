"""Report pages opened as somebody, on a small account whose numbers are known."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
import redis.asyncio
import streamlit as st
from msgspec import structs
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboards
from assets.extract.sync import sync_lake
from dashboards import visitors
from dashboards import world as worlds
from dashboards.world import World
from desk.clock import FixedClock
from desk.settings import Settings, Storage
from desk.store.sessions import start_session
from desk.words.ids import AccountId, InboxId, UserId
from desk.words.people import Role
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from tests.inbox_service.serving import serving
from warehouse.lake import Lake

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
APP = Path(dashboards.__file__).with_name("app.py")

Desk = psycopg.Connection[Any]
Open = Callable[..., AppTest]


@pytest.fixture
def storage(shared_storage: Storage) -> Storage:
    return shared_storage


@pytest.fixture
def connection(shared_connection: Desk) -> Desk:
    return shared_connection


class Halden(NamedTuple):
    """An account with an administrator and two agents, one of whom worked."""

    account: AccountId
    inbox: InboxId
    administrator: UserId
    maya: UserId
    jonas: UserId


@pytest.fixture
def halden(connection: Desk, storage: Storage, shared_lake: Lake) -> Halden:
    account = open_account(connection, "Europe/Oslo", NOON)
    found = Halden(
        AccountId(account),
        open_inbox(connection, account, NOON, name="WhatsApp EMEA"),
        employ(connection, account, NOON, name="Ada", role=Role.ADMINISTRATOR),
        employ(connection, account, NOON, name="Maya Lindqvist"),
        employ(connection, account, NOON, name="Jonas Weber"),
    )
    for days in range(6):
        at = NOON - timedelta(days=days * 7)
        story = Story(account, found.inbox, at, assignee=found.maya).customer(at)
        due = at + timedelta(hours=1)
        story.promise(at, first=due, resolution=due)
        story.reply(at + timedelta(seconds=252), found.maya)
        story.keep(at + timedelta(seconds=252), "frt", at, due)
        story.miss(due, "rt", at, due)
        story.resolve(at + timedelta(hours=2, minutes=6), found.maya)
        story.ask_rating(at + timedelta(hours=3), found.maya)
        story.rate(at + timedelta(hours=4), 5 if days else 2, found.maya)
        append(connection, story.entries)
    sync_lake(storage, shared_lake)
    return found


@pytest.fixture
def world(
    services: Mapping[str, str], storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The server's connections, on the test's own desk and lake, at a quarter to one."""
    settings = structs.replace(Settings.from_environment(services), storage=storage)
    opened = World(settings, FixedClock(NOON + timedelta(minutes=45)))
    monkeypatch.setattr(worlds, "open_world", lambda: opened)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield opened
    st.cache_resource.clear()
    opened.close()


@pytest.fixture
def inbox(world: World) -> Iterator[str]:
    """The inbox beside the pages, on the same desk."""
    with serving(world.settings, world.clock) as url:
        addresses = structs.replace(world.settings.addresses, public_url=url)
        world.settings = structs.replace(world.settings, addresses=addresses)
        yield url


@pytest.fixture
def open_page(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the pages as somebody: AppTest has no cookies, so the cookie is handed in."""

    def opened(cookie: str | None, page: str = "agent_performance", **query: str) -> AppTest:
        monkeypatch.setattr(visitors, "cookie", lambda: cookie)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in query.items():
            app.query_params[key] = value
        if page:
            # AppTest's own way to another page knows files only, not functions.
            app._page_hash = calc_hash(page)
        app.run()
        assert not app.exception
        return app

    return opened


async def signed_in(world: World, user: UserId) -> str:
    """The cookie of a real session."""
    store = redis.asyncio.Redis.from_url(world.settings.storage.redis_url)
    cookie = await start_session(store, user, time.time(), world.settings.security.secret)
    await store.aclose()
    return cookie


def values(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def told(app: AppTest) -> str:
    """All that the page says in words."""
    parts = [*app.title, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)
