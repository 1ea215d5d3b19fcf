"""Facts are for ever: every one that was ever emitted must be read for ever."""

import typing
from pathlib import Path

import msgspec
import pytest

from desk.events import envelope
from desk.events.catalogue import Fact

EXAMPLES = Path(__file__).parent.parent / "examples" / "events"
FACTS = {str(fact.__struct_config__.tag): fact for fact in typing.get_args(Fact)}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_fact_of_the_past_is_still_read_and_written_the_same(path: Path) -> None:
    raw = path.read_bytes()
    event = envelope.decode(raw)
    assert type(event.fact) is FACTS[path.stem.split(".")[0]]
    assert msgspec.json.decode(envelope.encode(event)) == msgspec.json.decode(raw)


def test_every_fact_has_an_example() -> None:
    kept = {path.stem.split(".")[0] for path in EXAMPLES.glob("*.json")}
    assert kept == set(FACTS)


def test_a_record_that_is_no_fact_of_ours_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        envelope.decode(b'{"id": 1, "account_id": 1, "fact": {"type": "weather_changed"}}')
