"""Who changed what at the account."""

from typing import Annotated, Any

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store import audit
from desk.store.desk import Desk
from desk.words.actor import ActorKind
from desk.words.audit import AUDITED
from desk.words.errors import Invalid
from desk.words.people import Role

MOST_PAGES = 1_000_000

_USER_TYPES = {
    ActorKind.USER: "User",
    ActorKind.BOT: "AgentBot",
    ActorKind.RULE: "AutomationRule",
    ActorKind.CONTACT: "Contact",
    ActorKind.PLATFORM: "PlatformApp",
}


class AuditLog(msgspec.Struct):
    """One change."""

    id: int
    auditable_id: int
    auditable_type: str
    auditable: dict[str, Any]
    """Its name now; empty when it is gone."""
    associated_id: int
    associated_type: str
    user_id: int | None
    user_type: str | None
    username: str | None
    action: str
    audited_changes: dict[str, Any]
    """Before and after where the log knows them; of names and texts it keeps none."""
    version: int
    comment: str | None
    request_uuid: str | None
    created_at: int
    remote_address: str | None


class AuditLogs(msgspec.Struct):
    """A page of the log."""

    per_page: int
    total_entries: int
    current_page: int
    audit_logs: list[AuditLog]


@get(
    "/audit_logs",
    operation_id="get-account-audit-logs",
    opt={"needs": Permission.DESK_MANAGE},
)
async def list_audit_logs(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    page: Annotated[int, QueryParameter(description="From 1")] = 1,
) -> AuditLogs:
    """Who changed what, newest first."""
    if not 1 <= page <= MOST_PAGES:
        raise Invalid("page_malformed", "page is a number from 1.", field="page")
    async with desk.transaction(viewer.account_id) as tx:
        total = await audit.count_audited(tx)
        rows = await audit.audited(tx, page)
    shown = [_shown(row, int(viewer.account_id)) for row in rows]
    return AuditLogs(audit.PER_PAGE, total, page, shown)


def _shown(row: dict[str, Any], account_id: int) -> AuditLog:
    kind = ActorKind(row["actor_kind"])
    name = row["object_name"]
    return AuditLog(
        id=row["id"],
        auditable_id=row["auditable_id"],
        auditable_type=row["type"],
        auditable={} if name is None else {"id": row["auditable_id"], "name": name},
        associated_id=account_id,
        associated_type="Account",
        user_id=row["actor_id"],
        user_type=_USER_TYPES.get(kind),
        username=row["actor_name"],
        action=AUDITED[row["name"]].action,
        audited_changes=_changes(row["name"], row["fact"]),
        version=row["version"],
        comment=None,
        request_uuid=None,
        created_at=int(row["at"].timestamp()),
        remote_address=None,
    )


def _changes(name: str, fact: dict[str, Any]) -> dict[str, Any]:
    """What changed, by field: before and after, or nothing where the log keeps no values."""
    said = {key: value for key, value in fact.items() if key not in ("type", _id_key(name))}
    match name:
        case "agent_role_changed":
            return {"role": [Role(fact["before"]).word, Role(fact["after"]).word]}
        case "agent_custom_role_changed":
            return {"custom_role_id": [fact["before"], fact["after"]]}
        case "inbox_bot_changed":
            return {"agent_bot_id": [fact["before"], fact["after"]]}
        case "feature_switched":
            return {fact["feature"]: [not fact["on"], fact["on"]]}
        case "account_suspended":
            return {"status": ["active", "suspended"]}
        case "account_resumed":
            return {"status": ["suspended", "active"]}
        case "agent_added" | "agent_removed":
            return {"role": Role(fact["role"]).word}
    fields = said.pop("fields", None)
    return {**{field: [] for field in fields or ()}, **said}


def _id_key(name: str) -> str | None:
    return AUDITED[name].id_key


router = Router("", route_handlers=[list_audit_logs], tags=["Audit Logs"])
