"""Live traffic: customers write through the provider's simulator, agents answer through the API.

A person who answers one of them is answered in turn: customers react to what is really said, and
simulated agents leave a conversation to the person who took it.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import httpx
import msgspec
import redis
import structlog

from desk.local.demo.agency import Agency
from desk.local.demo.duty import at_work
from desk.local.demo.founding import Founded
from desk.local.demo.live_agent import Said, agent_answer
from desk.local.demo.live_customer import LiveCustomer, live_customers
from desk.local.demo.seeding import dice, long_tailed
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.words.channels import ChannelKind
from desk.words.conversation import MessageType
from desk.words.errors import Transient

log = structlog.get_logger()

TALKS_PER_MESSAGE_A_SECOND = 18
"""So many conversations are under way for each message a second: each moves every 18 s or so."""

BEAT = timedelta(seconds=20)
"""How often a page says that its agent is there."""

PATIENCE = timedelta(minutes=12)
"""Whoever has heard nothing for so long does something else."""


class State(msgspec.Struct, frozen=True):
    """A live conversation as the desk has it."""

    number: int
    uuid: str
    conversation_id: int
    messages: tuple[tuple[int, int, str], ...]
    """Public messages of this talk: id, message type, text."""


class Talk:
    """One customer's live conversation."""

    def __init__(self, founded: Founded, customer: LiveCustomer, seed: str, now: datetime) -> None:
        self.founded = founded
        self.customer = customer
        self.seed = seed
        self.begun = now
        self.moved = now
        self.unsaid = deque(customer.opens())
        self.written = 0
        self.heard = 0
        self.answered_by: set[int] = set()
        """Ids of the replies that came from simulated agents."""
        chance = dice("agent", seed)
        self.agent = chance.choice(founded.company.agents)
        self.answered_from = now + timedelta(seconds=long_tailed(chance, 25) * self.agent.speed)

    @property
    def wa_id(self) -> str:
        return self.customer.customer.wa_id

    def is_a_persons(self, state: State) -> bool:
        """Whether somebody else than a simulated agent has replied."""
        return any(
            kind == MessageType.OUTGOING and message_id not in self.answered_by
            for message_id, kind, _ in state.messages
        )


async def keep_traffic(desk: Desk, founded: list[Founded], *, rate: float) -> None:
    """Keep about `rate` messages a second going until it is stopped."""
    chance = dice("traffic", desk.clock.now().isoformat())
    async with (
        httpx.AsyncClient(base_url=desk.settings.addresses.simulators_url) as provider,
        httpx.AsyncClient(base_url=desk.settings.addresses.public_url) as api,
    ):
        traffic = _Traffic(desk, founded, provider, Agency(desk.secrets, api), chance)
        most = max(6, round(TALKS_PER_MESSAGE_A_SECOND * rate))
        while True:
            await asyncio.sleep(chance.expovariate(rate))
            try:
                await traffic.show_agents()
                await traffic.move(most)
            except (httpx.HTTPError, redis.RedisError, Transient) as error:
                # A part of the desk is being restarted: the world outside goes on later.
                log.info("traffic_waits", error=type(error).__name__)
                await asyncio.sleep(1)


