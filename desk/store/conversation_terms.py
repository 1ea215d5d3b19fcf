"""What a list of conversations is to show, as conditions on the rows of `conversations c`."""

from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.store.filters import Clause
from desk.store.search import contacts_with_words, conversations_with_words
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid


class ConversationFilter(msgspec.Struct, frozen=True):
    """What a list of conversations is to show."""

    status: int | None = 0
    """None: all."""
    assignee: str = "all"
    """me, unassigned, assigned or all."""
    inbox_id: int | None = None
    team_id: int | None = None
    label_ids: tuple[int, ...] = ()
    """Any of them."""
    contact_id: int | None = None
    words: str | None = None
    """Searched in messages and in contacts' names and addresses."""
    unread: bool = False
    clause: Clause | None = None
    """What a filter asks beside all that."""


ASSIGNEES = {
    "all": None,
    "me": "c.assignee_id = %(me)s",
    "unassigned": "c.assignee_id is null",
    "assigned": "c.assignee_id is not null",
}

IN_MY_INBOXES = "c.inbox_id = any(%(my_inboxes)s::bigint[])"
MINE = "c.assignee_id = %(me)s"


class Terms(msgspec.Struct, frozen=True):
    """The conditions of a filter, apart from who asks and whose conversations."""

    common: tuple[str, ...]
    parameters: dict[str, Any]
    assignee: str | None
    """The condition on the assignee, which counts leave out."""
    inbox_id: int | None
    tallied: str | None
    """The conditions on tallies that count the same conversations, where there are such."""

    def page(self, viewer: Viewer) -> list[str]:
        """All conditions on a row of the page."""
        seen = visible(viewer, self.inbox_id, self.assignee)
        return [*self.common, *filter(None, (self.assignee, seen))]

    def counted(self, viewer: Viewer) -> list[str]:
        """All conditions on a row that counts."""
        return [*self.common, *filter(None, (visible(viewer, self.inbox_id, None),))]


def visible(viewer: Viewer, inbox_id: int | None, assignee: str | None) -> str | None:
    """What narrows rows down to what the viewer may see; absent where the rest does so already.

    The same answer as `desk.access.audience.may_see`, with what is known of the row left out:
    whatever is left can be served by one index.
    """
    if viewer.sees_all or assignee == MINE:
        return None
    if inbox_id is not None:
        return None if inbox_id in viewer.inbox_ids else MINE
    if assignee == ASSIGNEES["unassigned"]:
        return IN_MY_INBOXES
    return f"({IN_MY_INBOXES} or {MINE})" if viewer.inbox_ids else MINE


async def terms_of(tx: TenantTx, viewer: Viewer, wanted: ConversationFilter) -> Terms:
    """The filter's terms; raises Invalid when it asks for a kind of assignee there is not."""
    if wanted.assignee not in ASSIGNEES:
        raise Invalid(
            "unknown_assignee_type",
            "assignee_type must be me, unassigned, assigned or all.",
            field="assignee_type",
        )
    common = ["c.account_id = %(account_id)s"]
    parameters: dict[str, Any] = {
        "account_id": tx.account_id,
        "me": viewer.user_id,
        "my_inboxes": sorted(viewer.inbox_ids),
    }

    def add(condition: str, **values: Any) -> None:
        common.append(condition)
        parameters.update(values)

    if wanted.status is not None:
        add("c.status = %(status)s", status=wanted.status)
    if wanted.inbox_id is not None:
        add("c.inbox_id = %(inbox_id)s", inbox_id=wanted.inbox_id)
    if wanted.team_id is not None:
        add("c.team_id = %(team_id)s", team_id=wanted.team_id)
    tallied = None
    if len(wanted.label_ids) < 2 and not (wanted.contact_id or wanted.unread or wanted.words):
        label = "c.label_id = %(label_id)s" if wanted.label_ids else "c.label_id is null"
        parameters["label_id"] = next(iter(wanted.label_ids), None)
        tallied = None if wanted.clause is not None else " and ".join([*common, label])
    if wanted.contact_id is not None:
        add("c.contact_id = %(contact_id)s", contact_id=wanted.contact_id)
    if wanted.label_ids:
        add("c.label_ids && %(label_ids)s::bigint[]", label_ids=list(wanted.label_ids))
    if wanted.unread:
        add("c.unread_count > 0")
    if wanted.words:
        add(
            "(c.id = any(%(found)s) or c.contact_id = any(%(people)s))",
            found=await conversations_with_words(tx, viewer, wanted.words),
            people=await contacts_with_words(tx, wanted.words),
        )
    if wanted.clause is not None:
        add(wanted.clause.sql, **wanted.clause.parameters)
    return Terms(tuple(common), parameters, ASSIGNEES[wanted.assignee], wanted.inbox_id, tallied)
