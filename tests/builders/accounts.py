"""An account with people, an inbox, teams and labels."""

import itertools
import secrets
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import update

from desk.access.audience import Viewer
from desk.actions.employ_agent import HASHER, api_token, employ_agent
from desk.actions.form_team import create_label, form_team, set_team_members
from desk.actions.open_account import open_account
from desk.actions.open_inbox import InboxDetails, open_inbox, set_inbox_members
from desk.store.desk import Desk
from desk.tables.accounts import UserRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import AccountId, InboxId, TeamId, UserId
from desk.words.people import Role

_numbers = itertools.count(secrets.randbelow(10**6) * 1000)

PASSWORD = "correct horse battery"


@dataclass
class SmallDesk:
    """What a story needs to know about its account."""

    account_id: AccountId
    administrator: UserId
    agent: UserId
    outsider: UserId
    """An agent who works in no inbox."""
    inbox: InboxId
    phone_number: str
    phone_number_id: str
    team: TeamId
    emails: dict[UserId, str] = field(default_factory=dict)
    tokens: dict[UserId, str] = field(default_factory=dict)
    app_secret: str = "app-secret"
    verify_token: str = "verify-token"

    def viewer(self, user_id: UserId) -> Viewer:
        """The user as a viewer of the account."""
        role = Role.ADMINISTRATOR if user_id == self.administrator else Role.AGENT
        inboxes = frozenset({int(self.inbox)}) if user_id == self.agent else frozenset[int]()
        return Viewer(self.account_id, user_id, role, inboxes)


@cache
def _hashed() -> str:
    # Slow on purpose, as it must be: once for all the people of all stories.
    return HASHER.hash(PASSWORD)


async def small_desk(
    desk: Desk,
    *,
    name: str = "Halden Air",
    time_zone: str = "Europe/Oslo",
    locked_to_single: bool = False,
    csat: bool = False,
    auto_assignment: bool = False,
    api_base_url: str = "",
) -> SmallDesk:
    """Open an account with an administrator, an agent, an outsider, a WhatsApp inbox and a team."""
    number = next(_numbers)
    system = Actor.system()
    people: dict[str, UserId] = {}
    emails: dict[UserId, str] = {}
    async with desk.transaction_across_accounts(reason="a test opens an account") as wide:
        account_id = await open_account(wide, name, time_zone=time_zone)
        for who, role in (
            ("maya", Role.ADMINISTRATOR),
            ("jonas", Role.AGENT),
            ("priya", Role.AGENT),
        ):
            email = f"{who}.{number}@desk.example"
            people[who] = await employ_agent(
                wide,
                account_id,
                name=who.capitalize(),
                email=email,
                role=role,
                by=system,
                secrets=desk.secrets,
            )
            emails[people[who]] = email
        await wide.session.execute(
            update(UserRow).where(UserRow.id.in_(people.values())).values(password_hash=_hashed())
        )
    phone_number, phone_number_id = f"+1555{number:09d}", f"10{number:010d}"
    async with desk.transaction(account_id) as tx:
        inbox = await open_inbox(
            tx,
            InboxDetails(
                name="WhatsApp",
                channel=ChannelKind.WHATSAPP,
                address=phone_number,
                config={
                    "phone_number": phone_number,
                    "phone_number_id": phone_number_id,
                    **({"api_base_url": api_base_url} if api_base_url else {}),
                },
                secrets={
                    "app_secret": "app-secret",
                    "verify_token": "verify-token",
                    "access_token": "access-token",
                },
                lock_to_single_conversation=locked_to_single,
                csat_survey_enabled=csat,
                enable_auto_assignment=auto_assignment,
            ),
            secrets=desk.secrets,
            by=system,
        )
        await set_inbox_members(tx, inbox, [people["jonas"]], by=system)
        team = await form_team(tx, "Baggage", by=system)
        await set_team_members(tx, team, [people["jonas"]], by=system)
        for title in ("baggage", "refund", "vip"):
            await create_label(tx, title, by=system)
    return SmallDesk(
        account_id,
        people["maya"],
        people["jonas"],
        people["priya"],
        inbox,
        phone_number,
        phone_number_id,
        team,
        emails,
        {user_id: api_token(desk.secrets, user_id) for user_id in emails},
    )
