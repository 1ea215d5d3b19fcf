"""The demo's companies as accounts: opened once, found again at every later start."""

from datetime import timedelta

import msgspec

from desk.actions.employ_agent import api_token, employ_agent
from desk.actions.form_team import create_label, form_team, set_team_members
from desk.actions.open_account import open_account
from desk.actions.open_inbox import (
    InboxDetails,
    open_inbox,
    set_inbox_members,
    set_working_hours,
    update_inbox,
)
from desk.clock import FixedClock
from desk.events.administration import OpeningHours
from desk.local.demo import programs
from desk.local.demo.apps import put_apps_to_use
from desk.local.demo.company import Company, Interval
from desk.local.demo.habits import lay_down_habits, the_bot
from desk.local.demo.help_pages import open_help_centre
from desk.local.demo.mailbox import email_address, email_inbox, mailbox_name
from desk.local.demo.text_messages import name_sender
from desk.local.demo.website import page_url, website_inbox, website_name, website_token
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.errors import NotFound
from desk.words.ids import AccountId, InboxId, TeamId, UserId
from desk.words.people import Role

SYSTEM = Actor.system()


class Founded(msgspec.Struct, frozen=True):
    """A company with the ids the desk gave it."""

    company: Company
    account_id: AccountId
    inboxes: dict[ChannelKind, InboxId]
    agents: dict[str, UserId]
    teams: dict[str, TeamId]
    pubsub_tokens: dict[str, str]
    bot: Actor | None

    @property
    def the_bot(self) -> Actor:
        """The bot of a company that has one."""
        if self.bot is None:
            raise NotFound("bot_not_found", f"{self.company.name} has no bot.")
        return self.bot


def password_of(secrets: SecretBox, email: str) -> str:
    """The demo password of a person: the same in every run of one home."""
    return secrets.token("demo password", email)[:16]


def credentials_of(secrets: SecretBox, company: Company) -> dict[str, str]:
    """What the company's WhatsApp number and its provider share."""
    return {
        name: secrets.token("demo whatsapp", company.key, name)[:32]
        for name in ("access_token", "app_secret", "verify_token")
    }


async def found_companies(settings: Settings, companies: tuple[Company, ...]) -> list[Founded]:
    """Open the accounts that do not exist yet, as if before the history began; give all of them."""
    clock = FixedClock(Desk.open(settings).clock.now() - timedelta(days=settings.demo.days + 1))
    desk = Desk.open(settings, clock=clock, connections=2)
    try:
        return [await _found(desk, company) for company in companies]
    finally:
        await desk.close()


async def _found(desk: Desk, company: Company) -> Founded:
    account_id = await _account(desk, company)
    async with desk.transaction(account_id) as tx:
        people = await _people(tx, company)
        inbox = await tx.first(
            "select id, config from inboxes where address = %s", [company.inbox.phone_number]
        )
        config = _config(desk.settings, company)
        if inbox is None:
            inbox_id = await _furnish(tx, desk.secrets, company, people, config)
        else:
            inbox_id = InboxId(inbox["id"])
            # The simulators' port is another in every run.
            await update_inbox(tx, inbox_id, {"config": inbox["config"] | config}, by=SYSTEM)
        inboxes = {
            ChannelKind.WHATSAPP: inbox_id,
            ChannelKind.EMAIL: await email_inbox(tx, desk.secrets, company, people),
            ChannelKind.WEBSITE: await website_inbox(tx, desk.secrets, company, people),
            ChannelKind.API: await programs.api_inbox(
                tx, desk.settings, desk.secrets, company, people
            ),
            ChannelKind.CUSTOM: await programs.custom_inbox(
                tx, desk.settings, desk.secrets, company, people
            ),
        }
        teams = {
            row["name"]: TeamId(row["id"])
            for row in await tx.all("select id, name from teams order by id")
        }
        named = {team.key: teams[team.name.lower()] for team in company.teams}
        await lay_down_habits(tx, desk.secrets, company, named, people)
        await name_sender(tx, desk.settings, desk.secrets, company)
        await put_apps_to_use(tx, desk.settings, desk.secrets, company)
        await open_help_centre(tx, company, people[company.agents[0].key])
        bot = await the_bot(tx, desk.secrets, company)
        tokens = {
            row["email"]: row["pubsub_token"]
            for row in await tx.all("select email, pubsub_token from users")
        }
    return Founded(
        company,
        account_id,
        inboxes,
        people,
        named,
        {agent.key: tokens[agent.email] for agent in company.agents},
        bot,
    )


async def _account(desk: Desk, company: Company) -> AccountId:
    async with desk.transaction_across_accounts(reason="the demo looks for its accounts") as tx:
        known = await tx.first(
            "select id from accounts where settings ->> 'demo' = %s", [company.key]
        )
        if known is not None:
            return AccountId(known["id"])
        account_id = await open_account(
            tx, company.name, time_zone=company.time_zone, locale=company.locale[:2]
        )
        await tx.execute(
            "update accounts set settings = jsonb_build_object('demo', %s::text) where id = %s",
            [company.key, account_id],
        )
        for agent in company.agents:
            await employ_agent(
                tx,
                account_id,
                name=agent.name,
                email=agent.email,
                role=Role.ADMINISTRATOR if agent.administrator else Role.AGENT,
                by=SYSTEM,
                secrets=desk.secrets,
                password=password_of(desk.secrets, agent.email),
                display_name=agent.first_name,
            )
        return account_id


