"""`/whatsapp/…`: how demo and tests set the simulator up, let customers write, and look."""

from typing import Any

import msgspec
from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from ingest.simulators.whatsapp.ledger import Number, Pace, Sent
from ingest.simulators.whatsapp.platform import CustomerMessage, Fault, WhatsAppPlatform

PAGE = 1000


class NumberSettings(msgspec.Struct, frozen=True):
    """A number as it is announced to Meta."""

    phone_number: str
    webhook_url: str
    app_secret: str
    access_token: str
    verify_token: str
    business_account_id: str = "102290129340398"


class SentPage(msgspec.Struct, frozen=True):
    """What the desk sent, and the number with which to ask for what comes after."""

    next: int
    items: list[Sent]


@put("/numbers/{phone_number_id:str}")
async def register_number(
    phone_number_id: FromPath[str],
    data: JSONBody[NumberSettings],
    platform: NamedDependency[WhatsAppPlatform],
) -> dict[str, Any]:
    """Verify the webhook and serve the number from now on; harmless when repeated."""
    await platform.register(Number(phone_number_id=phone_number_id, **msgspec.structs.asdict(data)))
    return {"phone_number_id": phone_number_id, "verified": True}


@get("/numbers")
async def list_numbers(platform: NamedDependency[WhatsAppPlatform]) -> list[dict[str, str]]:
    """The numbers served, without their secrets."""
    return [
        {
            "phone_number_id": number.phone_number_id,
            "phone_number": number.phone_number,
            "webhook_url": number.webhook_url,
        }
        for number in platform.ledger.numbers()
    ]


@post("/numbers/{phone_number_id:str}/faults", status_code=204)
async def plan_faults(
    phone_number_id: FromPath[str],
    data: JSONBody[Fault],
    platform: NamedDependency[WhatsAppPlatform],
) -> None:
    """Let the next sends of a number go wrong."""
    platform.set_faults(phone_number_id, data)


@put("/pace")
async def set_pace(data: JSONBody[Pace], platform: NamedDependency[WhatsAppPlatform]) -> Pace:
    """How soon messages are sent, delivered and read."""
    platform.set_pace(data)
    return data


@post("/customers/{customer:str}/messages", status_code=202)
async def customer_writes(
    customer: FromPath[str],
    data: JSONBody[CustomerMessage],
    platform: NamedDependency[WhatsAppPlatform],
) -> dict[str, Any]:
    """A customer writes; the hook follows, signed, until the desk takes it."""
    return {"id": platform.customer_writes(customer, data)}


@get("/sent")
async def list_sent(
    platform: NamedDependency[WhatsAppPlatform], since: FromQuery[int] = 0
) -> SentPage:
    """Everything the desk sent after number `since`, a thousand at a time."""
    following, items = platform.ledger.sent_since(since, PAGE)
    return SentPage(following, items)


@get("/pending")
async def count_pending(platform: NamedDependency[WhatsAppPlatform]) -> dict[str, int]:
    """Hooks that the desk has not taken yet, or that are not due."""
    return {"hooks": len(platform.ledger.pending_hooks())}


def control_router() -> Router:
    """The routes under `/whatsapp`."""
    return Router(
        "/whatsapp",
        route_handlers=[
            register_number,
            list_numbers,
            plan_faults,
            set_pace,
            customer_writes,
            list_sent,
            count_pending,
        ],
    )
