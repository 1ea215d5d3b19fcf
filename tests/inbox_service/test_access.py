"""Every route, for every role, of every tenant: nobody passes who may not."""

import re
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from desk.access.permissions import Permission, may
from desk.settings import Settings
from desk.store.desk import Desk
from desk.words.people import Role
from inbox_service.app import build_app
from inbox_service.edge import Edge
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

OF_AN_ACCOUNT = ("/api/v1/accounts/{account_id:int}", "/api/v2/accounts/{account_id:int}")

OF_VISITORS = "/api/v1/widget"
OF_CLIENTS = "/public/api/v1/inboxes/{inbox_identifier:str}"

MARKS = ("needs", "public", "signed_in", "platform")


@pytest.fixture(scope="session")
def application(settings: Settings) -> Litestar:
    edge = build_app(Desk.open(settings))
    assert isinstance(edge, Edge)
    assert isinstance(edge.inner, Litestar)
    return edge.inner


def handlers_of(application: Litestar) -> list[tuple[str, BaseRouteHandler]]:
    found: list[tuple[str, BaseRouteHandler]] = []
    for route in application.routes:
        handlers: Any = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        found += [(route.path, handler) for handler in handlers]
    # Litestar answers OPTIONS by itself.
    return [one for one in found if not one[1].fn.__module__.startswith("litestar.")]


def test_every_route_says_once_what_it_needs(application: Litestar) -> None:
    for path, handler in handlers_of(application):
        marks = [mark for mark in MARKS if handler.opt.get(mark)]
        assert len(marks) == 1, (path, marks)
        if path.startswith(OF_AN_ACCOUNT):
            assert isinstance(handler.opt.get("needs"), Permission), path
        elif "needs" in handler.opt:
            raise AssertionError(f"{path} needs a permission but names no account")


def test_public_routes_are_few_and_known(application: Litestar) -> None:
    public = {path for path, handler in handlers_of(application) if handler.opt.get("public")}
    public -= {path for path in public if path.startswith(("/docs", OF_VISITORS, OF_CLIENTS))}
    assert public == {
        "/",
        "/api",
        "/api/v1/integrations/webhooks",
        "/app",
        "/app/accounts/{account_id:int}",
        "/app/login",
        "/app/accounts/{account_id:int}/settings",
        "/app/accounts/{account_id:int}/settings/{place:path}",
        "/app/accounts/{account_id:int}/{place:path}",
        "/cable",
        "/demo/{company:str}",
        "/hc/{slug:str}",
        "/hc/{slug:str}/articles/{name:str}",
        "/hc/{slug:str}/brand.css",
        "/hc/{slug:str}/sitemap.xml",
        "/hc/{slug:str}/{locale:str}",
        "/hc/{slug:str}/{locale:str}/articles",
        "/hc/{slug:str}/{locale:str}/categories",
        "/hc/{slug:str}/{locale:str}/categories/{category:str}",
        "/hc/{slug:str}/{locale:str}/categories/{category:str}/articles",
        "/hc/{slug:str}/{locale:str}/search",
        "/health",
        "/metrics",
        "/openapi.json",
        "/packs/js/sdk.js",
        "/public/avatars/{account:int}/{name:str}",
        "/public/api/v1/csat_survey/{conversation_uuid:uuid}",
        "/public/files/{account:int}/{attachment_id:int}/{signature:str}/{name:path}",
        "/public/uploads/{blob_id:str}/{name:path}",
        "/sign_in",
        "/sign_out",
        "/survey/responses/{conversation_uuid:uuid}",
        "/ui/{version:str}/{path:path}",
        "/webhooks",
        "/widget",
        "/widget/files/{account:int}/{attachment_id:int}/{key:str}",
    }


def test_what_visitors_may_ask_is_public_and_of_the_widget(application: Litestar) -> None:
    """Whoever asks there shows a website's token and their own, which the routes look at."""
    for path, handler in handlers_of(application):
        if path.startswith(OF_VISITORS):
            assert handler.opt.get("public"), path
            assert handler.fn.__module__.startswith("inbox_service.widget.api"), path


async def test_all_routes_of_an_account_for_all_roles_and_tenants(
    application: Litestar,
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
) -> None:
    await receive(desk, halden, said("Hello"))
    everyone = {
        "nobody": ({}, None),
        "administrator": (
            {"api_access_token": halden.tokens[halden.administrator]},
            Role.ADMINISTRATOR,
        ),
        "agent": ({"api_access_token": halden.tokens[halden.agent]}, Role.AGENT),
        "another tenant's administrator": (
            {"api_access_token": northgate.tokens[northgate.administrator]},
            None,
        ),
    }
    walked = 0
    async with httpx.AsyncClient(base_url=service_url, timeout=30) as client:
        for path, handler in handlers_of(application):
            if not path.startswith(OF_AN_ACCOUNT) or not isinstance(handler, HTTPRouteHandler):
                continue
            needs: Permission = handler.opt["needs"]
            # An object that is in no account: what is allowed ends in 404 or 422, never in a change.
            address = path.replace("{account_id:int}", str(halden.account_id))
            address = re.sub(r"\{\w+:int\}", "999999999", address)
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                for who, (headers, role) in everyone.items():
                    answer = await client.request(method, address, headers=headers, json={})
                    walked += 1
                    seen = (who, method, path, answer.status_code)
                    if who == "nobody":
                        assert answer.status_code == 401, seen
                    elif role is None:
                        assert answer.status_code == 404, seen
                        assert answer.json()["error"] == "account_not_found", seen
                    elif not may(role, needs):
                        assert answer.status_code == 403, seen
                    else:
                        assert answer.status_code in {200, 404, 422, 503}, seen
    assert walked > 180


async def test_reports_are_for_those_who_may_see_them(
    halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    for report in ("agent_performance", "conversation_trends"):
        answer = await jonas.get(f"/custom_reports/{report}")
        assert (answer.status_code, answer.json()["error"]) == (403, "not_permitted")
