"""The people of an account."""

from tests.inbox_service.contract.operation import Operation

AGENTS = (
    Operation("get-account-agents"),
    Operation(
        "add-new-agent-to-account",
        body={
            "name": "Noor Haddad",
            "email": "noor.{run}@desk.example",
            "role": "agent",
            "availability": "busy",
            "auto_offline": False,
        },
        keep={"hired": "id"},
        says={"name": "Noor Haddad", "role": "agent"},
        refuses=(
            {"email": "a@b.example", "role": "agent"},
            {"name": "A", "email": "no address", "role": "agent"},
            {"name": "A", "email": "a@b.example", "role": "captain"},
        ),
        administrators=True,
    ),
    Operation(
        "update-agent-in-account",
        at={"id": "hired"},
        body={"role": "administrator", "availability": "online", "auto_offline": True},
        says={"role": "administrator"},
        refuses=({"role": "captain"}, {"role": "agent", "availability": "asleep"}),
        administrators=True,
    ),
    Operation("delete-agent-from-account", at={"id": "hired"}, administrators=True),
)
