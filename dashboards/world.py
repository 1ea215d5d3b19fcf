"""What the pages read from: the lake, the desk's people, and the sessions; opened once."""

import os
from typing import Any

import psycopg
import redis
import streamlit as st
from psycopg_pool import ConnectionPool

from desk.clock import Clock, SystemClock
from desk.settings import Settings
from desk.watching.begin import begin
from warehouse.lake import Lake


class World:
    """The connections of one server process, shared by all its visitors."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.lake = Lake.ready(settings.storage)
        self.sessions = redis.Redis.from_url(
            settings.storage.redis_url, socket_timeout=5, socket_connect_timeout=5
        )
        self.people: ConnectionPool[psycopg.Connection[tuple[Any, ...]]] = ConnectionPool(
            settings.storage.database_url,
            kwargs={"autocommit": True, "application_name": "streamdesk dashboards"},
            min_size=1,
            max_size=3,
            timeout=5,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def close(self) -> None:
        """Let everything go."""
        self.people.close()
        self.sessions.close()
        self.lake.close()


@st.cache_resource(show_spinner=False)
def world() -> World:
    """The server's connections, made by its first visitor."""
    opened = open_world()
    if opened.settings.watching.wanted:
        begin("dashboards", opened.settings)
    return opened


def open_world() -> World:
    """Connections to what the environment names."""
    return World(Settings.from_environment(os.environ), SystemClock())
