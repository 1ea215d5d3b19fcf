"""One account with a WhatsApp inbox, and customers' hooks in its journal."""

import secrets
from typing import Any

import msgspec
import psycopg

from benchmarks.stage import Stage, whatsapp_text
from desk.actions.open_account import open_account
from desk.actions.open_inbox import InboxDetails, open_inbox
from desk.settings import Settings
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import AccountId, InboxId

CUSTOMERS = 2000
WORDS = "my suitcase has not arrived and the desk at the gate sent me here please help me out "


class AnAccount(msgspec.Struct, frozen=True):
    """Where a measurement's messages go."""

    account_id: AccountId
    inbox_id: InboxId
    address: str
    phone_number_id: str
    app_secret: str


async def make_account(stage: Stage) -> AnAccount:
    """An account of its own, so that measurements do not see each other's people."""
    desk = Desk.open(Settings.from_environment(stage.environment), connections=1)
    number = f"1555{secrets.randbelow(10**7):07d}"
    try:
        async with desk.transaction_across_accounts(reason="a benchmark opens an account") as wide:
            account_id = await open_account(wide, "Halden Air", time_zone="Europe/Oslo")
        async with desk.transaction(account_id) as tx:
            inbox_id = await open_inbox(
                tx,
                InboxDetails(
                    name="WhatsApp",
                    channel=ChannelKind.WHATSAPP,
                    address=f"+{number}",
                    config={"phone_number": f"+{number}", "phone_number_id": f"10{number}"},
                    secrets={"app_secret": "app-secret", "verify_token": "v", "access_token": "a"},
                ),
                secrets=desk.secrets,
                by=Actor.system(),
            )
    finally:
        await desk.close()
    return AnAccount(account_id, inbox_id, f"+{number}", f"10{number}", "app-secret")


def customers_write(at: AnAccount, count: int) -> list[tuple[str, bytes]]:
    """Sender and hook of so many messages, customers taking turns."""
    run = secrets.token_hex(4)
    return [
        (
            sender := f"1650{number % CUSTOMERS:07d}",
            whatsapp_text(
                at.phone_number_id, sender, f"wamid.{run}.{number}", f"{WORDS * 3}{number}"
            ),
        )
        for number in range(count)
    ]


def journal(stage: Stage, at: AnAccount, hooks: list[tuple[str, bytes]]) -> None:
    """Write the hooks where the door writes them."""
    connection: psycopg.Connection[Any] = stage.database
    for part in _parts(hooks):
        connection.execute(
            """insert into inbound (account_id, inbox_id, channel, sender, body, received_at)
               select %s, %s, 'whatsapp', s, b, clock_timestamp()
               from unnest(%b::text[], %b::bytea[]) with ordinality as h(s, b, place)
               order by place""",
            [at.account_id, at.inbox_id, [h[0] for h in part], [h[1] for h in part]],
        )


def _parts(hooks: list[tuple[str, bytes]]) -> list[list[tuple[str, bytes]]]:
    return [hooks[start : start + 1000] for start in range(0, len(hooks), 1000)]
