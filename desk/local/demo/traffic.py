"""Live traffic: customers write through the provider's simulator, agents answer through the API."""

import asyncio
from collections import deque
from datetime import UTC, datetime
from random import Random

import httpx
import structlog

from desk.actions.employ_agent import api_token
from desk.local.demo.beats import (
    AgentWrites,
    Assigned,
    Beat,
    CustomerWrites,
    Labelled,
    NoteWritten,
    PrioritySet,
    Rated,
    ReceiptCame,
    Resolved,
    Snoozed,
    TeamSet,
)
from desk.local.demo.customers import group_for_live, someone
from desk.local.demo.founding import Founded
from desk.local.demo.script import Script, write_script
from desk.local.demo.seeding import dice
from desk.store.desk import Desk

log = structlog.get_logger()

TALKS_PER_MESSAGE_A_SECOND = 18
"""So many conversations are under way for each message a second: each moves every 18 s or so."""


class Talk:
    """One live conversation and what is still to be said in it."""

    def __init__(self, founded: Founded, script: Script) -> None:
        self.founded = founded
        self.script = script
        self.beats = deque(b for b in script.beats if not isinstance(b, ReceiptCame | Snoozed))
        self.replies = 0

    @property
    def wa_id(self) -> str:
        return self.script.customer.wa_id


async def keep_traffic(desk: Desk, founded: list[Founded], *, rate: float) -> None:
    """Keep about `rate` messages a second going until it is stopped."""
    traffic = _Traffic(desk, founded)
    most = max(6, round(TALKS_PER_MESSAGE_A_SECOND * rate))
    chance = dice("traffic", datetime.now(UTC).date().isoformat())
    async with (
        httpx.AsyncClient(base_url=desk.settings.addresses.simulators_url) as provider,
        httpx.AsyncClient(base_url=desk.settings.addresses.public_url) as api,
    ):
        traffic.provider, traffic.api = provider, api
        while True:
            await asyncio.sleep(chance.expovariate(rate))
            try:
                await traffic.move(chance, most)
            except httpx.TransportError as error:
                # A part of the desk is being restarted: the world outside goes on later.
                log.info("traffic_waits", error=type(error).__name__)
                await asyncio.sleep(1)


