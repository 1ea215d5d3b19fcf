"""The mailbox of a demo company."""

from desk.actions.open_inbox import InboxDetails, open_inbox, set_inbox_members
from desk.local.demo.company import Company
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import InboxId, UserId


async def email_inbox(
    tx: TenantTx, secrets: SecretBox, company: Company, people: dict[str, UserId]
) -> InboxId:
    """The company's mailbox, opened where there is none yet."""
    by, address = Actor.system(), email_address(company)
    known = await tx.first(
        "select id from inboxes where channel = %s and address = %s",
        [ChannelKind.EMAIL.value, address],
    )
    if known is not None:
        return InboxId(known["id"])
    inbox_id = await open_inbox(
        tx,
        InboxDetails(
            name=mailbox_name(company),
            channel=ChannelKind.EMAIL,
            address=address,
            config={"email": address},
            secrets={"hmac_token": secrets.token("demo email", company.key)},
            enable_auto_assignment=False,
        ),
        secrets=secrets,
        by=by,
    )
    await set_inbox_members(tx, inbox_id, sorted(people.values()), by=by)
    return inbox_id


def email_address(company: Company) -> str:
    """Where the company's customers write to."""
    return f"support@{company.domain}"


def mailbox_name(company: Company) -> str:
    return f"{company.name} support"
