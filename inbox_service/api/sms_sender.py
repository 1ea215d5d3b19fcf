"""The number from which the account sends text messages."""

import msgspec
from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.name_sms_sender import (
    TWILIO,
    SmsSenderWanted,
    drop_sms_sender,
    name_sms_sender,
)
from desk.store import automation as automation_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import NotFound


class SmsSender(msgspec.Struct):
    """The sender, without its token."""

    account_sid: str
    from_number: str
    api_base_url: str
    has_auth_token: bool


class NameSmsSender(msgspec.Struct):
    """Send text messages from this number; without `auth_token` the one kept stays."""

    account_sid: str
    from_number: str
    auth_token: str | None = None
    api_base_url: str = TWILIO


@get("/sms_sender", operation_id="get-sms-sender", opt={"needs": Permission.DESK_MANAGE})
async def get_sms_sender(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> SmsSender:
    """The account's sender."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _shown(tx)


@put("/sms_sender", operation_id="name-sms-sender", opt={"needs": Permission.DESK_MANAGE})
async def put_sms_sender(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[NameSmsSender]
) -> SmsSender:
    """Name the account's sender, or change it."""
    wanted = SmsSenderWanted(**msgspec.structs.asdict(data))
    async with desk.transaction(viewer.account_id) as tx:
        await name_sms_sender(tx, wanted, secrets=desk.secrets, by=Actor.user(viewer.user_id))
        return await _shown(tx)


@delete(
    "/sms_sender",
    operation_id="delete-sms-sender",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_sms_sender(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> None:
    """Send no text messages any more."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_sms_sender(tx, by=Actor.user(viewer.user_id))


async def _shown(tx: TenantTx) -> SmsSender:
    await tx.session.flush()
    row = await automation_store.sms_sender(tx)
    if row is None:
        raise NotFound("sms_sender_not_found", "The account has no SMS sender.")
    return SmsSender(row["account_sid"], row["from_number"], row["api_base_url"], True)


router = Router(
    "",
    route_handlers=[get_sms_sender, put_sms_sender, delete_sms_sender],
    tags=["Automation"],
)