class _Traffic:
    def __init__(
        self,
        desk: Desk,
        founded: list[Founded],
        provider: httpx.AsyncClient,
        agency: Agency,
        chance: Random,
    ) -> None:
        self._desk = desk
        self._founded = founded
        self._provider = provider
        self._agency = agency
        self._chance = chance
        self._talks: list[Talk] = []
        self._shown = desk.clock.now() - BEAT
        self._run = desk.clock.now().strftime("%y%m%d%H%M%S")
        self._comers = {one.company.key: self._callers(one) for one in founded}

    async def show_agents(self) -> None:
        """Those on duty are seen to be there, as if each had the page open."""
        now = self._desk.clock.now()
        if now - self._shown < BEAT:
            return
        self._shown = now
        presence = Presence(self._desk.redis, self._desk.clock)
        for founded in self._founded:
            for agent in founded.company.agents:
                if at_work(founded.company, agent, now):
                    await presence.beat_user(founded.account_id, founded.agents[agent.key])

    async def move(self, most: int) -> None:
        """One message is written somewhere, with what an agent does beside it."""
        if len(self._talks) < most and self._chance.random() < 0.35:
            self._talks.append(self._begin())
            await self._customer_writes(self._talks[-1])
            return
        for talk in self._chance.sample(self._talks, len(self._talks)):
            if await self._advance(talk):
                talk.moved = self._desk.clock.now()
                return
            if self._desk.clock.now() - talk.moved > PATIENCE:
                self._talks.remove(talk)

    def _begin(self) -> Talk:
        weights = [one.company.volume.per_day for one in self._founded]
        founded = self._chance.choices(self._founded, weights)[0]
        under_way = {talk.wa_id for talk in self._talks}
        customer = next(
            one for one in self._comers[founded.company.key] if one.customer.wa_id not in under_way
        )
        now = self._desk.clock.now()
        seed = f"{self._run}.{founded.company.key}.{len(self._talks)}.{now:%H%M%S%f}"
        return Talk(founded, customer, seed, now)

    def _callers(self, founded: Founded) -> Iterator[LiveCustomer]:
        now = self._desk.clock.now()
        day = now.astimezone(ZoneInfo(founded.company.time_zone)).date()
        return live_customers(founded.company, self._run, day, now)

    async def _advance(self, talk: Talk) -> bool:
        """Whether something was written in this talk."""
        if talk.unsaid:
            await self._customer_writes(talk)
            return True
        state = await self._state(talk)
        if state is None:
            return False
        said = [text for _, kind, text in state.messages if kind == MessageType.OUTGOING]
        if len(said) > talk.heard:
            news = " ".join(said[talk.heard :])
            talk.heard = len(said)
            talk.unsaid.extend(talk.customer.hears(news, talk.agent.first_name))
            if talk.unsaid:
                await self._customer_writes(talk)
                return True
        return await self._agent_writes(talk, state)

    async def _customer_writes(self, talk: Talk) -> None:
        answer = await self._provider.post(
            f"/whatsapp/customers/{talk.wa_id}/messages",
            json={
                "to_phone_number_id": talk.founded.company.inbox.phone_number_id,
                "name": talk.customer.customer.profile_name,
                "text": talk.unsaid[0],
                "id": f"wamid.live.{talk.seed}.{talk.written}",
            },
        )
        answer.raise_for_status()
        talk.unsaid.popleft()
        talk.written += 1

    async def _agent_writes(self, talk: Talk, state: State) -> bool:
        now = self._desk.clock.now()
        arrived = sum(1 for _, kind, _ in state.messages if kind == MessageType.INCOMING)
        if now < talk.answered_from or arrived < talk.written or talk.is_a_persons(state):
            return False
        move = agent_answer(
            talk.founded.company,
            talk.agent,
            [Said(text, kind == MessageType.OUTGOING) for _, kind, text in state.messages],
            seed=talk.seed,
            customer_name=talk.customer.customer.profile_name,
            customer_phone=talk.customer.customer.phone,
            now=now,
        )
        if move is None:
            if talk.customer.done:
                self._talks.remove(talk)
            return False
        message_id = await self._agency.make(talk.founded, talk.agent.key, state.number, move)
        if message_id is not None:
            talk.answered_by.add(message_id)
        if move.resolves:
            self._talks.remove(talk)
            await self._maybe_rate(talk, state)
        return True

    async def _maybe_rate(self, talk: Talk, state: State) -> None:
        if self._chance.random() < 0.35:
            happy = self._chance.random() < talk.agent.quality
            await self._agency.rate(
                state.uuid, self._chance.choice((4, 5, 5) if happy else (1, 2, 3))
            )

    async def _state(self, talk: Talk) -> State | None:
        async with self._desk.transaction(talk.founded.account_id) as tx:
            conversation = await tx.first(
                """select c.id, c.display_id, c.uuid::text as uuid from contact_inboxes ci
                   join conversations c on c.account_id = ci.account_id and c.contact_inbox_id = ci.id
                   where ci.inbox_id = %s and ci.source_id = %s order by c.id desc limit 1""",
                [talk.founded.inboxes[ChannelKind.WHATSAPP], talk.wa_id],
            )
            if conversation is None:
                return None
            messages = await tx.all(
                """select id, message_type, coalesce(content, '') as text from messages
                   where conversation_id = %s and message_type in (0, 1) and not private
                     and created_at >= %s order by id""",
                [conversation["id"], talk.begun],
            )
        return State(
            conversation["display_id"],
            conversation["uuid"],
            conversation["id"],
            tuple((row["id"], row["message_type"], row["text"]) for row in messages),
        )
