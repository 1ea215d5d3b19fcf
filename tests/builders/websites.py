"""A website inbox, as the API makes it."""

from dataclasses import dataclass
from typing import Any

from desk.actions.open_inbox import InboxDetails, open_inbox, set_inbox_members
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import InboxId
from ingest.channels.website.inboxes import new_website, website_config
from tests.builders.accounts import SmallDesk


@dataclass
class Website:
    """What a story needs to know about a website."""

    id: InboxId
    token: str
    hmac_token: str


async def open_website(
    desk: Desk, at: SmallDesk, *, csat: bool = False, **settings: Any
) -> Website:
    """Open a website inbox in which the account's agent works."""
    config = website_config({"website_url": "https://haldenair.example", **settings})
    parts = new_website(config)
    async with desk.transaction(at.account_id) as tx:
        inbox_id = await open_inbox(
            tx,
            InboxDetails(
                name="Website",
                channel=ChannelKind.WEBSITE,
                address=parts.address,
                config=parts.config,
                secrets=parts.secrets,
                csat_survey_enabled=csat,
            ),
            secrets=desk.secrets,
            by=Actor.system(),
        )
        await set_inbox_members(tx, inbox_id, [at.agent], by=Actor.system())
    return Website(inbox_id, parts.address, parts.secrets["hmac_token"])
