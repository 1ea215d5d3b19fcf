"""Conversations and their messages as arrays: who, when, in what state; no texts yet."""

from datetime import datetime

import msgspec
import numpy as np
import numpy.typing as npt

from desk.local.scale.numbering import Ints, Numbers
from desk.local.scale.sizes import DAYS, SEED, Scale

Bools = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int8]

SECOND = 1_000_000
"""Instants are microseconds since 1970, as Postgres has them."""

NOBODY = -1
NEVER = -1

CUSTOMER, REPLY, NOTE, ACTIVITY, SURVEY = range(5)
"""Who speaks in a message."""

OPEN, RESOLVED, SNOOZED = 0, 1, 3


class Conversations(msgspec.Struct, frozen=True):
    """One entry a conversation, oldest first."""

    account: Ints
    display_id: Ints
    created_at: Ints
    status: Small
    agent: Ints
    """The user who answers, whether or not it is assigned to them."""
    assigned: Bools
    team: Ints
    inbox: Ints
    contact: Ints
    priority: Small
    labels: Ints
    """Three columns: label ids, or NOBODY."""
    closed_at: Ints
    """When it was resolved or put aside."""
    rated: Small
    """0: not asked, -1: asked, 1 to 5: answered."""
    rated_at: Ints
    firsts: Ints
    """Where its messages begin among `Messages`; they end where the next one's begin."""


class Messages(msgspec.Struct, frozen=True):
    """One entry a message, conversation by conversation, in order."""

    conversation: Ints
    at: Ints
    said: Small


class History(msgspec.Struct, frozen=True):
    """Everything that was said at a desk."""

    conversations: Conversations
    messages: Messages


def make_history(scale: Scale, numbers: Numbers, now: datetime) -> History:
    """Draw the whole of it; the last message is a moment before `now`."""
    draw = np.random.default_rng(SEED)
    until = int(now.timestamp() * SECOND)
    sizes = scale.accounts
    account = np.repeat(np.arange(len(sizes)), [size.conversations for size in sizes])
    count = account.size
    age = np.maximum(DAYS * (1 - np.sqrt(draw.random(count))), 0.01)
    created = until - (age * 86_400 * SECOND).astype(np.int64)
    order = np.argsort(created, kind="stable")
    account, created, age = account[order], created[order], age[order]

    is_open = draw.random(count) < 0.85 * np.exp(-age / 15) + 0.02
    aside = draw.random(count) < 0.015
    status = np.where(is_open, OPEN, np.where(aside, SNOOZED, RESOLVED)).astype(np.int8)

    of = _per_account(scale)
    agent = _among(draw, of["agents"][account], 1 / (np.arange(60) + 5.0))
    unassigned = draw.random(count) < np.where(is_open, 0.40, 0.08)
    without_team = unassigned & (draw.random(count) < np.where(is_open, 0.50, 0.375))
    team = np.where(without_team, NOBODY, numbers.teams[account] + agent % of["teams"][account])
    inbox = _among(draw, of["inboxes"][account], 1 / np.arange(1.0, 9.0))
    contact = (of["contacts"][account] * draw.random(count) ** 1.7).astype(np.int64)

    firsts, messages = _messages(draw, created, until)
    last_said = messages.at[np.append(firsts[1:], messages.at.size) - 1]
    room = np.maximum(until - 2 * SECOND - last_said, SECOND)
    pause = np.minimum(draw.exponential(3600.0 * SECOND, count), room * 0.5)
    closed_at = np.where(is_open, NEVER, last_said + pause.astype(np.int64) + 1)
    asked = (status == RESOLVED) & (draw.random(count) < 0.10)
    answered = asked & (draw.random(count) < 2 / 3)
    stars = draw.choice([1, 2, 3, 4, 5], count, p=[0.06, 0.05, 0.12, 0.27, 0.5])
    thinking = np.minimum(draw.exponential(6 * 3600.0 * SECOND, count), room * 0.3)
    conversations = Conversations(
        account=account,
        display_id=_counted(account),
        created_at=created,
        status=status,
        agent=numbers.users[account] + agent,
        assigned=~unassigned,
        team=team,
        inbox=numbers.inboxes[account] + inbox,
        contact=numbers.contacts[account] + contact,
        priority=draw.choice([NOBODY, 1, 2, 3], count, p=[0.7, 0.15, 0.1, 0.05]).astype(np.int8),
        labels=_labels(draw, of["labels"][account], numbers.labels[account]),
        closed_at=closed_at,
        rated=np.where(answered, stars, np.where(asked, -1, 0)).astype(np.int8),
        rated_at=np.where(answered, closed_at + 2 * SECOND + thinking.astype(np.int64), NEVER),
        firsts=firsts,
    )
    return History(conversations, messages)


