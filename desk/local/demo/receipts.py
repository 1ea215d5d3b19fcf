"""What becomes of the messages an agent sends: delivered, read, now and then failed."""

from datetime import datetime, timedelta
from random import Random

from desk.local.demo.beats import AgentWrites, Beat, CustomerWrites, ReceiptCame
from desk.local.demo.seeding import long_tailed
from desk.words.conversation import DeliveryStatus

_FAILURES = (
    "131026: Message undeliverable",
    "131047: Re-engagement message",
)


def with_receipts(beats: list[Beat], chance: Random, *, may_fail: bool = True) -> list[Beat]:
    """The beats with their receipts, in the order of time."""
    told = sorted(beats, key=lambda beat: beat.at)
    receipts: list[Beat] = []
    for place, beat in enumerate(told):
        if isinstance(beat, AgentWrites):
            found = _receipts(beat, _next_word(told, place), chance)
            if may_fail or found[0].status is not DeliveryStatus.FAILED:
                receipts += found
    return sorted([*told, *receipts], key=lambda beat: beat.at)


def _next_word(beats: list[Beat], place: int) -> datetime | None:
    """When the customer next writes: by then everything before is read."""
    later = beats[place + 1 :]
    return next((beat.at for beat in later if isinstance(beat, CustomerWrites)), None)


def _receipts(beat: AgentWrites, answered: datetime | None, chance: Random) -> list[ReceiptCame]:
    if answered is None and chance.random() < 0.012:
        at = beat.at + timedelta(seconds=chance.uniform(1, 9))
        error = chance.choice(_FAILURES)
        return [ReceiptCame(at, beat.id, DeliveryStatus.FAILED, error)]
    delay = chance.uniform(0.6, 5)
    if chance.random() < 0.05:
        delay += long_tailed(chance, 2400)
    delivered = beat.at + timedelta(seconds=delay)
    read = delivered + timedelta(seconds=1 + long_tailed(chance, 55, 1.5))
    if answered is not None:
        latest = answered - (answered - beat.at) * 0.15
        delivered = min(delivered, latest)
        read = max(min(read, latest), delivered)
    elif chance.random() < 0.12:
        return [ReceiptCame(delivered, beat.id, DeliveryStatus.DELIVERED)]
    return [
        ReceiptCame(delivered, beat.id, DeliveryStatus.DELIVERED),
        ReceiptCame(read, beat.id, DeliveryStatus.READ),
    ]
