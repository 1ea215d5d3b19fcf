"""Whoever asks."""

from tests.inbox_service.contract.operation import Operation

PROFILE = (
    Operation("fetchProfile", says={"id": "{administrator}"}),
    Operation(
        "updateProfile",
        body={"profile": {"name": "Maya Lindqvist", "display_name": "Maya"}},
        says={"id": "{administrator}", "name": "Maya Lindqvist"},
        refuses=({"profile": 7}, {"profile": {"email": "no address"}}),
    ),
)
