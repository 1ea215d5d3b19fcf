"""The one intake: every door, pushed or polled, ends here and in the journal."""

from collections.abc import Mapping

import msgspec
from prometheus_client import CollectorRegistry

from desk.store.desk import Desk
from desk.watching.work import journalled
from desk.words.errors import Forbidden, Unauthenticated
from ingest.channel_contract import RawHook, StrictDoor
from ingest.receiver.administrators import Administrators
from ingest.receiver.doors import Door, Doors
from ingest.receiver.journal import Journal, Journalled
from ingest.receiver.metrics import ReceiverMetrics


class Intake:
    """Takes raw hooks into the journal; connects when first used, and must be closed."""

    def __init__(self, desk: Desk, registry: CollectorRegistry) -> None:
        self.metrics = ReceiverMetrics(registry)
        self._clock = desk.clock
        self._doors = Doors(desk)
        self._administrators = Administrators(desk)
        self._journal = Journal(desk.settings.storage.database_url, self.metrics)

    async def find(self, kind: str, address: str) -> Door:
        """The inbox at an address; raises NotFound."""
        return await self._doors.find(kind, address)

    def verify(self, door: Door, query: Mapping[str, str]) -> str:
        """The answer to a provider that asks whether the address is ours; raises Forbidden."""
        answer = door.channel.challenge(query, door.secrets)
        if answer is None:
            raise Forbidden("wrong_verify_token", "The verify token is not this inbox's.")
        return answer

    async def accept(self, door: Door, headers: Mapping[str, str], body: bytes) -> None:
        """Journal a hook that knocked; raises Unauthenticated, NotReadable or Transient."""
        if not door.channel.is_genuine(RawHook(dict(headers), body), door.secrets):
            if not door.channel.can.letters:
                raise Unauthenticated(
                    "bad_signature", "The request is not signed with this inbox's secret."
                )
            # Mail has no provider who signs: whoever runs the account may hand it in.
            await self._administrators.vouch(door.account_id, headers)
        if isinstance(door.channel, StrictDoor):
            door.channel.check(body)
        await self.journal(door, headers, body)

    async def journal(self, door: Door, headers: Mapping[str, str], body: bytes) -> None:
        """Journal bytes we fetched ourselves, or whose signature was checked."""
        kept = {name: headers[name] for name in door.channel.kept_headers if name in headers}
        received_at = self._clock.now()
        await self._journal.append(
            Journalled(
                account_id=door.account_id,
                inbox_id=door.inbox_id,
                channel=door.channel.kind,
                # A mail and its answer come from different people: an inbox's stay in order.
                sender="" if door.channel.can.letters else door.channel.ordering_key(body),
                headers=msgspec.json.encode(kept).decode(),
                body=body,
                received_at=received_at,
            )
        )
        journalled(door.account_id, received_at)

    async def close(self) -> None:
        await self._journal.close()
