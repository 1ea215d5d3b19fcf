"""Whether bytes are JSON at all: decided as leniently as strangers write it."""

import json

from ingest.channel_contract import NotReadable


def refuse_unless_json(body: bytes) -> None:
    """Raises NotReadable when the body is no JSON in UTF-8.

    Lone surrogates are JSON all the same, though our decoder refuses them: what holds one is
    journalled and parked, not refused at the door.
    """
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        raise NotReadable("The body must be JSON in UTF-8.") from None
