"""From which rows of the lake Chatwoot's numbers are counted."""

from datetime import timedelta

from desk.words.ids import AccountId
from warehouse.chatwoot.scope import Scope
from warehouse.chatwoot.window import Window
from warehouse.literals import literal
from warehouse.view import View

_A_DAY = timedelta(days=1)


def conversations(scope: Scope, window: Window, view: View) -> str:
    """The conversations that began in the window: `at` and what they are now."""
    return (
        f'(select *, created_at as "at" from {scope.conversations(view)} '
        f"where {_within('created_at', window)})"
    )


def messages(scope: Scope, window: Window, view: View) -> str:
    """What was said in the window in conversations that are still there."""
    return (
        f'(select *, said_at as "at" from {_fact("message", scope.account, window, view)} '
        f"and not deleted and {_within('said_at', window)} and {scope.of_messages(view)})"
    )


def events(scope: Scope, window: Window, view: View) -> str:
    """What was noted in the window."""
    noted = _fact("reporting_event", scope.account, window, view)
    return (
        f'(select *, created_at as "at" from {noted} '
        f"and {_within('created_at', window)} and {scope.of_facts(view)})"
    )


def all_events(scope: Scope, view: View) -> str:
    """What was ever noted."""
    return (
        f"(select * from {view.of('facts.reporting_event')} "
        f"where account_id = {int(scope.account)} and {scope.of_facts(view)})"
    )


def seconds_column(*, business: bool) -> str:
    """Which of an event's two values is asked for."""
    return "value_in_business_hours" if business else "value"


def _fact(name: str, account: AccountId, window: Window, view: View) -> str:
    # Local days lie within a day of the instants: by them whole files are left unread.
    first, last = (window.since - _A_DAY).date(), (window.until + _A_DAY).date()
    return (
        f"{view.of(f'facts.{name}')} where account_id = {int(account)} "
        f"and day between {literal(first)} and {literal(last)}"
    )


def _within(column: str, window: Window) -> str:
    return f"{column} >= {literal(window.since)} and {column} < {literal(window.until)}"
