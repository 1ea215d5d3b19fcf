"""Two accounts in which something has happened: ours, whose API is asked, and a neighbour's."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from desk.actions.rate_conversation import ask_for_rating
from desk.actions.send_reply import send_reply
from desk.local.platform_app import let_in_once
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ConversationId
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said

Headers = dict[str, str]

NOVEMBER = {"since": 1_793_491_200, "until": 1_796_083_200}


@dataclass
class Side:
    """An account, who asks in it, and what is known of it by name."""

    values: dict[str, Any]
    tokens: dict[str, str]

    def headers(self, who: str) -> Headers:
        """The headers of the administrator, an agent, an outsider, a platform app or nobody."""
        return {"api_access_token": self.tokens[who]} if who in self.tokens else {}


async def open_side(desk: Desk, http: httpx.AsyncClient, name: str) -> Side:
    """An account with a WhatsApp and an API inbox, in which a customer wrote, was answered and
    was asked how it went."""
    at = await small_desk(desk, name=name)
    tokens = {
        "administrator": at.tokens[at.administrator],
        "agent": at.tokens[at.agent],
        "outsider": at.tokens[at.outsider],
        "platform": await platform_token(desk, name),
    }
    side = Side({}, tokens)
    values = {
        "account": int(at.account_id),
        "administrator": int(at.administrator),
        "agent": int(at.agent),
        "outsider": int(at.outsider),
        "inbox": int(at.inbox),
        "team": int(at.team),
        "run": secrets.token_hex(4),
        "digits": f"{secrets.randbelow(10**8):08d}",
        "conversation": 1,
        **NOVEMBER,
    }
    side.values.update(values)
    side.values.update(await _what_happened(desk, at))
    side.values.update(await _api_inbox(desk, http, at, side.headers("administrator")))
    return side


async def _what_happened(desk: Desk, at: SmallDesk) -> dict[str, Any]:
    await receive(desk, at, said("Where is my bag?"), said("I am Kofi.", sender="233207770188"))
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one(
            """select c.id, c.uuid, c.contact_id, ci.source_id from conversations c
               join contact_inboxes ci on ci.id = c.contact_inbox_id where display_id = 1"""
        )
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await send_reply(tx, conversation, "We are looking for it.", by=at.agent)
        await ask_for_rating(tx, conversation, survey_url="-", by=Actor.system())
    return {
        "contact": row["contact_id"],
        "uuid": str(row["uuid"]),
        "address": row["source_id"],
    }


async def _api_inbox(
    desk: Desk, http: httpx.AsyncClient, at: SmallDesk, headers: Headers
) -> dict[str, Any]:
    made = await http.post(
        f"/api/v1/accounts/{at.account_id}/inboxes",
        json={"name": "Shop", "channel": {"type": "api"}},
        headers=headers,
    )
    assert made.status_code == 200, made.text
    inbox = made.json()
    root = f"/public/api/v1/inboxes/{inbox['inbox_identifier']}/contacts"
    rater = (await http.post(root, json={"name": "Ada Roth"})).json()["source_id"]
    begun = (await http.post(f"{root}/{rater}/conversations", json={})).json()
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one("select id from conversations where display_id = %s", [begun["id"]])
        conversation = await lock_conversation(tx, ConversationId(row["id"]))
        await ask_for_rating(tx, conversation, survey_url="-", by=Actor.system())
        question = await tx.one(
            "select max(id) as id from messages where conversation_id = %s", [row["id"]]
        )
    website = await http.post(
        f"/api/v1/accounts/{at.account_id}/inboxes",
        json={
            "name": "Website",
            "channel": {"type": "web_widget", "website_url": "https://haldenair.example"},
        },
        headers=headers,
    )
    website_token = website.json()["website_token"]
    visit = await http.post("/api/v1/widget/config", params={"website_token": website_token})
    return {
        "website_token": website_token,
        "visitor_token": visit.json()["website_channel_config"]["auth_token"],
        "api_inbox": inbox["id"],
        "inbox_identifier": inbox["inbox_identifier"],
        "rater": rater,
        "rated_talk": begun["id"],
        "question": question["id"],
    }


async def platform_token(desk: Desk, name: str) -> str:
    """The token of a platform app."""
    return await let_in_once(desk, f"Platform of {name}")
