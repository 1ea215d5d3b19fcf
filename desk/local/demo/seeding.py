"""Chance that always falls the same way."""

from hashlib import blake2b
from random import Random


def dice(*parts: object) -> Random:
    """A source of chance that depends on nothing but its parts, whatever machine or version."""
    digest = blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return Random(int.from_bytes(digest, "big"))


def long_tailed(chance: Random, median: float, spread: float = 0.8) -> float:
    """A waiting time: mostly near the median, now and then far above it."""
    return median * chance.lognormvariate(0.0, spread)
