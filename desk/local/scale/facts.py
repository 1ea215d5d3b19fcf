"""The event log that such a history would have left: quiet facts, in order of time.

Left out is what no report reads: contacts that came into being, receipts, read marks.
"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import polars as pl

from desk.local.scale.histories import (
    CUSTOMER,
    NEVER,
    NOBODY,
    NOTE,
    REPLY,
    SECOND,
    History,
)
from desk.local.scale.numbering import Ints
from desk.local.scale.rows import MESSAGE_TYPES, Written, remember

SLICE = 200_000

CREATED, MESSAGE, ASSIGNED, LABELLED, CLOSED, ASKED, RATED = range(7)
NAMES = (
    "conversation_created",
    "message_created",
    "conversation_assigned",
    "conversation_labels_changed",
    "conversation_status_changed",
    "rating_asked",
    "rating_given",
)


class Facts:
    """Every fact as kind, instant, conversation and, for messages, place."""

    def __init__(
        self, history: History, written: Written, first_conversation: int, first_survey: int
    ) -> None:
        self._history = history
        self._written = written
        self._first_conversation = first_conversation
        held = history.conversations
        everything = np.arange(held.account.size)
        # Given to its agent halfway to the second message, or within ten minutes.
        second = np.minimum(held.firsts + 1, history.messages.at.size - 1)
        alone = np.diff(np.append(held.firsts, history.messages.at.size)) == 1
        gap = np.where(alone, 10 * 60 * SECOND, history.messages.at[second] - held.created_at)
        self._given_at = held.created_at + np.minimum(gap // 2, 10 * 60 * SECOND)
        asked = np.flatnonzero(held.rated)
        self._survey = np.full(held.account.size, NOBODY, np.int64)
        self._survey[asked] = first_survey + np.arange(asked.size)
        first_reply = remember(history).first_reply
        self._replied = first_reply != NEVER
        self._first_reply = np.where(
            self._replied, written.place[np.maximum(first_reply, 0)], NOBODY
        )
        given, labelled = np.flatnonzero(held.assigned), np.flatnonzero(held.labels[:, 0] != NOBODY)
        closed, rated = np.flatnonzero(held.closed_at != NEVER), np.flatnonzero(held.rated > 0)
        parts = [
            (CREATED, everything, held.created_at),
            (MESSAGE, written.conversation, written.at),
            (ASSIGNED, given, self._given_at[given]),
            (LABELLED, labelled, self._given_at[labelled] + 1),
            (CLOSED, closed, held.closed_at[closed]),
            (ASKED, asked, held.closed_at[asked] + SECOND),
            (RATED, rated, held.rated_at[rated]),
        ]
        kind = np.concatenate([np.full(of.size, kind, np.int8) for kind, of, _ in parts])
        place = np.full(kind.size, NOBODY, np.int64)
        place[kind == MESSAGE] = np.arange(written.count)
        at = np.concatenate([when for *_, when in parts])
        order = np.argsort(at, kind="stable")
        self._kind, self._at, self._place = kind[order], at[order], place[order]
        self._of = np.concatenate([of for _, of, _ in parts])[order]

    @property
    def count(self) -> int:
        return int(self._at.size)

    def rows(self, account: Ints) -> Iterator[pl.DataFrame]:
        """Rows of the event log."""
        for start in range(0, self.count, SLICE):
            yield self._rows(slice(start, start + SLICE), account)

    def _rows(self, part: slice, account: Ints) -> pl.DataFrame:
        held, written = self._history.conversations, self._written
        kind, of, at = self._kind[part], self._of[part], self._at[part]
        place = np.maximum(self._place[part], 0)
        said = np.where(kind == MESSAGE, written.said[place], -1)
        by_customer = (said == CUSTOMER) | (kind == CREATED) | (kind == RATED)
        by_agent = (said == REPLY) | (said == NOTE) | np.isin(kind, [ASSIGNED, LABELLED, CLOSED])
        frame = pl.DataFrame(
            {
                "account_id": account[held.account[of]],
                "kind": kind,
                "conversation_id": self._first_conversation + of,
                "at": pl.Series(at).cast(pl.Datetime("us")),
                "actor_kind": np.where(
                    by_customer, "contact", np.where(by_agent, "user", "system")
                ),
                "contact": held.contact[of],
                "agent": held.agent[of],
                "by_customer": by_customer,
                "by_agent": by_agent,
                "inbox": held.inbox[of],
                "team": _or_null(held.team[of]),
                "holder": _or_null(
                    np.where(held.assigned[of] & (at >= self._given_at[of]), held.agent[of], NOBODY)
                ),
                "status": held.status[of],
                "message": written.first_id + place,
                "message_type": MESSAGE_TYPES[np.maximum(said, 0)],
                "private": said == NOTE,
                "first_reply": self._place[part] == self._first_reply[of],
                "survey": self._survey[of],
                "credited": _or_null(np.where(self._replied[of], held.agent[of], NOBODY)),
                "rating": held.rated[of],
                "labels": _list_of(held.labels[of]),
            }
        )
        actor = pl.when("by_customer").then("contact").when("by_agent").then("agent")
        sender_type = (
            pl.when("by_customer")
            .then(pl.lit('"Contact"'))
            .when("by_agent")
            .then(pl.lit('"User"'))
            .otherwise(pl.lit("null"))
        )
        sender = actor.cast(pl.String).fill_null("null")
        boolean = {True: "true", False: "false"}
        rest = {
            CREATED: pl.format(
                '"inbox_id":{},"contact_id":{},"status":0,"assignee_id":null,"team_id":{}',
                "inbox", "contact", "team",
            ),
            MESSAGE: pl.format(
                '"message_id":{},"inbox_id":{},"message_type":{},"private":{},"sender_type":{},'
                '"sender_id":{},"assignee_id":{},"team_id":{},"first_reply":{},"echo_id":null',
                "message", "inbox", "message_type",
                pl.col("private").replace_strict(boolean), sender_type, sender,
                "holder", "team", pl.col("first_reply").replace_strict(boolean),
            ),
            ASSIGNED: pl.format('"before":null,"after":{}', "agent"),
            LABELLED: pl.format('"added":[{}],"removed":[]', "labels"),
            CLOSED: pl.format(
                '"inbox_id":{},"before":0,"after":{},"reason":"agent","assignee_id":{},'
                '"team_id":{},"snoozed_until":null',
                "inbox", "status", "holder", "team",
            ),
            ASKED: pl.format('"survey_id":{},"agent_id":{}', "survey", "credited"),
            RATED: pl.format(
                '"survey_id":{},"rating":{},"agent_id":{}', "survey", "rating", "credited"
            ),
        }  # fmt: skip
        told = pl.lit(None, pl.String)
        for number, words in rest.items():
            told = pl.when(pl.col("kind") == number).then(words).otherwise(told)
        name = pl.col("kind").replace_strict(dict(enumerate(NAMES)), return_dtype=pl.String)
        return frame.select(
            "account_id",
            name.alias("name"),
            "conversation_id",
            "at",
            "actor_kind",
            actor.alias("actor_id"),
            pl.format(
                '{{"type":"{}","conversation_id":{},{}}}', name, "conversation_id", told
            ).alias("fact"),
            pl.lit(True).alias("quiet"),
            pl.col("at").alias("done_at"),
        )


def beginnings(facts: list[tuple[int, str, str]], began: datetime) -> pl.DataFrame:
    """Rows of the log for what was there before the first conversation."""
    return pl.DataFrame(facts, schema=["account_id", "name", "fact"], orient="row").with_columns(
        pl.lit(began).alias("at"),
        pl.lit("system").alias("actor_kind"),
        pl.lit(True).alias("quiet"),
        pl.lit(began).alias("done_at"),
    )


def _or_null(values: Ints) -> pl.Series:
    series = pl.Series(values).cast(pl.String)
    return series.set(pl.Series(values == NOBODY), "null")


def _list_of(labels: Ints) -> pl.Series:
    frame = pl.DataFrame({f"l{n}": labels[:, n] for n in range(labels.shape[1])})
    present = [pl.when(pl.col(name) != NOBODY).then(pl.col(name)) for name in frame.columns]
    return frame.select(pl.concat_str(present, separator=",", ignore_nulls=True).alias("labels"))[
        "labels"
    ]
