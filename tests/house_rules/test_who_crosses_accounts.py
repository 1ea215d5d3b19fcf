"""Transactions across accounts are few, say why, and are made in places that are known."""

import ast

from tests.house_rules.sources import PACKAGES, modules, read

NAMES = ("transaction_across_accounts", "reading_across_accounts")

MAY_CROSS = {
    "assets/cleanup/duties.py",
    "assets/cleanup/redis_traces.py",
    "assets/exports/making.py",
    "desk/local/demo/founding.py",
    "desk/local/demo/history.py",
    "desk/local/platform_app.py",
    "desk/store/goodbyes.py",
    "inbox_service/api/agents.py",
    "inbox_service/api/incoming.py",
    "inbox_service/api/integrations.py",
    "inbox_service/api/platform/account_users.py",
    "inbox_service/api/platform/accounts.py",
    "inbox_service/api/platform/agent_bots.py",
    "inbox_service/api/platform/users.py",
    "inbox_service/api/profile.py",
    "inbox_service/api/profile_fields.py",
    "inbox_service/api/public/door.py",
    "inbox_service/api/public/messages.py",
    "inbox_service/auth/beginning.py",
    "inbox_service/auth/people.py",
    "inbox_service/health.py",
    "inbox_service/help_centre/site.py",
    "inbox_service/pages/inbox_page.py",
    "inbox_service/pages/login_link.py",
    "inbox_service/pages/sign_in.py",
    "inbox_service/pages/survey.py",
    "inbox_service/realtime/identification.py",
    "inbox_service/widget/api/messages.py",
    "inbox_service/widget/demo_page.py",
    "inbox_service/widget/door.py",
    "ingest/receiver/administrators.py",
    "ingest/receiver/doors.py",
    "streams/feeding.py",
    "streams/handlers/follow_sla.py",
    "streams/handlers/notify_agents.py",
    "streams/handlers/receive_inbound.py",
    "streams/handlers/tell_apps.py",
    "streams/jobs/erase_account.py",
    "streams/jobs/keeping.py",
    "streams/lookout.py",
    "streams/parked.py",
    "streams/publishing.py",
    "streams/reactions.py",
    "streams/relay.py",
    "streams/watchdog.py",
    "streams/worker.py",
}
"""Whoever adds a place here has thought about whose rows it may see."""


def _calls() -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = {}
    for path in modules(*PACKAGES):
        for node in ast.walk(ast.parse(read(path))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in NAMES
            ):
                found.setdefault(str(path), []).append(node)
    return found


def test_only_known_places_work_across_accounts() -> None:
    assert _calls().keys() - MAY_CROSS == set()


def test_whoever_works_across_accounts_says_why() -> None:
    silent = [
        f"{path}:{call.lineno}"
        for path, calls in _calls().items()
        for call in calls
        if not any(keyword.arg == "reason" for keyword in call.keywords)
    ]
    assert silent == []
