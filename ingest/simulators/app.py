"""All simulated providers as one application."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import httpx
from litestar import Litestar, Request, Response, Router, get
from litestar.di import Provide
from litestar.exceptions import HTTPException

from desk.clock import Clock
from desk.words.errors import Category, DeskError
from ingest.simulators.api.simulator import ApiSimulator
from ingest.simulators.custom.simulator import CustomSimulator
from ingest.simulators.dialogflow.simulator import DialogflowSimulator
from ingest.simulators.email.simulator import EmailSimulator
from ingest.simulators.slack.simulator import SlackSimulator
from ingest.simulators.sms.simulator import SmsSimulator
from ingest.simulators.tickets.simulator import TicketsSimulator
from ingest.simulators.whatsapp.control_routes import control_router
from ingest.simulators.whatsapp.delivery import Delivery
from ingest.simulators.whatsapp.graph_routes import graph_router
from ingest.simulators.whatsapp.ledger import Ledger
from ingest.simulators.whatsapp.platform import WhatsAppPlatform
from ingest.simulators.zapier.simulator import ZapierSimulator

WEBHOOK_TIMEOUT = httpx.Timeout(20)

STATUS_OF = {Category.INVALID: 422, Category.NOT_FOUND: 404, Category.UPSTREAM: 502}


class Simulator(Protocol):
    """A simulated provider: its routes, and what it does by itself."""

    def router(self) -> Router: ...

    async def start(self) -> None: ...

    async def close(self) -> None: ...


@get("/health")
async def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


def build_app(folder: Path, clock: Clock, *, smtp_port: int = 0) -> Litestar:
    """The simulators, keeping what they accept in `folder`."""
    http = httpx.AsyncClient(timeout=WEBHOOK_TIMEOUT)
    ledger = Ledger(folder)
    delivery = Delivery(ledger, http, clock)
    platform = WhatsAppPlatform(ledger, delivery, http, clock)
    others: tuple[Simulator, ...] = (
        ApiSimulator(folder, clock),
        CustomSimulator(folder, http, clock),
        DialogflowSimulator(folder, clock),
        EmailSimulator(folder, clock, smtp_port),
        SlackSimulator(folder, clock),
        SmsSimulator(folder, clock),
        TicketsSimulator(folder, clock),
        ZapierSimulator(folder, clock),
    )
    return Litestar(
        [health, graph_router(), control_router(), *(other.router() for other in others)],
        dependencies={"platform": Provide(lambda: platform, sync_to_thread=False)},
        lifespan=[_running(ledger, delivery, http, others)],
        exception_handlers={DeskError: _refused, HTTPException: _not_understood},
        openapi_config=None,
        logging_config=None,
    )


def _running(
    ledger: Ledger,
    delivery: Delivery,
    http: httpx.AsyncClient,
    others: Sequence[Simulator],
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        delivery.resume()
        for other in others:
            await other.start()
        yield
        for other in others:
            await other.close()
        await delivery.close()
        await http.aclose()
        ledger.close()

    return running


def _refused(_: Request[Any, Any, Any], error: DeskError) -> Response[dict[str, str]]:
    return Response(
        {"error": error.code, "message": error.sentence},
        status_code=STATUS_OF.get(error.category, 400),
    )


def _not_understood(_: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    body = {"error": "not_understood", "message": error.detail, "extra": error.extra}
    return Response(body, status_code=error.status_code)
