"""Facts about accounts, people, inboxes, teams, labels and opening hours."""

import msgspec

from desk.words.ids import InboxId, TeamId, UserId


class OpeningHours(msgspec.Struct, frozen=True):
    """One weekday of an inbox; minutes are counted from local midnight, 1440 is its end."""

    day_of_week: int
    """0 is Sunday, as Chatwoot counts."""
    opens: int | None
    closes: int | None
    """Both absent: closed all day."""


class AccountCreated(msgspec.Struct, frozen=True, tag="account_created"):
    """A tenant began."""

    name: str
    time_zone: str


class FeatureSwitched(msgspec.Struct, frozen=True, tag="feature_switched"):
    """A feature was switched on or off for the account."""

    feature: str
    on: bool


class AgentAdded(msgspec.Struct, frozen=True, tag="agent_added"):
    """A user got a role in the account."""

    user_id: UserId
    role: int


class AgentRoleChanged(msgspec.Struct, frozen=True, tag="agent_role_changed"):
    """A user's role in the account changed."""

    user_id: UserId
    before: int
    after: int


class AgentRemoved(msgspec.Struct, frozen=True, tag="agent_removed"):
    """A user works for the account no longer; their past stays."""

    user_id: UserId
    role: int


class AvailabilityChanged(msgspec.Struct, frozen=True, tag="availability_changed"):
    """An agent said to be online, busy or offline."""

    user_id: UserId
    before: int
    after: int


class InboxCreated(msgspec.Struct, frozen=True, tag="inbox_created"):
    """A door was opened."""

    inbox_id: InboxId
    channel: str


class InboxUpdated(msgspec.Struct, frozen=True, tag="inbox_updated"):
    """Settings of an inbox changed."""

    inbox_id: InboxId
    fields: list[str]


class InboxClosed(msgspec.Struct, frozen=True, tag="inbox_closed"):
    """A door nobody ever came through is gone."""

    inbox_id: InboxId
    channel: str


class InboxMembersChanged(msgspec.Struct, frozen=True, tag="inbox_members_changed"):
    """Agents were let into an inbox or taken out."""

    inbox_id: InboxId
    added: list[int]
    removed: list[int]


class WorkingHoursChanged(msgspec.Struct, frozen=True, tag="working_hours_changed"):
    """The whole week in force from now on: the calendar's history is the row of these facts."""

    inbox_id: InboxId
    enabled: bool
    time_zone: str
    week: list[OpeningHours]


class TeamCreated(msgspec.Struct, frozen=True, tag="team_created"):
    """A team was formed."""

    team_id: TeamId


class TeamMembersChanged(msgspec.Struct, frozen=True, tag="team_members_changed"):
    """Agents joined or left a team."""

    team_id: TeamId
    added: list[int]
    removed: list[int]


class TeamUpdated(msgspec.Struct, frozen=True, tag="team_updated"):
    """Settings of a team changed."""

    team_id: TeamId
    fields: list[str]


class TeamDisbanded(msgspec.Struct, frozen=True, tag="team_disbanded"):
    """A team is no more; conversations it still had were taken from it first."""

    team_id: TeamId


class LabelCreated(msgspec.Struct, frozen=True, tag="label_created"):
    """A label came into use."""

    label_id: int


class LabelUpdated(msgspec.Struct, frozen=True, tag="label_updated"):
    """A label was renamed, recoloured or described anew."""

    label_id: int
    fields: list[str]


class LabelDeleted(msgspec.Struct, frozen=True, tag="label_deleted"):
    """A label went out of use; it was taken off every conversation."""

    label_id: int
