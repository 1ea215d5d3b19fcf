"""The arrays as rows of the desk's tables, with what each conversation remembers of its thread."""

from collections.abc import Iterator

import msgspec
import numpy as np
import polars as pl

from desk.local.scale.histories import (
    ACTIVITY,
    CUSTOMER,
    NEVER,
    NOBODY,
    NOTE,
    OPEN,
    REPLY,
    RESOLVED,
    SECOND,
    SNOOZED,
    SURVEY,
    Bools,
    Conversations,
    History,
    Small,
)
from desk.local.scale.numbering import Ints, Numbers
from desk.local.scale.people import FAMILY, GIVEN
from desk.local.scale.sizes import SEED
from desk.local.scale.texts import Writer

SLICE = 100_000
"""Rows of one frame."""

MESSAGE_TYPES = np.array([0, 1, 1, 2, 3])
TEXT, INPUT_CSAT = 0, 9
READ = 2

_INSTANT = pl.Datetime("us")


class Written(msgspec.Struct, frozen=True):
    """Messages in the order they were written, over all accounts; surveys are among them."""

    conversation: Ints
    at: Ints
    said: Small
    first_id: int
    of_survey: Ints
    """For each conversation the place of its survey, or NOBODY."""
    place: Ints
    """For each message of the history, its place here."""

    @property
    def count(self) -> int:
        return int(self.at.size)


def in_order(history: History, first_id: int) -> Written:
    """Put every message where it stands in time."""
    told, held = history.messages, history.conversations
    asked = np.flatnonzero(held.rated)
    at = np.concatenate([told.at, held.closed_at[asked] + SECOND])
    order = np.argsort(at, kind="stable")
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    of_survey = np.full(held.account.size, NOBODY, np.int64)
    of_survey[asked] = place[told.at.size :]
    conversation = np.concatenate([told.conversation, asked])
    said = np.concatenate([told.said, np.full(asked.size, SURVEY, np.int8)])
    return Written(
        conversation[order], at[order], said[order], first_id, of_survey, place[: told.at.size]
    )


class Remembered(msgspec.Struct, frozen=True):
    """What the rows of conversations say about their messages, as indexes into the history."""

    last_chat: Ints
    last_incoming: Ints
    first_reply: Ints
    last_seen: Ints
    waiting_from: Ints
    unread: Ints


def remember(history: History) -> Remembered:
    """Read it off the messages, as the desk would have kept it."""
    told, firsts = history.messages, history.conversations.firsts
    index = np.arange(told.at.size)
    never, always = np.int64(NEVER), np.int64(2**62)

    def last(which: Bools) -> Ints:
        return np.maximum.reduceat(np.where(which, index, never), firsts)

    def first(which: Bools) -> Ints:
        found = np.minimum.reduceat(np.where(which, index, always), firsts)
        return np.where(found == always, never, found)

    customer, reply = told.said == CUSTOMER, told.said == REPLY
    last_seen, last_reply = last(reply | (told.said == NOTE)), last(reply)
    unseen = customer & (index > last_seen[told.conversation])
    return Remembered(
        last_chat=last(told.said != ACTIVITY),
        last_incoming=last(customer),
        first_reply=first(reply),
        last_seen=last_seen,
        waiting_from=first(customer & (index > last_reply[told.conversation])),
        unread=np.add.reduceat(unseen.astype(np.int64), firsts),
    )


def contact_rows(
    numbers: Numbers, account: Ints, counts: list[int], began: int, held: Conversations
) -> Iterator[pl.DataFrame]:
    """Contacts, whether or not they ever wrote."""
    of = np.repeat(account, counts)
    ids = np.concatenate(
        [first + np.arange(count) for first, count in zip(numbers.contacts, counts, strict=True)]
    )
    seen = np.full(int(ids[-1] - ids[0]) + 1, NEVER, np.int64)
    np.maximum.at(seen, held.contact - ids[0], held.created_at)
    given, family = pl.Series(GIVEN), pl.Series(FAMILY)
    for part in _slices(ids.size):
        some = ids[part]
        yield pl.DataFrame(
            {
                "account_id": of[part],
                "id": some,
                "given": given.gather(some * 31 % len(GIVEN)),
                "family": family.gather(some * 17 % len(FAMILY)),
                "last_activity_at": _instants(seen[part]),
            }
        ).select(
            "account_id",
            "id",
            pl.concat_str("given", pl.lit(" "), "family").alias("name"),
            pl.format("{}.{}@mail.example", pl.lit("person"), "id").alias("email"),
            pl.when(pl.col("id") % 2 == 0)
            .then(pl.format("+1555{}", pl.col("id").cast(pl.String).str.zfill(9)))
            .alias("phone_number"),
            "last_activity_at",
            pl.lit(began).cast(_INSTANT).alias("created_at"),
        )


