"""How large the made-up desks are: accounts, and what each of them holds."""

import msgspec
import numpy as np

from desk.local.refusal import Refusal

SEED = 20_260_101
"""The same desk every time, whatever machine makes it."""

DAYS = 730
"""How far back its history goes."""


class AccountSize(msgspec.Struct, frozen=True):
    """What one account holds."""

    conversations: int
    contacts: int
    agents: int
    teams: int
    inboxes: int
    labels: int


class Scale(msgspec.Struct, frozen=True):
    """A desk of some size."""

    name: str
    accounts: tuple[AccountSize, ...]


def scale_named(name: str) -> Scale:
    """The scale of that name; refuses others."""
    if name not in SCALES:
        raise Refusal("unknown_scale", f"There is no scale {name}. There are: {', '.join(SCALES)}.")
    return SCALES[name]


def _company(conversations: int, contacts: int) -> tuple[AccountSize, ...]:
    return (AccountSize(conversations, contacts, agents=60, teams=10, inboxes=8, labels=40),)


def _host(accounts: int, conversations: int, contacts: int) -> tuple[AccountSize, ...]:
    shares = np.arange(1, accounts + 1) ** -1.1
    shares /= shares.sum()
    return tuple(
        AccountSize(
            conversations=(held := max(20, round(conversations * share))),
            contacts=max(10, round(contacts * share)),
            agents=int(np.clip(held // 600, 3, 60)),
            teams=int(np.clip(held // 3000, 1, 10)),
            inboxes=int(np.clip(held // 4000, 2, 8)),
            labels=int(np.clip(held // 400, 6, 40)),
        )
        for share in shares.tolist()
    )


SCALES = {
    scale.name: scale
    for scale in (
        Scale("one", _company(500_000, 200_000)),
        Scale("one-small", _company(50_000, 20_000)),
        Scale("tenants", _host(200, 500_000, 300_000)),
    )
}
