"""Reports by Chatwoot's definitions."""

from tests.inbox_service.contract.operation import Operation

PERIOD = {"since": "{since}", "until": "{until}"}
OF_ACCOUNT = {"type": "account", **PERIOD}

REPORTS = (
    Operation(
        "get-account-reporting-events",
        query={"page": 1, **PERIOD, "inbox_id": "{inbox}", "name": "first_response"},
        says={"meta.current_page": 1},
        refuses_query=({"page": "first"}, {"since": "noon"}),
        administrators=True,
    ),
    Operation(
        "list-all-conversation-statistics",
        query={"metric": "conversations_count", **OF_ACCOUNT},
        refuses_query=(
            {"metric": "mood", **OF_ACCOUNT},
            {"metric": "conversations_count", **PERIOD, "type": "moon"},
        ),
        administrators=True,
    ),
    Operation(
        "list-all-conversation-statistics",
        query={"metric": "avg_first_response_time", "type": "agent", "id": "{agent}", **PERIOD},
        again=True,
    ),
    Operation(
        "list-all-conversation-statistics-summary",
        query=OF_ACCOUNT,
        refuses_query=({**PERIOD, "type": "moon"},),
        administrators=True,
    ),
    Operation(
        "get-account-conversation-metrics",
        query={"type": "account"},
        refuses_query=({"type": "moon"},),
        administrators=True,
    ),
    Operation(
        "get-agent-conversation-metrics",
        query={"type": "agent", "user_id": "{agent}"},
        administrators=True,
    ),
    Operation(
        "get-channel-summary-report",
        query=PERIOD,
        refuses_query=({"since": "noon"},),
        administrators=True,
    ),
    Operation(
        "get-inbox-summary-report", query={**PERIOD, "business_hours": True}, administrators=True
    ),
    Operation("get-agent-summary-report", query=PERIOD, administrators=True),
    Operation("get-team-summary-report", query=PERIOD, administrators=True),
    Operation("get-first-response-time-distribution", query=PERIOD, administrators=True),
    Operation(
        "get-inbox-label-matrix",
        query={**PERIOD, "inbox_ids[]": "{inbox}"},
        administrators=True,
    ),
    Operation(
        "get-outgoing-messages-count",
        query={**PERIOD, "group_by": "agent"},
        refuses_query=({**PERIOD, "group_by": "moon"},),
        administrators=True,
    ),
)