class _Traffic:
    def __init__(self, desk: Desk, founded: list[Founded]) -> None:
        self._desk = desk
        self._founded = founded
        self._talks: list[Talk] = []
        self._begun = 0
        self.provider: httpx.AsyncClient
        self.api: httpx.AsyncClient

    async def move(self, chance: Random, most: int) -> None:
        """One message is written somewhere, with what was done to the conversation before it."""
        if len(self._talks) < most and (not self._talks or chance.random() < 0.3):
            self._talks.append(self._begin(chance))
            talk = self._talks[-1]
        else:
            talk = chance.choice(self._talks)
        if not await self._advance(talk):
            self._talks.remove(talk)

    def _begin(self, chance: Random) -> Talk:
        now = self._desk.clock.now()
        self._begun += 1
        weights = [one.company.volume.per_day for one in self._founded]
        founded = chance.choices(self._founded, weights)[0]
        under_way = {talk.wa_id for talk in self._talks}
        group = group_for_live(now.date().toordinal())
        customer = someone(founded.company, group, chance)
        while customer.wa_id in under_way:
            customer = someone(founded.company, group, chance)
        seed = f"live-{now:%y%m%d%H%M%S}-{self._begun}"
        return Talk(founded, write_script(founded.company, seed, now, customer=customer))

    async def _advance(self, talk: Talk) -> bool:
        """Play up to and with the next message; whether the talk goes on."""
        while talk.beats:
            beat = talk.beats[0]
            if not isinstance(beat, CustomerWrites) and not await self._is_ready(talk):
                return True
            talk.beats.popleft()
            if isinstance(beat, CustomerWrites):
                await self._customer_writes(talk, beat)
                return bool(talk.beats)
            if not await self._agent_acts(talk, beat):
                return False
            if isinstance(beat, AgentWrites | NoteWritten):
                return bool(talk.beats)
        return False

    async def _customer_writes(self, talk: Talk, beat: CustomerWrites) -> None:
        answer = await self.provider.post(
            f"/whatsapp/customers/{talk.wa_id}/messages",
            json={
                "to_phone_number_id": talk.founded.company.inbox.phone_number_id,
                "name": talk.script.customer.profile_name,
                "text": beat.text,
                "id": f"wamid.{talk.script.seed}.{beat.id}",
            },
        )
        answer.raise_for_status()

    async def _is_ready(self, talk: Talk) -> bool:
        """Whether the desk has what the customer wrote."""
        return await self._conversation(talk) is not None

    async def _conversation(self, talk: Talk) -> tuple[int, str, int] | None:
        async with self._desk.transaction(talk.founded.account_id) as tx:
            row = await tx.first(
                """select c.display_id, c.uuid::text, (
                       select count(*) from messages m where m.account_id = c.account_id
                         and m.conversation_id = c.id and m.message_type = 1 and not m.private
                         and m.created_at > %s) as replies
                   from contact_inboxes ci
                   join conversations c on c.account_id = ci.account_id and c.contact_inbox_id = ci.id
                   where ci.inbox_id = %s and ci.source_id = %s order by c.id desc limit 1""",
                [talk.script.begins_at, talk.founded.inbox_id, talk.wa_id],
            )
        return None if row is None else (row["display_id"], row["uuid"], row["replies"])

    async def _agent_acts(self, talk: Talk, beat: Beat) -> bool:
        """Do it through the API; false when a person has taken the conversation over."""
        found = await self._conversation(talk)
        if found is None or found[2] > talk.replies:
            return False
        number, uuid, _ = found
        base = f"/api/v1/accounts/{talk.founded.account_id}/conversations/{number}"
        people, teams = talk.founded.agents, talk.founded.teams
        match beat:
            case AgentWrites(_, _, agent, text):
                await self._as_agent(talk, agent, f"{base}/update_last_seen", {})
                await self._as_agent(talk, agent, f"{base}/messages", {"content": text})
                talk.replies += 1
            case NoteWritten(_, _, agent, text, _):
                note = {"content": text, "private": True}
                await self._as_agent(talk, agent, f"{base}/messages", note)
            case Assigned(_, by, agent):
                to = {"assignee_id": people[agent]}
                await self._as_agent(talk, by, f"{base}/assignments", to)
            case TeamSet(_, by, team):
                to = {"team_id": teams[team]}
                await self._as_agent(talk, by, f"{base}/assignments", to)
            case Labelled(_, by, labels):
                await self._as_agent(talk, by, f"{base}/labels", {"labels": list(labels)})
            case PrioritySet(_, by, priority):
                body = {"priority": priority.word}
                await self._as_agent(talk, by, f"{base}/toggle_priority", body)
            case Resolved(_, by):
                await self._as_agent(talk, by, f"{base}/toggle_status", {"status": "resolved"})
            case Rated(_, rating, comment):
                await self.api.put(
                    f"/public/api/v1/csat_survey/{uuid}",
                    json={
                        "message": {
                            "submitted_values": {
                                "csat_survey_response": {
                                    "rating": rating,
                                    "feedback_message": comment or "",
                                }
                            }
                        }
                    },
                )
            case CustomerWrites() | ReceiptCame() | Snoozed():
                pass
        return True

    async def _as_agent(self, talk: Talk, agent: str, path: str, body: dict[str, object]) -> None:
        token = api_token(self._desk.secrets, talk.founded.agents[agent])
        answer = await self.api.post(path, json=body, headers={"api_access_token": token})
        if answer.is_error:
            log.warning("api_refused", route=path, status=answer.status_code)
