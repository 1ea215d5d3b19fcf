"""Which agent a waiting conversation should go to."""

from collections.abc import Sequence

import msgspec


class Candidate(msgspec.Struct, frozen=True):
    """An agent who could take it: online, and a member of the inbox and the team."""

    user_id: int
    open_conversations: int
    last_assigned_id: int
    """The newest conversation they were given, 0 for none: the longest unserved comes first."""


def agent_to_assign(candidates: Sequence[Candidate], *, limit: int | None = None) -> int | None:
    """The candidate with the fewest open conversations, then the one served longest ago."""
    free = [c for c in candidates if limit is None or c.open_conversations < limit]
    if not free:
        return None
    return min(free, key=lambda c: (c.open_conversations, c.last_assigned_id, c.user_id)).user_id
