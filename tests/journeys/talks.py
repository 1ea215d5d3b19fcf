"""What real customers said, told as talks: each comes through one door."""

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data" / "multidogo_customer_turns.jsonl.gz"
WITHOUT_DATA = f"needs the customers' turns, which are not shipped: {DATA.name}"


@dataclass(frozen=True)
class Talk:
    """One customer's turns in one company's inbox."""

    company: int
    kind: str
    """The door's, as run.json names it."""
    sender: str
    name: str
    texts: tuple[str, ...]

    def message_id(self, turn: int) -> str:
        return f"wamid.{self.sender}.{turn}"


def read_talks() -> list[Talk]:
    """The data set's conversations, each with a customer of its own."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(DATA, "rt") as lines:
        for line in lines:
            turn = json.loads(line)
            texts[turn["domain"], turn["conversation"]].append(turn["text"])
    companies = {domain: index for index, domain in enumerate(sorted({d for d, _ in texts}))}
    return [
        Talk(companies[domain], _door(number), f"4479{number:08d}", f"Customer {number}", said)
        for number, ((domain, _), said) in enumerate(
            (place, tuple(said)) for place, said in texts.items()
        )
    ]


def _door(number: int) -> str:
    """Most by WhatsApp; few on the website, where visitors may come and write only so fast."""
    match number % 40:
        case 3 | 11 | 19 | 27 | 35:
            return "email"
        case 5 | 13 | 21 | 29:
            return "custom"
        case 7 | 15 | 23 | 31:
            return "api"
        case 9:
            return "website"
        case _:
            return "whatsapp"
