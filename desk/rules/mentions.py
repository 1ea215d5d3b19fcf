"""Who is called by name in a private note."""

import re
from typing import NamedTuple

_MENTION = re.compile(r"\(mention://(user|team)/(\d{1,18})(?:/[^)\s]*)?\)")


class Mentioned(NamedTuple):
    """The users and teams a note calls, by id."""

    users: frozenset[int]
    teams: frozenset[int]


def mentioned(content: str) -> Mentioned:
    """Read `[@Maya](mention://user/2/Maya)` out of a note; anything else is only words."""
    found = _MENTION.findall(content)
    return Mentioned(
        frozenset(int(number) for kind, number in found if kind == "user"),
        frozenset(int(number) for kind, number in found if kind == "team"),
    )


def as_read(content: str) -> str:
    """The note as people read it: `@Maya` where the link stands."""
    return re.sub(r"\[(@[^\]]*)\]" + _MENTION.pattern, r"\1", content)
