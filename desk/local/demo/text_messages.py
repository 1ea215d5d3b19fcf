"""From which number a demo company sends text messages: the simulated Twilio takes them."""

import hashlib

from desk.actions.name_sms_sender import SmsSenderWanted, name_sms_sender
from desk.local.demo.company import Company
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor


async def name_sender(
    tx: TenantTx, settings: Settings, secrets: SecretBox, company: Company
) -> None:
    """Name it, or tell it where the simulators are in this run; without them there is none."""
    if not settings.addresses.simulators_url:
        return
    token = secrets.token("demo sms", company.key)
    wanted = SmsSenderWanted(
        account_sid="AC" + hashlib.sha256(token.encode()).hexdigest()[:32],
        from_number=company.inbox.phone_number,
        auth_token=token[:32],
        api_base_url=f"{settings.addresses.simulators_url}/sms",
    )
    await name_sms_sender(tx, wanted, secrets=secrets, by=Actor.system())