def address_rows(
    pairs: pl.DataFrame, chats: set[int], began: int, token: str
) -> Iterator[pl.DataFrame]:
    """By which address each contact is known to each inbox they wrote to."""
    for part in pairs.iter_slices(SLICE):
        yield part.select(
            "account_id",
            "id",
            "contact_id",
            "inbox_id",
            pl.when(pl.col("inbox_id").is_in(sorted(chats)))
            .then(pl.format("visitor-{}", "id"))
            .otherwise(pl.format("person.{}@mail.example", "contact_id"))
            .alias("source_id"),
            pl.format("{}-{}", pl.lit(token), "id").alias("pubsub_token"),
            pl.lit(began).cast(_INSTANT).alias("created_at"),
        )


def conversation_rows(
    history: History, written: Written, first_id: int, account: Ints, addresses: Ints
) -> Iterator[pl.DataFrame]:
    """Conversations, true to their messages."""
    held, told = history.conversations, history.messages
    known = remember(history)
    last = np.append(held.firsts[1:], told.at.size) - 1
    surveyed = written.of_survey != NOBODY
    last_place = np.where(surveyed, written.of_survey, written.place[last])
    last_at = np.where(surveyed, written.at[np.maximum(written.of_survey, 0)], told.at[last])
    is_open, is_aside = held.status == OPEN, held.status == SNOOZED
    seen_at = np.where(is_open, _at(told.at, known.last_seen), last_at)
    frame = pl.DataFrame(
        {
            "account_id": account[held.account],
            "id": first_id + np.arange(held.account.size),
            "display_id": held.display_id,
            "inbox_id": held.inbox,
            "contact_id": held.contact,
            "contact_inbox_id": addresses,
            "assignee_id": _known(np.where(held.assigned, held.agent, NOBODY)),
            "team_id": _known(held.team),
            "status": held.status,
            "priority": _known(held.priority),
            "first_label": _known(held.labels[:, 0]),
            "second_label": _known(held.labels[:, 1]),
            "third_label": _known(held.labels[:, 2]),
            "waiting_since": _instants(
                np.where(held.status == RESOLVED, NEVER, _at(told.at, known.waiting_from))
            ),
            "first_reply_created_at": _instants(_at(told.at, known.first_reply)),
            "last_activity_at": _instants(last_at),
            "last_incoming_at": _instants(_at(told.at, known.last_incoming)),
            "agent_last_seen_at": _instants(seen_at),
            "assignee_last_seen_at": _instants(np.where(held.assigned, seen_at, NEVER)),
            "last_message_id": written.first_id + last_place,
            "last_chat_message_id": written.first_id + written.place[known.last_chat],
            "unread_count": np.where(is_open & ~is_aside, known.unread, 0),
            "created_at": _instants(held.created_at),
            "updated_at": _instants(np.maximum(last_at, held.closed_at)),
        }
    )
    labels = pl.concat_str(
        "first_label", "second_label", "third_label", separator=",", ignore_nulls=True
    )
    for part in frame.iter_slices(SLICE):
        yield part.with_columns(pl.format("{{{}}}", labels).alias("label_ids")).drop(
            "first_label", "second_label", "third_label"
        )


