"""The conversations behind the live board's numbers: read from Postgres, by the board's conditions."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st
from msgspec import Struct

from dashboards import numbers
from dashboards.names import APP_ROLE, names_of
from dashboards.table import show_table
from dashboards.world import World
from desk.store.applied_slas import LIVE, SOON
from desk.store.live_metrics import CONDITIONS
from desk.words.ids import AccountId

MOST = 1_000

WHICH: Mapping[str, str] = {
    **CONDITIONS,
    **{
        name: "exists (select from applied_slas a where a.account_id = c.account_id "
        f"and a.conversation_id = c.id and {which})"
        for name, which in LIVE.items()
    },
}
_ROWS = (
    "select display_id, inbox_id, assignee_id, team_id, count(*) over () from conversations c "
    "where account_id = %(account)s and {which} {whose} "
    "order by last_activity_at desc, id desc limit %(most)s"
)
OF = ("assignee_id", "team_id")


class LiveQuestion(Struct, frozen=True):
    """A number on the board: which conversations it counts, and whose."""

    which: str
    title: str
    of: str = ""
    """The column that says whose, one of `OF`; nothing: everybody's."""
    whose: int | None = None


def show_live_rows(world: World, account: AccountId, question: LiveQuestion) -> None:
    """Each of the conversations, the latest first, with the way to it."""
    st.subheader(f"Behind {question.title}")
    rows = _read(world, account, question)
    if not rows:
        st.caption("No conversation.")
        return
    total = int(rows[0][-1])
    listed = f"The latest {numbers.count(len(rows))} of " if len(rows) < total else ""
    st.caption(f"{listed}{numbers.counted(total, 'conversation')}")
    names = names_of(world, account)
    base = f"{world.settings.addresses.public_url}/app/accounts/{account}/conversations"
    show_table(
        pl.DataFrame(
            {
                "Conversation": [f"{base}/{row[0]}" for row in rows],
                "Inbox": [names.inbox(row[1]) for row in rows],
                "Agent": [names.agent(row[2]) for row in rows],
                "Team": [names.team(row[3]) for row in rows],
            }
        ),
        {},
        links={"Conversation": r"conversations/(\d+)"},
        key=f"live-{question.title}",
        said=f"Conversations behind {question.title}",
    )


def _read(world: World, account: AccountId, question: LiveQuestion) -> list[tuple[Any, ...]]:
    """Row security keeps all other accounts away."""
    whose = f"and {question.of} is not distinct from %(whose)s" if question.of in OF else ""
    with world.people.connection() as connection, connection.transaction():
        connection.execute(f"set local role {APP_ROLE}".encode())
        connection.execute("select set_config('app.account_id', %s, true)", [str(int(account))])
        return connection.execute(
            _ROWS.format(which=WHICH[question.which], whose=whose).encode(),
            {
                "account": int(account),
                "whose": question.whose,
                "most": MOST,
                "soon": world.clock.now() + SOON,
            },
        ).fetchall()
