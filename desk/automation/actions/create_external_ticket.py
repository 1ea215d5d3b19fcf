"""Make a ticket in another system."""

from base64 import b64decode, b64encode
from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import Account, AutomationAction, Firing, Outcome
from desk.automation.errands import send_on_errand
from desk.automation.parameters import one_of
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid
from desk.words.web_address import web_address

HIDDEN = "********"
"""What is shown of a token that is kept."""

_SEALED = "sealed:"


class CreateExternalTicket(AutomationAction):
    """`create_external_ticket [{"api_endpoint", "api_token", "priority", "assignee_email"}]`."""

    name: ClassVar[str] = "create_external_ticket"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        given = one_of(params, field, what="one object with api_endpoint and api_token")
        if not isinstance(given, dict):
            raise Invalid(
                "ticket_malformed", "Give an object with api_endpoint and api_token.", field=field
            )
        endpoint = web_address(given.get("api_endpoint"), field=f"{field}[0].api_endpoint")
        email = _text(given, "assignee_email", field)
        if email and ("@" not in email[1:-1] or " " in email):
            raise Invalid(
                "assignee_email_malformed",
                "The assignee is named by an e-mail address.",
                field=f"{field}[0].assignee_email",
            )
        return [
            {
                "api_endpoint": endpoint,
                "api_token": _token(given.get("api_token"), endpoint, account, field),
                "priority": _text(given, "priority", field),
                "assignee_email": email,
            }
        ]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        return await send_on_errand(tx, firing, index, self.name, params)


def opened_token(params: list[Any], account_id: int, secrets: SecretBox) -> str:
    """The token, to be sent."""
    sealed = b64decode(params[0]["api_token"].removeprefix(_SEALED))
    return str(secrets.open(sealed, _context(account_id))["api_token"])


def hidden(params: list[Any]) -> list[Any]:
    """The parameters as they are shown."""
    return [{**params[0], "api_token": HIDDEN}]


def _token(given: object, endpoint: str, account: Account, field: str) -> str:
    if given == HIDDEN:
        for kept in account.kept:
            same = kept.action_name == CreateExternalTicket.name
            if same and kept.action_params[0]["api_endpoint"] == endpoint:
                return str(kept.action_params[0]["api_token"])
    if not isinstance(given, str) or not given.strip() or given == HIDDEN:
        raise Invalid(
            "api_token_missing",
            "Give the token with which the endpoint lets us in.",
            field=f"{field}[0].api_token",
        )
    sealed = account.secrets.seal({"api_token": given.strip()}, _context(account.id))
    return _SEALED + b64encode(sealed).decode()


def _text(given: dict[str, Any], key: str, field: str) -> str | None:
    value = given.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 255:
        raise Invalid(f"{key}_malformed", f"{key} is a short text.", field=f"{field}[0].{key}")
    return value.strip()


def _context(account_id: int) -> str:
    return f"automation_rules:{int(account_id)}"
