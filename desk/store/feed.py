"""The live feed: what the relay tells an account's screens, through Redis."""

import msgspec
import redis.asyncio

from desk.store.transaction import TenantTx, WideTx
from desk.words.ids import AccountId

_FEEDING = 7_316_022

LOGOUT = "user:logout"
"""The event after which a person's sockets are closed."""


class Frame(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event for screens, with what is needed to choose who gets it."""

    event: str
    """ActionCable's name, e.g. `message.created`."""
    data: msgspec.Raw
    """The whole shape, as JSON; it names its account."""
    inbox_id: int | None = None
    """Present: only those who may see this inbox or are the assignee. Absent: all the account."""
    assignee_ids: tuple[int, ...] = ()
    """Agents who see it whatever their inboxes: the assignee, and the one before."""
    user_id: int | None = None
    """Present: only this user."""
    contact_token: str | None = None
    """Present: only the visitor whose socket has this token."""
    except_user_id: int | None = None
    """The one who caused it and need not hear of it (typing)."""
    session: str | None = None
    """Of a sign-out: only the sockets that were opened by this sign-in."""
    position: int | None = None
    """The event's place in the log: what a reader resumes from."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Frame)


def channel(account_id: AccountId) -> str:
    """The Redis channel of one account's feed."""
    return f"acct:{int(account_id)}"


async def watched(store: "redis.asyncio.Redis", account_ids: list[AccountId]) -> set[AccountId]:
    """Those of the accounts whose feed anybody listens to."""
    if not account_ids:
        return set()
    counted = await store.pubsub_numsub(*(channel(account_id) for account_id in account_ids))
    listeners = {name.decode() if isinstance(name, bytes) else name: n for name, n in counted}
    return {account_id for account_id in account_ids if listeners.get(channel(account_id))}


async def publish(store: "redis.asyncio.Redis", frames: list[tuple[AccountId, Frame]]) -> None:
    """Tell the accounts' sockets, in one round trip and in order."""
    if not frames:
        return
    async with store.pipeline(transaction=False) as pipeline:
        for account_id, frame in frames:
            pipeline.publish(channel(account_id), _encoder.encode(frame))
        await pipeline.execute()


async def hold_feed(tx: WideTx) -> None:
    """Until this transaction ends, whoever asks where the log stands has to wait."""
    await tx.execute("select pg_advisory_xact_lock(%s)", [_FEEDING])


async def wait_for_feed(tx: TenantTx) -> None:
    """Let a feeding that is under way come to its end.

    Frames are told a moment before their places can be read. A reader that begins to listen,
    then calls this, then reads the events after its last place misses none.
    """
    await tx.execute("select pg_advisory_xact_lock_shared(%s)", [_FEEDING])


def decode(raw: bytes) -> Frame:
    """Raises msgspec.DecodeError when the bytes are not a frame of ours."""
    return _decoder.decode(raw)
