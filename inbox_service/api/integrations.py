"""The apps an account can work with, and Slack's events."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import SerializationException
from litestar.params import FromPath

from desk.access.audience import Viewer
from desk.access.permissions import Permission, may
from desk.actions.follow_conversation import TAKE_SLACK_REPLY
from desk.actions.keep_hook import settings_of
from desk.store import integrations as hook_store
from desk.store import webhooks as webhook_store
from desk.store.desk import Desk
from desk.store.integrations import HookAtWork
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound, Unauthenticated
from desk.words.integrations import APPS, BY_ID, SLACK, WEBHOOK, App, schema_of
from inbox_service.api.integration_hooks import Hook, shown_hook
from inbox_service.api.taken import TAKES
from inbox_service.auth.guard import PUBLIC
from ingest.integrations.slack import is_genuine

READS = {"needs": Permission.DESK_READ}
LARGEST_EVENT = 256 * 1024
LONGEST_CHALLENGE = 256
LONGEST_REPLY = 40_000
"""Characters that Slack lets a person write."""


class IntegrationApp(msgspec.Struct):
    """A program the account can work with; its hooks are shown to administrators."""

    id: str
    name: str
    description: str
    short_description: str
    hook_type: str
    enabled: bool
    """Whether it is at work."""
    allow_multiple_hooks: bool
    settings_json_schema: dict[str, Any]
    secret_settings: list[str]
    """Settings that are never shown again; ours."""
    hooks: list[dict[str, Any]]


class AppList(msgspec.Struct):
    """All that work."""

    payload: list[IntegrationApp]


class SlackEvent(msgspec.Struct):
    """A message in a channel, as far as it is read."""

    type: str = ""
    channel: str = ""
    user: str = ""
    text: str = ""
    ts: str = ""
    thread_ts: str = ""
    subtype: str | None = None
    bot_id: str | None = None


class SlackEnvelope(msgspec.Struct):
    """What Slack sends."""

    type: str = ""
    challenge: str = ""
    event: SlackEvent = msgspec.field(default_factory=SlackEvent)


@get("/integrations/apps", operation_id="get-details-of-all-integrations", opt=READS)
async def list_apps(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> AppList:
    """Every app that works here, and where it is in use."""
    async with desk.transaction(viewer.account_id) as tx:
        return AppList(await _apps(tx, viewer, APPS))


@get("/integrations/apps/{app_id:str}", operation_id="get-an-integration", opt=READS)
async def get_app(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], app_id: FromPath[str]
) -> IntegrationApp:
    """One app."""
    if app_id not in BY_ID:
        raise NotFound("app_not_found", "There is no such app.")
    async with desk.transaction(viewer.account_id) as tx:
        (app,) = await _apps(tx, viewer, (BY_ID[app_id],))
    return app


@post(
    "/api/v1/integrations/webhooks",
    opt=PUBLIC | {TAKES: SlackEnvelope},
    operation_id="take-an-event-of-slack",
    status_code=200,
    tags=["Integrations"],
)
async def take_event(
    request: Request[Any, Any, Any], desk: NamedDependency[Desk]
) -> Response[dict[str, str]]:
    """Slack's signed events: what is written in a conversation's thread comes back to it."""
    body = await request.body()
    if len(body) > LARGEST_EVENT:
        raise Invalid("event_too_large", "The event is larger than Slack's are.")
    try:
        envelope = msgspec.json.decode(body, type=SlackEnvelope)
    except msgspec.ValidationError:
        raise Invalid("event_malformed", "This is no event of Slack's.") from None
    except (msgspec.DecodeError, RecursionError):
        raise SerializationException from None
    if envelope.type == "url_verification":
        # It names no channel, so no secret fits it; what is given back tells nobody anything.
        return Response({"challenge": envelope.challenge[:LONGEST_CHALLENGE]})
    hooks = await _genuine(request, desk, envelope.event.channel, body)
    if not hooks:
        raise Unauthenticated("signature_wrong", "The signature does not fit.")
    event = envelope.event
    if _is_a_reply(event):
        for hook in hooks:
            await _queue(desk, hook, event)
    return Response({})


async def _genuine(
    request: Request[Any, Any, Any], desk: Desk, channel: str, body: bytes
) -> list[HookAtWork]:
    if not channel or "\x00" in channel or len(channel) > 255:
        return []
    async with desk.transaction_across_accounts(
        reason="an event of Slack's names a channel, not an account"
    ) as tx:
        candidates = await hook_store.hooks_of_channel(tx, SLACK, channel)
    signed_at = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    now = desk.clock.now()
    return [
        hook
        for hook in candidates
        if is_genuine(_secret(desk, hook), signed_at, signature, body, now)
    ]


def _secret(desk: Desk, hook: HookAtWork) -> str:
    return str(settings_of(hook.id, hook.settings, hook.secrets, desk.secrets)["signing_secret"])


def _is_a_reply(event: SlackEvent) -> bool:
    """A person's answer in a thread: not a bot's, not an edit, not what begins a thread."""
    said_by_a_person = event.user and not event.bot_id
    plain = event.type == "message" and event.subtype in (None, "thread_broadcast", "file_share")
    return bool(
        plain
        and said_by_a_person
        and 0 < len(event.ts) <= 64
        and event.thread_ts not in ("", event.ts)
    )


async def _queue(desk: Desk, hook: HookAtWork, event: SlackEvent) -> None:
    async with desk.transaction(hook.account_id) as tx:
        await queue_job(
            tx,
            TAKE_SLACK_REPLY,
            f"{hook.id}:{event.ts}",
            {
                "hook_id": hook.id,
                "thread_ts": event.thread_ts[:64],
                "ts": event.ts,
                "user": event.user[:64],
                "text": event.text[:LONGEST_REPLY].replace("\x00", ""),
            },
            priority=1,
            max_attempts=6,
        )


async def _apps(tx: TenantTx, viewer: Viewer, wanted: tuple[App, ...]) -> list[IntegrationApp]:
    hooks: list[Hook] = [shown_hook(row) for row in await hook_store.hooks(tx)]
    telling = [row for row in await webhook_store.webhooks(tx) if row["paused_at"] is None]
    manages = may(viewer.role, Permission.DESK_MANAGE, viewer.extra)
    shown = []
    for app in wanted:
        of_app = [hook for hook in hooks if hook.app_id == app.id]
        at_work = any(hook.status for hook in of_app)
        shown.append(
            IntegrationApp(
                id=app.id,
                name=app.name,
                description=app.description,
                short_description=app.description,
                hook_type=app.hook_type.value,
                enabled=bool(telling) if app.id == WEBHOOK else at_work,
                allow_multiple_hooks=app.allow_multiple_hooks,
                settings_json_schema=schema_of(app),
                secret_settings=sorted(app.secret),
                hooks=[msgspec.to_builtins(hook) for hook in of_app] if manages else [],
            )
        )
    return shown


router = Router("", route_handlers=[list_apps, get_app], tags=["Integrations"])
