"""The chat on a demo company's own home page."""

from desk.actions.open_inbox import InboxDetails, open_inbox, set_inbox_members
from desk.local.demo.company import Company
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import InboxId, UserId

_COLORS = {
    "airline": "#006ba0",
    "bank": "#1f3f7d",
    "insurer": "#0b6b4f",
    "shop": "#7c4a1d",
    "telecom": "#a3262e",
    "software": "#5a3fc7",
}
"""A company's brand, by its trade."""


async def website_inbox(
    tx: TenantTx, secrets: SecretBox, company: Company, people: dict[str, UserId]
) -> InboxId:
    """The company's website inbox, opened where there is none yet."""
    token = website_token(secrets, company)
    known = await tx.first(
        "select id from inboxes where channel = %s and address = %s",
        [ChannelKind.WEBSITE.value, token],
    )
    if known is not None:
        return InboxId(known["id"])
    by = Actor.system()
    inbox_id = await open_inbox(
        tx,
        InboxDetails(
            name=website_name(company),
            channel=ChannelKind.WEBSITE,
            address=token,
            config={
                "website_url": f"https://{company.domain}",
                "widget_color": _COLORS[company.trade],
            },
            secrets={"hmac_token": secrets.token("demo website identity", company.key)},
            csat_survey_enabled=True,
            enable_auto_assignment=False,
        ),
        secrets=secrets,
        by=by,
    )
    await set_inbox_members(tx, inbox_id, sorted(people.values()), by=by)
    return inbox_id


def website_name(company: Company) -> str:
    return f"{company.name} website"


def website_token(secrets: SecretBox, company: Company) -> str:
    """By which the widget names the inbox: the same in every run of one home."""
    return secrets.token("demo website", company.key)[:24]


def page_url(settings: Settings, company: Company) -> str:
    """The company's home page, with the chat on it."""
    return f"{settings.addresses.public_url}/demo/{company.key.replace('_', '-')}"