def _per_account(scale: Scale) -> dict[str, Ints]:
    names = ("agents", "teams", "inboxes", "contacts", "labels")
    return {
        name: np.array([getattr(size, name) for size in scale.accounts], np.int64) for name in names
    }


def _among(draw: np.random.Generator, choices: Ints, weights: npt.NDArray[np.float64]) -> Ints:
    """For each entry one of its first so many choices, by weight."""
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    found = np.searchsorted(sums, draw.random(choices.size) * sums[choices], side="right") - 1
    chosen: Ints = np.minimum(found, choices - 1).astype(np.int64)
    return chosen


def _labels(draw: np.random.Generator, choices: Ints, first: Ints) -> Ints:
    weights = 1 / np.arange(1.0, 41.0)
    drawn = np.stack([_among(draw, choices, weights) for _ in range(3)], axis=1)
    wanted = draw.choice([0, 1, 2, 3], choices.size, p=[0.40, 0.35, 0.20, 0.05])
    drawn[:, 1] = np.where(drawn[:, 1] == drawn[:, 0], (drawn[:, 0] + 1) % choices, drawn[:, 1])
    for step in (1, 2):
        third = (drawn[:, 2] + step) % choices
        taken = (drawn[:, 2] == drawn[:, 0]) | (drawn[:, 2] == drawn[:, 1])
        drawn[:, 2] = np.where(taken, third, drawn[:, 2])
    labels: Ints = np.where(np.arange(3) < wanted[:, None], first[:, None] + drawn, NOBODY)
    return labels


def _messages(draw: np.random.Generator, created: Ints, until: int) -> tuple[Ints, Messages]:
    counts = np.clip(np.rint(draw.lognormal(2.0, 0.78, created.size)), 1, 120).astype(np.int64)
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    conversation = np.repeat(np.arange(created.size), counts)
    gaps = draw.exponential(3 * 3600.0, conversation.size)
    gaps[firsts] = 0
    sums = np.cumsum(gaps)
    since = sums - np.repeat(sums[firsts], counts)
    lasting = since[firsts + counts - 1]
    room = (until - created) / SECOND * (0.5 + 0.45 * draw.random(created.size))
    squeeze = np.minimum(1.0, room / np.maximum(lasting, 1e-9))
    at = created[conversation] + (since * squeeze[conversation] * SECOND).astype(np.int64)
    said = draw.choice(
        np.array([CUSTOMER, REPLY, NOTE, ACTIVITY], np.int8),
        conversation.size,
        p=[0.45, 0.40, 0.07, 0.08],
    )
    said[firsts] = CUSTOMER
    return firsts, Messages(conversation, at, said)


def _counted(account: Ints) -> Ints:
    """1, 2, 3… within each account, in order."""
    order = np.argsort(account, kind="stable")
    starts = np.searchsorted(account[order], np.arange(account.max() + 1))
    numbered = np.empty(account.size, np.int64)
    numbered[order] = np.arange(account.size) - starts[account[order]] + 1
    return numbered
