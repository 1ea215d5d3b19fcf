"""The doors for programs that a demo company has: its own app's, and a partner's."""

import base64
from typing import Any

from desk.actions.open_inbox import (
    InboxDetails,
    open_inbox,
    set_inbox_members,
    update_inbox,
)
from desk.local.demo.company import Company
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import InboxId, UserId

_PARTNERS = {
    "airline": "Airport lounges",
    "bank": "Branch kiosks",
    "insurer": "Repair workshops",
    "shop": "Marketplace",
    "telecom": "Resellers",
    "software": "Integrators",
}
"""Whose customers write through the custom channel, by the company's trade."""


async def api_inbox(
    tx: TenantTx,
    settings: Settings,
    secrets: SecretBox,
    company: Company,
    people: dict[str, UserId],
) -> InboxId:
    """The inbox of the company's app, opened where there is none yet."""
    details = InboxDetails(
        name=app_name(company),
        channel=ChannelKind.API,
        address=app_identifier(secrets, company),
        config={
            "webhook_url": f"{settings.addresses.simulators_url}/api/callback",
            "hmac_mandatory": False,
            "additional_attributes": {"source": "app"},
        },
        secrets={
            "hmac_token": app_hmac_token(secrets, company),
            "secret": f"whsec_{_base64(secrets.token('demo app secret', company.key))}",
        },
        csat_survey_enabled=True,
        enable_auto_assignment=False,
    )
    return await _opened(tx, secrets, details, people)


async def custom_inbox(
    tx: TenantTx,
    settings: Settings,
    secrets: SecretBox,
    company: Company,
    people: dict[str, UserId],
) -> InboxId:
    """The inbox of the company's partner, opened where there is none yet."""
    key = partner_key(secrets, company)
    details = InboxDetails(
        name=partner_name(company),
        channel=ChannelKind.CUSTOM,
        address=_partner_address(secrets, company),
        config={
            "webhook_url": f"{settings.addresses.simulators_url}/custom",
            "repeats_harmless": True,
        },
        secrets={"api_key": key},
        own_key=key,
        enable_auto_assignment=False,
    )
    return await _opened(tx, secrets, details, people)


def app_name(company: Company) -> str:
    return f"{company.name} app"


def app_identifier(secrets: SecretBox, company: Company) -> str:
    """By which clients name the app's inbox: the same in every run of one home."""
    return secrets.token("demo app", company.key)[:24]


def app_hmac_token(secrets: SecretBox, company: Company) -> str:
    """With which the company vouches for its app's users."""
    return secrets.token("demo app identity", company.key)[:32]


def partner_name(company: Company) -> str:
    return _PARTNERS[company.trade]


def partner_key(secrets: SecretBox, company: Company) -> str:
    """What the partner and the desk show each other."""
    return secrets.token("demo partner key", company.key)[:32]


def partner_door(settings: Settings, secrets: SecretBox, company: Company) -> str:
    """Where the partner's server hands in what its customers write."""
    address = _partner_address(secrets, company)
    return f"{settings.addresses.public_url}/webhooks/custom/{address}"


def announcement(settings: Settings, secrets: SecretBox, company: Company) -> dict[str, Any]:
    """What the partner's simulator has to know."""
    return {
        "api_key": partner_key(secrets, company),
        "webhook_url": partner_door(settings, secrets, company),
    }


def _partner_address(secrets: SecretBox, company: Company) -> str:
    return secrets.token("demo partner", company.key)[:32]


async def _opened(
    tx: TenantTx, secrets: SecretBox, details: InboxDetails, people: dict[str, UserId]
) -> InboxId:
    by = Actor.system()
    known = await tx.first(
        "select id, config from inboxes where channel = %s and address = %s",
        [details.channel.value, details.address],
    )
    if known is not None:
        inbox_id = InboxId(known["id"])
        # The simulators' port is another in every run.
        moved = {"webhook_url": details.config["webhook_url"]}
        await update_inbox(tx, inbox_id, {"config": known["config"] | moved}, by=by)
        return inbox_id
    inbox_id = await open_inbox(tx, details, secrets=secrets, by=by)
    await set_inbox_members(tx, inbox_id, sorted(people.values()), by=by)
    return inbox_id


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
