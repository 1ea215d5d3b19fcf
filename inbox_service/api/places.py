"""The places of things that people put in order."""

from collections.abc import Mapping

from desk.actions.keep_category import checked_position
from desk.words.errors import Invalid

MOST = 500
LARGEST_ID = 2**63 - 1


def places_of(positions_hash: Mapping[str, int]) -> dict[int, int]:
    """Place by id; raises Invalid for what is no id, for too many and for none."""
    if not 0 < len(positions_hash) <= MOST:
        raise Invalid(
            "positions_malformed", f"Give 1 to {MOST} positions by id.", field="positions_hash"
        )
    places: dict[int, int] = {}
    for given, place in positions_hash.items():
        if not (given.isascii() and given.isdecimal() and int(given) <= LARGEST_ID):
            raise Invalid("positions_malformed", "Positions go by id.", field="positions_hash")
        places[int(given)] = checked_position(place)
    return places
