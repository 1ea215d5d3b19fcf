"""The audit log: what people and programs set at an account, out of the event log."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.audit import AUDITED

PER_PAGE = 25

_NAMES = ", ".join(f"'{name}'" for name in AUDITED)

_COUNT = f"select count(*) as n from events where account_id = %s and name in ({_NAMES})"

# The names stand in the statement, and not beside it: only so the index of them is used.
_PAGE = f"""
with known(name, type, id_key) as (
    select * from unnest(%(names)s::text[], %(types)s::text[], %(keys)s::text[])
), logged as (
    select e.id, e.name, e.at, e.actor_kind, e.actor_id, e.fact, known.type,
           coalesce((e.fact ->> known.id_key)::bigint, e.account_id) as auditable_id
    from events e join known on known.name = e.name
    where e.account_id = %(account)s and e.name in ({_NAMES})
)
select l.*, row_number() over (partition by l.type, l.auditable_id order by l.id) as version
from logged l order by l.id desc limit %(limit)s offset %(offset)s"""

_ACTORS = {
    "user": "select id, email as name from users where id = any(%(ids)s)",
    "bot": "select id, name from agent_bots where id = any(%(ids)s)",
    "rule": """select id, name from automation_rules
               where account_id = %(account)s and id = any(%(ids)s)""",
}

_OF_ACCOUNT = "where t.account_id = %(account)s and t.id = any(%(ids)s)"

_OBJECTS = {
    "Account": "select id, name from accounts where id = any(%(ids)s)",
    "AccountUser": "select id, name from users where id = any(%(ids)s)",
    "User": "select id, name from users where id = any(%(ids)s)",
    "UserSession": "select id, name from users where id = any(%(ids)s)",
    "AgentBot": "select id, name from agent_bots where id = any(%(ids)s)",
    "Inbox": f"select t.id, t.name from inboxes t {_OF_ACCOUNT}",
    "InboxMember": f"select t.id, t.name from inboxes t {_OF_ACCOUNT}",
    "Team": f"select t.id, t.name from teams t {_OF_ACCOUNT}",
    "TeamMember": f"select t.id, t.name from teams t {_OF_ACCOUNT}",
    "Label": f"select t.id, t.title as name from labels t {_OF_ACCOUNT}",
    "AutomationRule": f"select t.id, t.name from automation_rules t {_OF_ACCOUNT}",
    "Macro": f"select t.id, t.name from macros t {_OF_ACCOUNT}",
    "SlaPolicy": f"select t.id, t.name from sla_policies t {_OF_ACCOUNT}",
    "Webhook": f"select t.id, coalesce(t.name, t.url) as name from webhooks t {_OF_ACCOUNT}",
    "CustomRole": f"select t.id, t.name from custom_roles t {_OF_ACCOUNT}",
    "DashboardApp": f"select t.id, t.title as name from dashboard_apps t {_OF_ACCOUNT}",
    "CannedResponse": f"""select t.id, t.short_code as name
                          from canned_responses t {_OF_ACCOUNT}""",
    "Portal": f"select t.id, t.name from portals t {_OF_ACCOUNT}",
    "Category": f"select t.id, t.name from categories t {_OF_ACCOUNT}",
    "Article": f"select t.id, t.title as name from articles t {_OF_ACCOUNT}",
}


async def count_audited(tx: TenantTx) -> int:
    """How many entries the account's log has."""
    return int((await tx.one(_COUNT, [tx.account_id]))["n"])


async def audited(tx: TenantTx, page: int) -> list[dict[str, Any]]:
    """A page of the log, newest first, with the names of who did it and what it is about."""
    rows = await tx.all(
        _PAGE,
        {
            "account": tx.account_id,
            "names": list(AUDITED),
            "types": [one.type for one in AUDITED.values()],
            "keys": [one.id_key for one in AUDITED.values()],
            "limit": PER_PAGE,
            "offset": (page - 1) * PER_PAGE,
        },
        prepare=False,
    )
    actors = await _named(tx, _ACTORS, [(row["actor_kind"], row["actor_id"]) for row in rows])
    objects = await _named(tx, _OBJECTS, [(row["type"], row["auditable_id"]) for row in rows])
    return [
        {
            **row,
            "actor_name": actors.get((row["actor_kind"], row["actor_id"])),
            "object_name": objects.get((row["type"], row["auditable_id"])),
        }
        for row in rows
    ]


async def _named(
    tx: TenantTx, queries: dict[str, str], asked: list[tuple[str, int | None]]
) -> dict[tuple[str, int | None], str]:
    names: dict[tuple[str, int | None], str] = {}
    for kind in sorted({kind for kind, _ in asked} & queries.keys()):
        ids = sorted({one for asked_kind, one in asked if asked_kind == kind and one is not None})
        for row in await tx.all(queries[kind], {"account": tx.account_id, "ids": ids}):
            names[kind, row["id"]] = row["name"]
    return names
