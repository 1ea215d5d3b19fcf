"""A desk's past written straight into its event log, by the real facts."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import msgspec
import psycopg

from desk.events.administration import (
    OpeningHours,
    TeamMembersChanged,
    WorkingHoursChanged,
)
from desk.events.catalogue import Fact
from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationDeleted,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationStatusChanged,
    ConversationTeamChanged,
    StatusReason,
)
from desk.events.messages import MessageCreated
from desk.events.satisfaction import RatingAsked, RatingGiven
from desk.events.sla import SlaApplied, SlaMet, SlaMissed
from desk.store.event_log import name_of
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus, MessageType, SenderType
from desk.words.ids import ContactId, ConversationId, InboxId, MessageId, TeamId, UserId
from desk.words.people import Role

_ids = count(1)

NINE_TO_FIVE = [OpeningHours(day_of_week=day, opens=540, closes=1020) for day in (1, 2, 3, 4, 5)]


class Entry(msgspec.Struct, frozen=True):
    """One fact that is to be, or was, written."""

    account_id: int
    conversation_id: int | None
    at: datetime
    by: Actor
    fact: Fact


def append(connection: psycopg.Connection[Any], entries: Sequence[Entry]) -> list[int]:
    """Write facts to the log in the order given; their ids."""
    rows = connection.execute(
        """insert into events (account_id, name, conversation_id, at, actor_kind, actor_id, fact)
           select account_id, name, conversation_id, at, actor_kind, actor_id, fact::jsonb
           from unnest(%s::bigint[], %s::text[], %s::bigint[], %s::timestamptz[], %s::text[],
                       %s::bigint[], %s::text[]) with ordinality
               as told(account_id, name, conversation_id, at, actor_kind, actor_id, fact, number)
           order by number returning id""",
        [
            [entry.account_id for entry in entries],
            [name_of(entry.fact) for entry in entries],
            [entry.conversation_id for entry in entries],
            [entry.at for entry in entries],
            [str(entry.by.kind) for entry in entries],
            [entry.by.id for entry in entries],
            [msgspec.json.encode(entry.fact).decode() for entry in entries],
        ],
    ).fetchall()
    return sorted(int(row[0]) for row in rows)


def open_account(connection: psycopg.Connection[Any], time_zone: str, at: datetime) -> int:
    """An account with nobody in it."""
    return _new(
        connection,
        "insert into accounts (name, time_zone, created_at) values ('A', %s, %s) returning id",
        [time_zone, at],
    )


def employ(
    connection: psycopg.Connection[Any],
    account: int,
    at: datetime,
    *,
    name: str = "Agent",
    role: Role = Role.AGENT,
) -> UserId:
    """A user with a role in the account."""
    unique = f"{next(_ids)}-{account}"
    user = _new(
        connection,
        "insert into users (email, name, pubsub_token, created_at) "
        "values (%s, %s, %s, %s) returning id",
        [f"{unique}@desk.example", name, unique, at],
    )
    connection.execute(
        "insert into account_users (account_id, user_id, role, created_at) values (%s, %s, %s, %s)",
        [account, user, int(role), at],
    )
    return UserId(user)


def open_inbox(
    connection: psycopg.Connection[Any],
    account: int,
    at: datetime,
    *,
    name: str = "Inbox",
    channel: str = "whatsapp",
) -> InboxId:
    """An inbox without opening hours."""
    return InboxId(
        _new(
            connection,
            "insert into inboxes (account_id, name, channel, address, created_at) "
            "values (%s, %s, %s, %s, %s) returning id",
            [account, name, channel, f"address-{next(_ids)}-{account}", at],
        )
    )


def form_team(
    connection: psycopg.Connection[Any], account: int, at: datetime, *, name: str = "Team"
) -> TeamId:
    """A team without members."""
    return TeamId(
        _new(
            connection,
            "insert into teams (account_id, name, created_at) values (%s, %s, %s) returning id",
            [account, f"{name} {next(_ids)}", at],
        )
    )


def hours_change(
    account: int,
    inbox: InboxId,
    at: datetime,
    *,
    zone: str,
    week: list[OpeningHours] = NINE_TO_FIVE,
    enabled: bool = True,
) -> Entry:
    fact = WorkingHoursChanged(inbox, enabled, zone, week)
    return Entry(account, None, at, Actor.system(), fact)


def team_change(
    account: int, team: TeamId, at: datetime, *, joined: list[int], left: list[int]
) -> Entry:
    return Entry(account, None, at, Actor.system(), TeamMembersChanged(team, joined, left))


class Story:
    """One conversation told event by event; it keeps what its facts have to carry."""

    def __init__(
        self,
        account: int,
        inbox: InboxId,
        at: datetime,
        *,
        status: ConversationStatus = ConversationStatus.OPEN,
        assignee: UserId | None = None,
        team: TeamId | None = None,
    ) -> None:
        self.account = account
        self.inbox = inbox
        self.id = ConversationId(next(_ids))
        self.contact = ContactId(next(_ids))
        self.status = status
        self.assignee = assignee
        self.team = team
        self.entries: list[Entry] = []
        self._tell(
            at,
            Actor.contact(self.contact),
            ConversationCreated(self.id, inbox, self.contact, int(status), assignee, team),
        )

    def customer(self, at: datetime) -> "Story":
        return self._said(at, MessageType.INCOMING, SenderType.CONTACT, self.contact)

    def reply(self, at: datetime, agent: UserId) -> "Story":
        return self._said(at, MessageType.OUTGOING, SenderType.USER, agent)

    def note(self, at: datetime, agent: UserId) -> "Story":
        return self._said(at, MessageType.OUTGOING, SenderType.USER, agent, private=True)

    def bot(self, at: datetime) -> "Story":
        return self._said(at, MessageType.OUTGOING, SenderType.AGENT_BOT, 7)

    def automatic(self, at: datetime) -> "Story":
        return self._said(at, MessageType.TEMPLATE, None, None)

    def activity(self, at: datetime) -> "Story":
        return self._said(at, MessageType.ACTIVITY, None, None)

    def assign(self, at: datetime, agent: UserId | None) -> "Story":
        before, self.assignee = self.assignee, agent
        return self._tell(at, Actor.system(), ConversationAssigned(self.id, before, agent))

    def give_to_team(self, at: datetime, team: TeamId | None) -> "Story":
        before, self.team = self.team, team
        return self._tell(at, Actor.system(), ConversationTeamChanged(self.id, before, team))

    def label(self, at: datetime, added: list[int], removed: list[int]) -> "Story":
        fact = ConversationLabelsChanged(self.id, added, removed)
        return self._tell(at, Actor.system(), fact)

    def move(
        self,
        at: datetime,
        status: ConversationStatus,
        *,
        reason: StatusReason = StatusReason.AGENT,
        by: UserId | None = None,
        by_bot: bool = False,
    ) -> "Story":
        before, self.status = self.status, status
        fact = ConversationStatusChanged(
            self.id, self.inbox, int(before), int(status), reason, self.assignee, self.team
        )
        actor = Actor.bot(7) if by_bot else Actor.system() if by is None else Actor.user(by)
        return self._tell(at, actor, fact)

    def delete(self, at: datetime) -> "Story":
        return self._tell(at, Actor.system(), ConversationDeleted(self.id, self.inbox))

    def merge(self, at: datetime, into: "Story") -> "Story":
        fact = ConversationMerged(
            self.id, self.inbox, into.id, int(self.status), self.assignee, self.team
        )
        return self._tell(at, Actor.system(), fact)

    def resolve(self, at: datetime, by: UserId | None = None) -> "Story":
        return self.move(at, ConversationStatus.RESOLVED, by=by)

    def ask_rating(self, at: datetime, agent: UserId | None) -> "Story":
        return self._tell(at, Actor.system(), RatingAsked(self.id, int(self.id), agent))

    def rate(self, at: datetime, rating: int, agent: UserId | None) -> "Story":
        fact = RatingGiven(self.id, int(self.id), rating, agent)
        return self._tell(at, Actor.contact(self.contact), fact)

    def promise(
        self, at: datetime, *, first: datetime | None, resolution: datetime | None
    ) -> "Story":
        began_at = self.entries[0].at
        fact = SlaApplied(self.id, 5, int(self.id), began_at, first, resolution, 3600.0)
        return self._tell(at, Actor.system(), fact)

    def keep(self, at: datetime, promise: str, began_at: datetime, due_at: datetime) -> "Story":
        fact = SlaMet(self.id, 5, int(self.id), promise, began_at, due_at, at)
        return self._tell(at, Actor.system(), fact)

    def miss(self, at: datetime, promise: str, began_at: datetime, due_at: datetime) -> "Story":
        fact = SlaMissed(self.id, 5, int(self.id), promise, began_at, due_at)
        return self._tell(at, Actor.system(), fact)

    def _said(
        self,
        at: datetime,
        kind: MessageType,
        sender: SenderType | None,
        sender_id: int | None,
        *,
        private: bool = False,
    ) -> "Story":
        fact = MessageCreated(
            MessageId(next(_ids)),
            self.id,
            self.inbox,
            int(kind),
            private,
            None if sender is None else sender.value,
            sender_id,
            self.assignee,
            self.team,
        )
        by = Actor.user(UserId(sender_id)) if sender is SenderType.USER and sender_id else None
        return self._tell(at, by or Actor.system(), fact)

    def _tell(self, at: datetime, by: Actor, fact: Fact) -> "Story":
        self.entries.append(Entry(self.account, self.id, at, by, fact))
        return self


def _new(connection: psycopg.Connection[Any], sql: str, parameters: list[object]) -> int:
    row = connection.execute(sql.encode(), parameters).fetchone()
    assert row is not None
    return int(row[0])
