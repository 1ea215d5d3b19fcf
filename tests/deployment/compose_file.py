"""compose.yaml as an engine reads it: anchors merged, variables put in."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from tests.house_rules.sources import ROOT

VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})")

SECRETS = {
    "POSTGRES_PASSWORD": "postgrespassword",
    "VALKEY_PASSWORD": "valkeypassword",
    "STREAMDESK_SECRET": "0123456789abcdef" * 4,
}
"""What a `.env` must hold."""


class Missing(Exception):
    """A variable that must be set is not."""


def filled(value: Any, given: Mapping[str, str]) -> Any:
    """The value with its variables replaced, everywhere in it."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: _replacement(found, given), value)
    if isinstance(value, list):
        return [filled(each, given) for each in value]
    if isinstance(value, dict):
        return {name: filled(each, given) for name, each in value.items()}
    return value


def _replacement(found: "re.Match[str]", given: Mapping[str, str]) -> str:
    name, how, otherwise = found.groups()
    if name is None:
        return "$"
    if given.get(name):
        return given[name]
    if how == "?":
        raise Missing(name)
    return str(otherwise or "")


@cache
def raw() -> dict[str, Any]:
    """The file with its anchors merged."""
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text()))


def services(given: Mapping[str, str] = SECRETS) -> dict[str, dict[str, Any]]:
    """All services, ready to be started."""
    return dict(filled(raw()["services"], given))


def of_ours(given: Mapping[str, str] = SECRETS) -> dict[str, dict[str, Any]]:
    """The services that run our image."""
    return {name: each for name, each in services(given).items() if "build" in each}
