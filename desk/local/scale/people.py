"""Accounts with their agents, inboxes, teams and labels, and the facts that these began."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
import polars as pl

from desk.actions.employ_agent import HASHER, api_token
from desk.actions.open_inbox import DEFAULT_WEEK
from desk.events.administration import (
    AccountCreated,
    AgentAdded,
    InboxCreated,
    InboxMembersChanged,
    LabelCreated,
    TeamCreated,
    TeamMembersChanged,
    WorkingHoursChanged,
)
from desk.events.catalogue import Fact
from desk.local.demo.name_pools import REGIONS
from desk.local.scale.numbering import Numbers
from desk.local.scale.sizes import Scale
from desk.store.event_log import name_of
from desk.store.secrets import SecretBox
from desk.words.channels import ChannelKind
from desk.words.ids import InboxId, TeamId, UserId

COLOURS = ("#1f93ff", "#f97316", "#16a34a", "#a855f7", "#dc2626", "#0891b2")
CHATS = 4
"""Of an account's inboxes every fourth is a website's, the others are mail's."""

GIVEN = tuple(name for region in REGIONS.values() for name in region.given)
FAMILY = tuple(name for region in REGIONS.values() for name in region.family)


class People:
    """The rows that exist before the first customer writes."""

    def __init__(self, scale: Scale, numbers: Numbers, secrets: SecretBox, began: datetime) -> None:
        self._scale = scale
        self._numbers = numbers
        self._secrets = secrets
        self._began = began
        self.tables: dict[str, list[dict[str, Any]]] = {
            table: []
            for table in (
                "accounts", "conversation_numbers", "users", "api_tokens", "account_users",
                "inboxes", "inbox_members", "working_hours", "teams", "team_members", "labels",
            )
        }  # fmt: skip
        self.facts: list[tuple[int, str, str]] = []
        """Account, name and JSON of each."""
        self.chats: set[int] = set()
        """The websites among the inboxes."""
        for index in range(len(scale.accounts)):
            self._account(index)

    def frames(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """Every table's rows, in the order of their references."""
        for table, rows in self.tables.items():
            yield table, pl.DataFrame(rows, infer_schema_length=None)

    def administrator(self, index: int) -> tuple[str, str]:
        """E-mail address and password of an account's first agent."""
        email = self._email(index, 0)
        return email, password_of(self._secrets, email)

    def _email(self, index: int, number: int) -> str:
        return f"agent{number + 1}@company{index + 1}.{self._scale.name}.example"

    def _row(self, table: str, **values: Any) -> None:
        self.tables[table].append(values)

    def _fact(self, account_id: int, fact: Fact) -> None:
        self.facts.append((account_id, name_of(fact), msgspec.json.encode(fact).decode()))

    def _account(self, index: int) -> None:
        size = self._scale.accounts[index]
        account_id = int(self._numbers.accounts[index])
        name = f"Scale {self._scale.name} {index + 1}"
        self._row(
            "accounts",
            id=account_id,
            name=name,
            settings=f'{{"scale":"{self._scale.name}"}}',
            created_at=self._began,
        )
        self._row("conversation_numbers", account_id=account_id, last_display_id=size.conversations)
        self._fact(account_id, AccountCreated(name, "UTC"))
        users = self._agents(index, account_id)
        self._inboxes(index, account_id, users)
        for number in range(size.teams):
            team_id = int(self._numbers.teams[index]) + number
            self._row(
                "teams",
                account_id=account_id,
                id=team_id,
                name=f"team {number + 1}",
                created_at=self._began,
            )
            members = users[number :: size.teams]
            for user_id in members:
                self._row("team_members", account_id=account_id, team_id=team_id, user_id=user_id)
            self._fact(account_id, TeamCreated(TeamId(team_id)))
            self._fact(account_id, TeamMembersChanged(TeamId(team_id), members, []))
        for number in range(size.labels):
            label_id = int(self._numbers.labels[index]) + number
            self._row(
                "labels",
                account_id=account_id,
                id=label_id,
                title=f"label-{number + 1}",
                color=COLOURS[number % len(COLOURS)],
                created_at=self._began,
            )
            self._fact(account_id, LabelCreated(label_id))

    def _agents(self, index: int, account_id: int) -> list[int]:
        users = []
        for number in range(self._scale.accounts[index].agents):
            user_id = int(self._numbers.users[index]) + number
            email = self._email(index, number)
            users.append(user_id)
            first = index == 0 and number == 0
            self._row(
                "users",
                id=user_id,
                email=email,
                name=f"{GIVEN[user_id % len(GIVEN)]} {FAMILY[user_id * 7 % len(FAMILY)]}",
                password_hash=HASHER.hash(password_of(self._secrets, email)) if first else None,
                pubsub_token=self._secrets.token("pubsub", email, self._scale.name),
                created_at=self._began,
            )
            digest = self._secrets.digest(api_token(self._secrets, UserId(user_id)))
            self._row(
                "api_tokens",
                user_id=user_id,
                digest=f"\\x{digest.hex()}",
                created_at=self._began,
            )
            role = 1 if number == 0 else 0
            self._row(
                "account_users",
                account_id=account_id,
                user_id=user_id,
                role=role,
                created_at=self._began,
            )
            self._fact(account_id, AgentAdded(UserId(user_id), role))
        return users

    def _inboxes(self, index: int, account_id: int, users: list[int]) -> None:
        for number in range(self._scale.accounts[index].inboxes):
            inbox_id = int(self._numbers.inboxes[index]) + number
            is_chat = number % CHATS == CHATS - 1
            if is_chat:
                self.chats.add(inbox_id)
            channel = ChannelKind.WEBSITE if is_chat else ChannelKind.EMAIL
            token = self._secrets.token("scale inbox", inbox_id)[:24]
            self._row(
                "inboxes",
                account_id=account_id,
                id=inbox_id,
                name=f"{'Website' if is_chat else 'Mail'} {number + 1}",
                channel=channel.value,
                address=token if is_chat else f"inbox{inbox_id}@desk.example",
                working_hours_enabled=True,
                created_at=self._began,
            )
            # Everybody works in half of the inboxes.
            members = [user for place, user in enumerate(users) if (place + number) % 2 == 0]
            for user_id in members:
                self._row(
                    "inbox_members", account_id=account_id, inbox_id=inbox_id, user_id=user_id
                )
            for day in DEFAULT_WEEK:
                self._row(
                    "working_hours",
                    account_id=account_id,
                    inbox_id=inbox_id,
                    day_of_week=day.day_of_week,
                    opens=day.opens,
                    closes=day.closes,
                )
            self._fact(account_id, InboxCreated(InboxId(inbox_id), channel.value))
            self._fact(
                account_id,
                WorkingHoursChanged(InboxId(inbox_id), True, "UTC", list(DEFAULT_WEEK)),
            )
            self._fact(account_id, InboxMembersChanged(InboxId(inbox_id), members, []))


def password_of(secrets: SecretBox, email: str) -> str:
    """The password of the one agent who has one."""
    return secrets.token("scale password", email)[:16]
