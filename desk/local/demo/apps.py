"""The apps a demo company works with: the simulated Slack takes its conversations."""

from desk.actions.keep_hook import create_hook, update_hook
from desk.local.demo.company import Company
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.integrations import SLACK

CHANNEL = "C0HALDENAIR"
WITH_SLACK = "halden_air"


async def put_apps_to_use(
    tx: TenantTx, settings: Settings, secrets: SecretBox, company: Company
) -> None:
    """Put Slack to use, or tell it where the simulators are in this run."""
    if not settings.addresses.simulators_url or company.key != WITH_SLACK:
        return
    wanted = {
        "channel_id": CHANNEL,
        "bot_token": f"xoxb-{secrets.token('demo slack', company.key)[:24]}",
        "signing_secret": secrets.token("demo slack signing", company.key)[:32],
        "api_base_url": f"{settings.addresses.simulators_url}/slack/api",
    }
    known = await tx.first(
        "select id from integration_hooks where account_id = %s and app_id = %s",
        [tx.account_id, SLACK],
    )
    if known is None:
        await create_hook(tx, SLACK, wanted, secrets=secrets, by=Actor.system())
    else:
        await update_hook(tx, known["id"], settings=wanted, secrets=secrets, by=Actor.system())
