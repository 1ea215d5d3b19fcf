"""The names behind the lake's numbers: they live at the desk alone, and are read from there."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st
from msgspec import Struct

from dashboards.channels import channel_name
from dashboards.world import World
from desk.words.ids import AccountId

APP_ROLE = "streamdesk_app"


class Names(Struct, frozen=True):
    """What ids are called in one account."""

    agents: Mapping[int, str]
    inboxes: Mapping[int, str]
    teams: Mapping[int, str]
    labels: Mapping[int, str]
    channels: Mapping[str, str]
    """Those the account has an inbox of."""
    rules: Mapping[int, str]
    sla_policies: Mapping[int, str]
    """Those taken back, too: what was promised by them is still counted."""

    def agent(self, agent_id: int | None) -> str:
        """An agent's name; a removed one is still somebody."""
        if agent_id is None:
            return "Nobody"
        return self.agents.get(agent_id, f"Former agent {agent_id}")

    def inbox(self, inbox_id: int | None) -> str:
        return self.inboxes.get(inbox_id or 0, f"Inbox {inbox_id}")

    def team(self, team_id: int | None) -> str:
        return "No team" if team_id is None else self.teams.get(team_id, f"Former team {team_id}")

    def label(self, label_id: int | None) -> str:
        return self.labels.get(label_id or 0, f"Former label {label_id}")

    def rule(self, rule_id: int | None) -> str:
        return self.rules.get(rule_id or 0, f"Former rule {rule_id}")

    def sla_policy(self, policy_id: int | None) -> str:
        return self.sla_policies.get(policy_id or 0, f"Former policy {policy_id}")

    def channel(self, channel: str | None) -> str:
        return channel_name(channel)


@st.cache_data(ttl=30, max_entries=64, show_spinner=False)
def names_of(_world: World, account_id: AccountId) -> Names:
    """The account's names, at most half a minute old; row security keeps all others away."""
    with _world.people.connection() as connection, connection.transaction():
        connection.execute(f"set local role {APP_ROLE}".encode())
        connection.execute("select set_config('app.account_id', %s, true)", [str(int(account_id))])
        return Names(
            agents=_pairs(
                connection.execute(
                    "select u.id, u.name "
                    "from users u join account_users m on m.user_id = u.id order by 2"
                ).fetchall()
            ),
            inboxes=_pairs(
                connection.execute("select id, name from inboxes order by name").fetchall()
            ),
            teams=_pairs(connection.execute("select id, name from teams order by name").fetchall()),
            labels=_pairs(
                connection.execute("select id, title from labels order by title").fetchall()
            ),
            channels={
                str(channel): channel_name(channel)
                for (channel,) in connection.execute(
                    "select distinct channel from inboxes order by 1"
                ).fetchall()
            },
            rules=_pairs(
                connection.execute("select id, name from automation_rules order by name").fetchall()
            ),
            sla_policies=_pairs(
                connection.execute("select id, name from sla_policies order by name").fetchall()
            ),
        )


def told_apart(names: Mapping[int, str]) -> dict[int, str]:
    """The same names, with the id behind those that several share: Streamlit chooses by label."""
    often = Counter(names.values())
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}


def _pairs(rows: list[tuple[Any, ...]]) -> dict[int, str]:
    return told_apart({int(key): str(name) for key, name in rows})
