"""Who may see a conversation: the one answer for list, detail, search, socket and webhook."""

from collections.abc import Iterable

import msgspec

from desk.access.permissions import NOTHING_MORE, Extra
from desk.words.actor import Actor
from desk.words.ids import AccountId, UserId
from desk.words.people import Role


class Viewer(msgspec.Struct, frozen=True):
    """Somebody who looks at one account."""

    account_id: AccountId
    user_id: UserId
    role: Role
    inbox_ids: frozenset[int]
    """The inboxes the viewer works in."""
    extra: Extra = NOTHING_MORE
    """What a custom role permits beyond the role."""
    agent_bot_id: int | None = None
    """Present: it is no person who looks, but a bot at work; `user_id` is nobody's then."""

    @property
    def sees_all(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def actor(self) -> Actor:
        """Who the viewer is when they act."""
        if self.agent_bot_id is not None:
            return Actor.bot(self.agent_bot_id)
        return Actor.user(self.user_id)


def may_see(viewer: Viewer, *, inbox_id: int | None, assignee_ids: Iterable[int | None]) -> bool:
    """Administrators see all; an agent what is assigned to them or in their inboxes.

    Without an inbox the matter concerns the whole account.
    """
    if viewer.sees_all or inbox_id is None:
        return True
    return inbox_id in viewer.inbox_ids or viewer.user_id in assignee_ids
