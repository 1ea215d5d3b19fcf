"""Teams and their members."""

from tests.inbox_service.contract.operation import Operation

ONE = {"team_id": "night_shift"}

TEAMS = (
    Operation("list-all-teams"),
    Operation(
        "create-a-team",
        body={"name": "night shift", "description": "After ten", "allow_auto_assign": True},
        keep={"night_shift": "id"},
        says={"name": "night shift", "description": "After ten"},
        refuses=({}, {"name": ""}, {"name": "A", "allow_auto_assign": "perhaps"}),
        administrators=True,
    ),
    Operation("get-details-of-a-single-team", at=ONE, says={"id": "{night_shift}"}),
    Operation(
        "update-a-team",
        at=ONE,
        body={"name": "late shift"},
        says={"name": "late shift"},
        refuses=({"name": ""},),
        administrators=True,
    ),
    Operation(
        "add-new-agent-to-team",
        at=ONE,
        body={"user_ids": ["{agent}"]},
        says={"0.id": "{agent}"},
        refuses=({}, {"user_ids": "all"}, {"user_ids": [999_999_999]}),
        administrators=True,
    ),
    Operation("get-team-members", at=ONE, says={"0.id": "{agent}"}),
    Operation(
        "update-agents-in-team",
        at=ONE,
        body={"user_ids": ["{outsider}"]},
        says={"0.id": "{outsider}"},
        refuses=({"user_ids": "all"},),
        administrators=True,
    ),
    Operation(
        "delete-agent-in-team",
        at=ONE,
        body={"user_ids": ["{outsider}"]},
        refuses=({"user_ids": "all"},),
        administrators=True,
    ),
    Operation("delete-a-team", at=ONE, administrators=True),
)
