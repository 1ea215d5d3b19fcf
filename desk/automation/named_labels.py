"""Labels as rules name them."""

from typing import Any

from desk.automation.action_contract import Account
from desk.words.errors import Invalid


def labels_of(params: list[Any], account: Account, field: str) -> list[Any]:
    """The titles, all of labels of the account; raises Invalid naming those that are none."""
    if not params:
        raise Invalid("labels_missing", "Name at least one label.", field=field)
    wanted = [str(title).strip().lower() for title in params]
    unknown = [title for title in wanted if title not in account.labels]
    if unknown:
        raise Invalid("unknown_labels", f"There is no label {', '.join(unknown)}.", field=field)
    return list(dict.fromkeys(wanted))