def message_rows(
    history: History, written: Written, first_conversation: int, account: Ints
) -> Iterator[pl.DataFrame]:
    """Messages in order, each with its text."""
    held, writer = history.conversations, Writer(SEED + 1)
    for part in _slices(written.count):
        of, said = written.conversation[part], written.said[part]
        texts = writer.texts(of.size)
        sender = np.where(
            said == CUSTOMER,
            held.contact[of],
            np.where((said == REPLY) | (said == NOTE), held.agent[of], NOBODY),
        )
        frame = pl.DataFrame(
            {
                "account_id": account[held.account[of]],
                "id": written.first_id + np.arange(part.start, part.start + of.size),
                "inbox_id": held.inbox[of],
                "conversation_id": first_conversation + of,
                "message_type": MESSAGE_TYPES[said],
                "private": said == NOTE,
                "said": said,
                "text": texts,
                "sender_id": _known(sender),
                "created_at": _instants(written.at[part]),
            }
        )
        yield frame.select(
            "account_id",
            "id",
            "inbox_id",
            "conversation_id",
            "message_type",
            "private",
            pl.when(pl.col("said") == SURVEY)
            .then(pl.lit("Please rate the conversation"))
            .when(pl.col("said") == ACTIVITY)
            .then(pl.lit("An agent changed the priority"))
            .otherwise("text")
            .alias("content"),
            pl.when(pl.col("said") == SURVEY)
            .then(INPUT_CSAT)
            .otherwise(TEXT)
            .alias("content_type"),
            pl.when(pl.col("said") == CUSTOMER)
            .then(pl.lit("Contact"))
            .when(pl.col("said").is_in([REPLY, NOTE]))
            .then(pl.lit("User"))
            .alias("sender_type"),
            "sender_id",
            pl.when(pl.col("message_type") == 1).then(READ).otherwise(0).alias("status"),
            pl.when(pl.col("said").is_in([CUSTOMER, REPLY, SURVEY]))
            .then(pl.format("scale.{}", "id"))
            .alias("source_id"),
            "created_at",
            pl.col("created_at").alias("updated_at"),
        )


def attachment_rows(written: Written, account_of: Ints) -> pl.DataFrame:
    """A picture on three messages in a hundred, kept elsewhere."""
    some = np.flatnonzero(np.random.default_rng(SEED + 2).random(written.count) < 0.03)
    some = some[np.isin(written.said[some], [CUSTOMER, REPLY])]
    return pl.DataFrame(
        {
            "account_id": account_of[written.conversation[some]],
            "message_id": written.first_id + some,
            "created_at": _instants(written.at[some]),
        }
    ).with_columns(
        pl.lit(0).alias("file_type"),
        pl.lit("picture.png").alias("file_name"),
        pl.lit("image/png").alias("mime_type"),
        pl.lit(48_213).alias("size"),
        pl.lit("https://files.example/picture.png").alias("external_url"),
    )


def survey_rows(
    history: History, written: Written, first_id: int, first_conversation: int, account: Ints
) -> pl.DataFrame:
    """The questions how it went; the answers of those who gave one."""
    held = history.conversations
    asked = np.flatnonzero(held.rated)
    replied = remember(history).first_reply[asked] != NEVER
    return pl.DataFrame(
        {
            "account_id": account[held.account[asked]],
            "id": first_id + np.arange(asked.size),
            "conversation_id": first_conversation + asked,
            "contact_id": held.contact[asked],
            "message_id": written.first_id + written.of_survey[asked],
            "agent_id": _known(np.where(replied, held.agent[asked], NOBODY)),
            "asked_at": _instants(held.closed_at[asked] + SECOND),
            "rating": _known(held.rated[asked]),
            "answered_at": _instants(held.rated_at[asked]),
        }
    )


def _slices(count: int) -> Iterator[slice]:
    for start in range(0, count, SLICE):
        yield slice(start, min(count, start + SLICE))


def _at(instants: Ints, index: Ints) -> Ints:
    return np.where(index == NEVER, NEVER, instants[np.maximum(index, 0)])


def _instants(values: Ints) -> pl.Series:
    return _known(values).cast(_INSTANT)


def _known(values: Ints | Small) -> pl.Series:
    """The values, absent where they say nobody or never."""
    series = pl.Series(values.astype(np.int64))
    return series.set(series == NOBODY, None)
