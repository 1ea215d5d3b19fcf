"""The one intake: every door, pushed or polled, ends here and in the journal."""

from collections.abc import Mapping

import msgspec
from prometheus_client import CollectorRegistry

from desk.store.desk import Desk
from desk.words.errors import Forbidden, Unauthenticated
from ingest.channel_contract import RawHook
from ingest.receiver.doors import Door, Doors
from ingest.receiver.journal import Journal, Journalled
from ingest.receiver.metrics import ReceiverMetrics


class Intake:
    """Takes raw hooks into the journal; connects when first used, and must be closed."""

    def __init__(self, desk: Desk, registry: CollectorRegistry) -> None:
        self.metrics = ReceiverMetrics(registry)
        self._clock = desk.clock
        self._doors = Doors(desk)
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
            raise Unauthenticated(
                "bad_signature", "The request is not signed with this inbox's secret."
            )
        await self.journal(door, headers, body)

    async def journal(self, door: Door, headers: Mapping[str, str], body: bytes) -> None:
        """Journal bytes we fetched ourselves, or whose signature was checked."""
        kept = {name: headers[name] for name in door.channel.kept_headers if name in headers}
        await self._journal.append(
            Journalled(
                account_id=door.account_id,
                inbox_id=door.inbox_id,
                channel=door.channel.kind,
                sender=door.channel.ordering_key(body),
                headers=msgspec.json.encode(kept).decode(),
                body=body,
                received_at=self._clock.now(),
            )
        )

    async def close(self) -> None:
        await self._journal.close()
