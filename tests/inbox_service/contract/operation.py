"""One documented operation as a row of a table: how it is asked, and what it must refuse."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"\{(\w+)\}")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """How an operation is asked; `{name}` anywhere stands for what is known of an account."""

    id: str
    """As the reference file calls it; method and path are found there."""
    at: Mapping[str, str] = field(default_factory=dict)
    """The path's parameters, and what of the account each of them is."""
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    keep: Mapping[str, str] = field(default_factory=dict)
    """What later rows need of the answer: a name, and where it stands."""
    says: Mapping[str, Any] = field(default_factory=dict)
    """Parts of the answer that must be exactly so."""
    refuses: Sequence[Any] = ()
    """Bodies that are malformed: 422."""
    refuses_query: Sequence[Mapping[str, Any]] = ()
    """Queries that are malformed: 422."""
    administrators: bool = False
    """Whether agents are forbidden to."""
    again: bool = False
    """Whether it is another row of an operation whose failures another row has shown."""


def filled(template: Any, values: Values) -> Any:
    """The template with every `{name}` replaced; one that is nothing else keeps its type."""
    if isinstance(template, str):
        whole = _NAME.fullmatch(template)
        if whole is not None:
            return values[whole[1]]
        return _NAME.sub(lambda found: str(values[found[1]]), template)
    if isinstance(template, Mapping):
        return {key: filled(inner, values) for key, inner in template.items()}
    if isinstance(template, list | tuple):
        return [filled(inner, values) for inner in template]
    return template


def part_of(answer: Any, path: str) -> Any:
    """The part of an answer at a dotted path, list places being numbers."""
    for step in path.split(".") if path else ():
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer
