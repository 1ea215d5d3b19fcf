"""Which server takes our mails, and which must not be asked."""

from typing import Any

import msgspec
import pytest

from desk.settings import Mail, Settings
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.files import FileStore
from ingest.channel_contract import Rejected
from ingest.channels.email.relay import relay_at, relay_of
from ingest.outgoing import PrivateAddress, outgoing_client
from streams.jobs.letters import with_relay
from streams.jobs.workshop import Workshop

OWN = {"email": "support@haldenair.example", "smtp_address": "smtp.haldenair.example"}
CREDENTIALS = {"smtp_login": "support", "smtp_password": "open sesame", "relay": "smtp://desk"}


def test_the_desks_relay_takes_the_mails_of_inboxes_without_their_own() -> None:
    relay = relay_of({"relay": "smtps://me%40x:p%3Aw@relay.example"}, {"email": "a@b.example"})
    assert (relay.host, relay.port, relay.tls) == ("relay.example", 465, True)
    assert (relay.login, relay.password) == ("me@x", "p:w")


def test_an_inboxs_own_server_goes_before_the_desks() -> None:
    relay = relay_of(CREDENTIALS, OWN)
    assert (relay.host, relay.port, relay.login) == ("smtp.haldenair.example", 587, "support")
    assert relay.start_tls is True


def test_a_server_of_their_own_needs_their_credentials() -> None:
    with pytest.raises(Rejected, match="smtp_login"):
        relay_of({"relay": "smtp://desk"}, OWN)


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://h:no", "relay.example"])
def test_a_relay_that_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(Rejected):
        relay_at(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7"])
async def test_a_server_that_somebody_named_must_not_be_in_our_own_network(
    settings: Settings, tmp_path: Any, host: str
) -> None:
    closed = msgspec.structs.replace(
        settings,
        security=msgspec.structs.replace(settings.security, allow_private_targets=False),
        mail=Mail(port=0, relay_url="smtp://127.0.0.1:25"),
    )
    desk = Desk.open(closed)
    try:
        async with outgoing_client(allow_private_targets=False) as http:
            work = Workshop(desk, FileStore(tmp_path.as_uri()), http, Counters())
            with pytest.raises(PrivateAddress):
                await with_relay(work, CREDENTIALS, {**OWN, "smtp_address": host})
            # The operator's own relay may stand wherever it stands.
            kept = await with_relay(work, {"connect_to": "10.0.0.7"}, {"email": "a@b.example"})
    finally:
        await desk.close()
    assert kept == {"relay": "smtp://127.0.0.1:25"}