async def _people(tx: TenantTx, company: Company) -> dict[str, UserId]:
    rows = await tx.all("select id, email from users")
    by_email = {row["email"]: UserId(row["id"]) for row in rows}
    return {agent.key: by_email[agent.email] for agent in company.agents}


def _config(settings: Settings, company: Company) -> dict[str, str]:
    return {
        "phone_number": company.inbox.phone_number,
        "phone_number_id": company.inbox.phone_number_id,
        "api_base_url": f"{settings.addresses.simulators_url}/graph/v23.0",
    }


async def _furnish(
    tx: TenantTx,
    secrets: SecretBox,
    company: Company,
    people: dict[str, UserId],
    config: dict[str, str],
) -> InboxId:
    inbox_id = await open_inbox(
        tx,
        InboxDetails(
            name=company.inbox.name,
            channel=ChannelKind.WHATSAPP,
            address=company.inbox.phone_number,
            config=config,
            secrets=credentials_of(secrets, company),
            lock_to_single_conversation=company.one_conversation,
            csat_survey_enabled=True,
            enable_auto_assignment=False,
        ),
        secrets=secrets,
        by=SYSTEM,
    )
    await set_inbox_members(tx, inbox_id, sorted(people.values()), by=SYSTEM)
    await set_working_hours(
        tx,
        inbox_id,
        enabled=True,
        time_zone=company.time_zone,
        week=_week(company.working_hours),
        by=SYSTEM,
    )
    for team in company.teams:
        team_id = await form_team(tx, team.name, by=SYSTEM, description=team.description)
        members = [people[agent.key] for agent in company.agents if team.key in agent.teams]
        await set_team_members(tx, team_id, members, by=SYSTEM)
    for label in company.labels:
        await create_label(
            tx, label.title, by=SYSTEM, description=label.description, color=label.colour
        )
    return inbox_id


def _week(hours: tuple[Interval | None, ...]) -> list[OpeningHours]:
    # The company counts its days from Monday, the desk from Sunday.
    week = []
    for day in range(7):
        open_ = hours[(day - 1) % 7]
        if open_ is None:
            week.append(OpeningHours(day, None, None))
        else:
            opens = open_.opens.hour * 60 + open_.opens.minute
            closes = open_.closes.hour * 60 + open_.closes.minute
            week.append(OpeningHours(day, opens, closes or 1440))
    return week


def description(settings: Settings, secrets: SecretBox, founded: Founded) -> dict[str, object]:
    """The account as run.json tells of it."""
    company = founded.company
    people = [
        {
            "id": founded.agents[agent.key],
            "name": agent.name,
            "email": agent.email,
            "password": password_of(secrets, agent.email),
            "api_access_token": api_token(secrets, founded.agents[agent.key]),
            "pubsub_token": founded.pubsub_tokens[agent.key],
        }
        for agent in sorted(company.agents, key=lambda agent: not agent.administrator)
    ]
    credentials = credentials_of(secrets, company)
    number = company.inbox.phone_number
    return {
        "id": founded.account_id,
        "name": company.name,
        "time_zone": company.time_zone,
        "administrator": people[0],
        "agents": people[1:],
        "inboxes": [
            {
                "id": founded.inboxes[ChannelKind.WHATSAPP],
                "kind": ChannelKind.WHATSAPP.value,
                "name": company.inbox.name,
                "phone_number": number,
                "phone_number_id": company.inbox.phone_number_id,
                "webhook_url": f"{settings.addresses.public_url}/webhooks/whatsapp/{number}",
                "verify_token": credentials["verify_token"],
                "app_secret": credentials["app_secret"],
            },
            {
                "id": founded.inboxes[ChannelKind.EMAIL],
                "kind": ChannelKind.EMAIL.value,
                "name": mailbox_name(company),
                "address": email_address(company),
            },
            {
                "id": founded.inboxes[ChannelKind.API],
                "kind": ChannelKind.API.value,
                "name": programs.app_name(company),
                "inbox_identifier": programs.app_identifier(secrets, company),
                "hmac_token": programs.app_hmac_token(secrets, company),
            },
            {
                "id": founded.inboxes[ChannelKind.WEBSITE],
                "kind": ChannelKind.WEBSITE.value,
                "name": website_name(company),
                "website_token": website_token(secrets, company),
                "page_url": page_url(settings, company),
            },
            {
                "id": founded.inboxes[ChannelKind.CUSTOM],
                "kind": ChannelKind.CUSTOM.value,
                "name": programs.partner_name(company),
                "webhook_url": programs.partner_door(settings, secrets, company),
                "api_key": programs.partner_key(secrets, company),
            },
        ],
    }
