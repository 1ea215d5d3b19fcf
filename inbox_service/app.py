"""The service as an ASGI application: read this to know what is served where."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Router, asgi, get
from litestar.di import NamedDependency, Provide
from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException
from litestar.types import ASGIApp, Receive, Scope, Send

from desk.store.desk import Desk
from desk.version import VERSION
from inbox_service.api import (
    account,
    agent_bots,
    agents,
    applied_slas,
    article_batches,
    articles,
    assignments,
    attachments,
    audit_logs,
    automation_rules,
    bring_file,
    bulk_actions,
    canned_responses,
    categories,
    contact_attachments,
    contact_avatar,
    contact_inboxes,
    contact_labels,
    contact_list,
    contact_merge,
    contact_notes,
    contact_transfers,
    contacts,
    conversation_extras,
    conversation_filter,
    conversation_labels,
    conversation_list,
    conversation_merge,
    conversation_state,
    conversations,
    csat_responses,
    custom_attribute_definitions,
    custom_filters,
    custom_reports,
    custom_roles,
    dashboard_apps,
    drafts,
    exports,
    folder_counts,
    inbox_bot,
    inboxes,
    integration_hooks,
    integrations,
    labels,
    macros,
    message_changes,
    messages,
    notification_settings,
    notifications,
    own_sessions,
    participants,
    portals,
    profile,
    reporting_events,
    scheduled_exports,
    search,
    sla_policies,
    sms_sender,
    teams,
    typing_status,
    unread_counts,
    webhook_deliveries,
)
from inbox_service.api import webhooks as outgoing_webhooks
from inbox_service.api.platform.routes import ROUTES as PLATFORM_API
from inbox_service.api.public.routes import ROUTES as PUBLIC_API
from inbox_service.api.v2.routes import ROUTES as CHATWOOTS_REPORTS
from inbox_service.auth.guard import PUBLIC, current_user, current_viewer, in_turn, require
from inbox_service.checked_body import CheckedRequest, well_formed
from inbox_service.edge import Edge
from inbox_service.errors import exception_handlers
from inbox_service.health import get_health
from inbox_service.help_centre import routes as help_centre
from inbox_service.limits import by_account, by_address
from inbox_service.metrics_page import get_metrics
from inbox_service.pages.assets import get_asset
from inbox_service.pages.docs import get_openapi, openapi_config
from inbox_service.pages.inbox_page import home, inbox_page, short_address
from inbox_service.pages.login_link import login_link
from inbox_service.pages.settings_page import settings_page
from inbox_service.pages.sign_in import sign_in, sign_in_page, sign_out
from inbox_service.pages.survey import answer_page, answer_survey, get_survey, survey_page
from inbox_service.parts import Parts
from inbox_service.realtime.cable import serve
from inbox_service.realtime.service import Service
from inbox_service.widget.routes import ROUTES as WIDGET
from ingest.receiver.webhooks import webhooks

OF_AN_ACCOUNT = (
    conversation_list,
    conversation_filter,
    conversations,
    conversation_state,
    conversation_extras,
    conversation_labels,
    conversation_merge,
    assignments,
    participants,
    bring_file,
    bulk_actions,
    macros,
    messages,
    message_changes,
    drafts,
    unread_counts,
    attachments,
    typing_status,
    contact_list,
    contacts,
    contact_labels,
    contact_inboxes,
    contact_notes,
    contact_merge,
    contact_avatar,
    contact_attachments,
    contact_transfers,
    custom_attribute_definitions,
    custom_filters,
    inboxes,
    labels,
    teams,
    agents,
    folder_counts,
    custom_reports,
    reporting_events,
    csat_responses,
    sla_policies,
    applied_slas,
    exports,
    scheduled_exports,
    custom_roles,
    canned_responses,
    notifications,
    notification_settings,
    outgoing_webhooks,
    webhook_deliveries,
    automation_rules,
    search,
    sms_sender,
    account,
    agent_bots,
    inbox_bot,
    audit_logs,
    dashboard_apps,
    article_batches,
    articles,
    categories,
    portals,
    integrations,
    integration_hooks,
)
"""The resources under `/api/v1/accounts/{account_id}`, one module each."""

PAGES = (
    home,
    short_address,
    inbox_page,
    settings_page,
    sign_in_page,
    sign_in,
    sign_out,
    login_link,
    survey_page,
    answer_page,
    answer_survey,
    get_survey,
    get_asset,
    get_openapi,
)

LARGEST_BODY = 4 * 1024 * 1024


@get("/api", opt=PUBLIC, operation_id="api", tags=["Watching"])
async def get_api() -> dict[str, str]:
    """Whether there is an API here: asked by clients before they sign in."""
    return {"version": VERSION, "queue_services": "ok", "data_services": "ok"}


def build_app(desk: Desk) -> ASGIApp:
    """The whole service on an open desk, which it closes at its end."""
    parts = Parts(desk)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        parts.start()
        try:
            yield
        finally:
            await parts.close()

    app = Litestar(
        route_handlers=[
            *PAGES,
            get_api,
            get_health,
            get_metrics,
            Router("/api/v1", route_handlers=[profile.router, own_sessions.router]),
            Router(
                "/api/v1/accounts/{account_id:int}",
                route_handlers=[resource.router for resource in OF_AN_ACCOUNT],
            ),
            Router("/api/v2/accounts/{account_id:int}", route_handlers=CHATWOOTS_REPORTS),
            *PLATFORM_API,
            *PUBLIC_API,
            *WIDGET,
            help_centre.router,
            integrations.take_event,
            webhooks(parts.intake, opt=PUBLIC),
            _cable(parts.live_line.service),
        ],
        dependencies={
            **parts.dependencies(),
            "viewer": Provide(_viewer, sync_to_thread=False),
            "asker": Provide(_user, sync_to_thread=False),
        },
        guards=[in_turn(by_address, well_formed, require, by_account)],
        request_class=CheckedRequest,
        exception_handlers=exception_handlers(),
        lifespan=[lifespan],
        openapi_config=openapi_config(parts.templates, parts.asset_shelf),
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )
    app.state.people = parts.people
    app.state.files = parts.files
    app.state.links = parts.links
    app.state.limits = parts.limits
    return Edge(app, parts.metrics)


def _cable(service: Service) -> Any:
    @asgi("/cable", opt=PUBLIC, copy_scope=False)
    async def live_line(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.WEBSOCKET:
            raise NotFoundException
        await serve(service, scope, receive, send)

    return live_line


def _viewer(request: Request[Any, Any, Any], desk: NamedDependency[Any]) -> Any:
    # Asked for after the desk, not beside it: two at once would each be a task of their own.
    _ = desk
    return current_viewer(request.scope)


def _user(request: Request[Any, Any, Any]) -> Any:
    return current_user(request.scope)
