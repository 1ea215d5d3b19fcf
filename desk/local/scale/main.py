"""Fills a desk at a scale: `python -m desk.local.scale.main NAME`, in one transaction."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import polars as pl
import psycopg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from desk.actions.employ_agent import api_token
from desk.clock import Clock, SystemClock
from desk.local.home import Home
from desk.local.refusal import Refusal
from desk.local.scale import rows
from desk.local.scale.copying import copy_in, without_indexes
from desk.local.scale.facts import Facts, beginnings
from desk.local.scale.histories import SECOND, History, make_history
from desk.local.scale.numbering import Ints, number, reserve
from desk.local.scale.people import People
from desk.local.scale.sizes import DAYS, Scale, scale_named
from desk.local.standalone import running
from desk.migrations.run import upgrade
from desk.settings import Settings
from desk.store.secrets import SecretBox
from desk.words.ids import UserId


class Seeded(msgspec.Struct, frozen=True):
    """What was made, and how to get in."""

    accounts: list[int]
    conversations: int
    messages: int
    facts: int
    email: str
    password: str
    api_access_token: str


def seed(settings: Settings, scale: Scale, console: Console, clock: Clock | None = None) -> Seeded:
    """Make all of it, or nothing."""
    now = (clock or SystemClock()).now()
    secrets = SecretBox(settings.security.secret)
    with psycopg.connect(settings.storage.database_url) as connection:
        _refuse_second(connection, scale)
        connection.execute("set local lock_timeout = '20s'")
        connection.execute("set local idle_in_transaction_session_timeout = 0")
        connection.execute("set local maintenance_work_mem = '512MB'")
        connection.execute("set local synchronous_commit = off")
        seeded = _fill(connection, scale, secrets, now, console)
    with psycopg.connect(settings.storage.database_url, autocommit=True) as connection:
        console.print("Vacuum and analyse")
        connection.execute("vacuum (analyze)")
    return seeded


def _refuse_second(connection: psycopg.Connection[Any], scale: Scale) -> None:
    found = connection.execute(
        "select count(*) from accounts where settings ->> 'scale' = %s", [scale.name]
    ).fetchone()
    if found and found[0]:
        raise Refusal(
            "already_seeded",
            f"This desk holds the scale {scale.name} already ({found[0]} accounts). "
            "Seed another home: --home FOLDER.",
        )


def _fill(
    connection: psycopg.Connection[Any],
    scale: Scale,
    secrets: SecretBox,
    now: datetime,
    console: Console,
) -> Seeded:
    began = now - timedelta(days=DAYS + 1)
    numbers = number(connection, scale)
    people = People(scale, numbers, secrets, began)
    history = make_history(scale, numbers, now)
    written = rows.in_order(history, 0)
    written = msgspec.structs.replace(
        written, first_id=reserve(connection, "messages", written.count)
    )
    held = history.conversations
    first_conversation = reserve(connection, "conversations", held.account.size)
    first_survey = reserve(connection, "csat_surveys", int(np.count_nonzero(held.rated)))
    facts = Facts(history, written, first_conversation, first_survey)
    for table, frame in people.frames():
        copy_in(connection, table, frame)
    with without_indexes(connection), _progress(console) as shown:
        account = numbers.accounts
        began_at = int(began.timestamp() * SECOND)
        counts = [size.contacts for size in scale.accounts]
        pairs, addresses = _addresses(connection, history, account)

        def copied(table: str, frames: Iterable[pl.DataFrame], total: int) -> None:
            task = shown.add_task(table, total=total)
            for frame in frames:
                copy_in(connection, table, frame)
                shown.advance(task, frame.height)

        copied("contacts", rows.contact_rows(numbers, account, counts, began_at, held), sum(counts))
        token = secrets.token("scale visitors", scale.name)[:16]
        copied(
            "contact_inboxes",
            rows.address_rows(pairs, people.chats, began_at, token),
            pairs.height,
        )
        copied(
            "conversations",
            rows.conversation_rows(history, written, first_conversation, account, addresses),
            held.account.size,
        )
        copied(
            "messages",
            rows.message_rows(history, written, first_conversation, account),
            written.count,
        )
        files = rows.attachment_rows(written, account[held.account])
        copied("attachments", [files], files.height)
        surveys = rows.survey_rows(history, written, first_survey, first_conversation, account)
        copied("csat_surveys", [surveys], surveys.height)
        first = beginnings(people.facts, began)
        copied("events", [first], first.height)
        copied("events", facts.rows(account), facts.count)
        shown.add_task("indexes and references", total=None)
    connection.execute(
        "select fold_tallies(id) from accounts where id = any(%s)", [account.tolist()]
    )
    email, password = people.administrator(0)
    return Seeded(
        accounts=account.tolist(),
        conversations=held.account.size,
        messages=written.count,
        facts=facts.count,
        email=email,
        password=password,
        api_access_token=api_token(secrets, UserId(int(numbers.users[0]))),
    )


def _addresses(
    connection: psycopg.Connection[Any], history: History, account: Ints
) -> tuple[pl.DataFrame, Ints]:
    """One address for each contact and inbox that met, and each conversation's."""
    held = history.conversations
    met = pl.DataFrame(
        {"account_id": account[held.account], "contact_id": held.contact, "inbox_id": held.inbox}
    )
    pairs = met.unique(maintain_order=True)
    first = reserve(connection, "contact_inboxes", pairs.height)
    pairs = pairs.with_columns(pl.Series("id", first + np.arange(pairs.height)))
    found = met.join(pairs, on=met.columns, how="left", maintain_order="left")["id"]
    return pairs, found.to_numpy()


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


@contextmanager
def _database(environment: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The environment itself, or that of the home's own Postgres, started for the block."""
    if environment.get("DATABASE_URL"):
        yield environment
        return
    with running(Home(Path(environment["STREAMDESK_HOME"])), ("postgres",)) as started:
        upgrade(started["DATABASE_URL"])
        yield started


def main() -> None:
    console = Console()
    try:
        scale = scale_named(sys.argv[1])
        with _database(os.environ) as environment:
            made = seed(Settings.from_environment(environment), scale, console)
    except Refusal as refusal:
        sys.exit(refusal.sentence)
    console.print(
        f"{made.conversations:,} conversations, {made.messages:,} messages and {made.facts:,} facts "
        f"in accounts {made.accounts[0]} to {made.accounts[-1]}."
    )
    console.print(
        f"Sign in as {made.email} with the password {made.password}, or send the "
        f"api_access_token {made.api_access_token}.",
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
