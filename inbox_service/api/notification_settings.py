"""Of what a person wants to be told."""

from collections.abc import Sequence

import msgspec
from litestar import Router, get, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.read_notification import choose_notifications
from desk.store.desk import Desk
from desk.store.notifications import wanted_by
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid
from desk.words.notifications import NotificationKind

READS = {"needs": Permission.CONVERSATIONS_READ}


class NotificationSettings(msgspec.Struct):
    """What there is to choose from, and what was chosen; either list is enough to be told."""

    id: int
    user_id: int
    account_id: int
    all_email_flags: list[str]
    selected_email_flags: list[str]
    all_push_flags: list[str]
    selected_push_flags: list[str]


class ChosenFlags(msgspec.Struct):
    """What to be told; a list that is left out stays."""

    selected_email_flags: list[str] | msgspec.UnsetType = msgspec.UNSET
    selected_push_flags: list[str] | msgspec.UnsetType = msgspec.UNSET


class UpdateNotificationSettings(msgspec.Struct):
    """Choose of what to be told, as Chatwoot wraps it."""

    notification_settings: ChosenFlags


@get("/notification_settings", operation_id="get-notification-settings", opt=READS)
async def get_notification_settings(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> NotificationSettings:
    """Of what you are told in this account."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _settings(tx, viewer)


@route(
    "/notification_settings",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: f"set-notification-settings-{method.lower()}",
    opt=READS,
    status_code=200,
)
async def set_notification_settings(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[UpdateNotificationSettings],
) -> NotificationSettings:
    """Choose of what to be told in this account."""
    chosen = data.notification_settings
    email, push = chosen.selected_email_flags, chosen.selected_push_flags
    async with desk.transaction(viewer.account_id) as tx:
        await choose_notifications(
            tx,
            of=viewer.user_id,
            email=None if email is msgspec.UNSET else _kinds("email", email),
            push=None if push is msgspec.UNSET else _kinds("push", push),
        )
        return await _settings(tx, viewer)


async def _settings(tx: TenantTx, viewer: Viewer) -> NotificationSettings:
    wanted = (await wanted_by(tx, [viewer.user_id]))[viewer.user_id]
    return NotificationSettings(
        id=viewer.user_id,
        user_id=viewer.user_id,
        account_id=viewer.account_id,
        all_email_flags=_flags("email", NotificationKind),
        selected_email_flags=_flags("email", wanted.email),
        all_push_flags=_flags("push", NotificationKind),
        selected_push_flags=_flags("push", wanted.push),
    )


def _flags(way: str, kinds: Sequence[NotificationKind] | type[NotificationKind]) -> list[str]:
    return [f"{way}_{kind.word}" for kind in kinds]


def _kinds(way: str, flags: list[str]) -> list[NotificationKind]:
    known = {f"{way}_{kind.word}": kind for kind in NotificationKind}
    unknown = sorted(set(flags) - set(known))
    if unknown:
        raise Invalid(
            "unknown_flags",
            f"There is no flag {', '.join(unknown)}.",
            field=f"selected_{way}_flags",
        )
    return [known[flag] for flag in flags]


router = Router(
    "",
    route_handlers=[get_notification_settings, set_notification_settings],
    tags=["Notifications"],
)
