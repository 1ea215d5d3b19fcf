"""Labels."""

from tests.inbox_service.contract.operation import Operation

LABELS = (
    Operation("list-all-labels"),
    Operation(
        "create-a-label",
        body={
            "title": "delayed",
            "description": "The flight was late",
            "color": "#1f93ff",
            "show_on_sidebar": True,
        },
        keep={"label": "id"},
        says={"title": "delayed", "show_on_sidebar": True},
        refuses=(
            {},
            {"title": ""},
            {"title": "two words"},
            {"title": "tint", "color": "bluish"},
        ),
        administrators=True,
    ),
    Operation("get-details-of-a-single-label", at={"id": "label"}, says={"id": "{label}"}),
    Operation(
        "update-a-label",
        at={"id": "label"},
        body={"title": "late", "show_on_sidebar": False},
        says={"title": "late", "show_on_sidebar": False},
        refuses=({"title": ""}, {"color": "bluish"}),
        administrators=True,
    ),
    Operation("delete-a-label", at={"id": "label"}, administrators=True),
)
