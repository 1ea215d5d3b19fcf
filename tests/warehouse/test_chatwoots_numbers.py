"""Chatwoot's numbers out of the lake: what bots do, and whose rules a time zone's offset stands for."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from assets.extract.sync import sync_lake
from desk.settings import Storage
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid
from desk.words.ids import AccountId
from tests.builders.diary import Story, append, employ, hours_change, open_account, open_inbox
from warehouse.chatwoot.breakdowns import bot_metrics
from warehouse.chatwoot.by_subject import by_subject
from warehouse.chatwoot.numbers import OF_BOTS, Name, series, totals
from warehouse.chatwoot.offset_zones import zone_of_offset
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every, Window
from warehouse.lake import Lake

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WINDOW = Window(NOON - timedelta(hours=12), NOON + timedelta(hours=12))
MINUTE = timedelta(minutes=1)


def test_what_a_bot_resolves_and_hands_over(
    shared_storage: Storage, shared_lake: Lake, shared_connection: psycopg.Connection[Any]
) -> None:
    account = open_account(shared_connection, "Europe/Oslo", NOON)
    inbox = open_inbox(shared_connection, account, NOON)
    maya = employ(shared_connection, account, NOON)
    week = hours_change(account, inbox, NOON - timedelta(days=9), zone="UTC")
    pending = ConversationStatus.PENDING

    by_bot = Story(account, inbox, NOON, status=pending).customer(NOON).bot(NOON + MINUTE)
    by_bot.move(NOON + 2 * MINUTE, ConversationStatus.RESOLVED, by_bot=True)
    # The customer comes back within the hour, and again: each close counts for Chatwoot.
    by_bot.move(NOON + 30 * MINUTE, pending).move(NOON + 32 * MINUTE, ConversationStatus.RESOLVED)

    handed = Story(account, inbox, NOON, status=pending, assignee=maya).customer(NOON)
    handed.bot(NOON + MINUTE).move(NOON + 10 * MINUTE, ConversationStatus.OPEN, by_bot=True)
    handed.reply(NOON + 14 * MINUTE, maya).customer(NOON + 20 * MINUTE).bot(NOON + 21 * MINUTE)
    handed.reply(NOON + 29 * MINUTE, maya).resolve(NOON + 8 * 60 * MINUTE, maya)

    # A person who takes it from the bot is no hand-over; a note ends the bot's part.
    taken = Story(account, inbox, NOON, status=pending).customer(NOON).note(NOON + MINUTE, maya)
    taken.move(NOON + 2 * MINUTE, ConversationStatus.OPEN, by=maya).resolve(NOON + 3 * MINUTE)

    append(shared_connection, [week, *by_bot.entries, *handed.entries, *taken.entries])
    sync_lake(shared_storage, shared_lake)

    scope = Scope(AccountId(account))
    asked = (*OF_BOTS, Name.FIRST_RESPONSE, Name.REPLY_TIME, Name.RESOLUTIONS, Name.RESOLUTION_TIME)
    found = totals(shared_lake, scope, asked, WINDOW)["current"]
    assert found == {
        Name.BOT_RESOLUTIONS: 2,
        Name.BOT_HANDOFFS: 1,
        # From the hand-over on.
        Name.FIRST_RESPONSE: 240.0,
        # The bot's word stopped the second wait.
        Name.REPLY_TIME: None,
        Name.RESOLUTIONS: 4,
        Name.RESOLUTION_TIME: (120 + 32 * 60 + 8 * 3600 + 180) / 4,
    }
    # Nine to five: the last close came three hours after closing time.
    open_hours = totals(shared_lake, scope, (Name.RESOLUTION_TIME,), WINDOW, business=True)
    assert open_hours["current"][Name.RESOLUTION_TIME] == (120 + 32 * 60 + 5 * 3600 + 180) / 4
    per_hour = series(shared_lake, scope, Name.BOT_RESOLUTIONS, WINDOW, Every.HOUR, UTC)
    assert [(one.start, one.n) for one in per_hour if one.n] == [(NOON, 2)]
    row = by_subject(shared_lake, scope.account, Kind.AGENT, WINDOW)[maya]
    assert (row.resolved, row.first_response_time, row.reply_time) == (1, 240.0, None)
    bots = bot_metrics(shared_lake, scope.account, [inbox], WINDOW)
    # The diary writes no conversations' rows: of none, nothing is a share.
    assert (bots.conversation_count, bots.resolution_rate, bots.handoff_rate) == (0, 0, 0)


def test_buckets_follow_the_clock_of_the_zone() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    autumn = Window(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert len(autumn.buckets(Every.DAY, oslo)) == 1
    assert len(autumn.buckets(Every.HOUR, oslo)) == 25
    kathmandu = autumn.buckets(Every.HOUR, ZoneInfo("Asia/Kathmandu"))
    assert kathmandu[0] == autumn.since - 45 * MINUTE
    year = Window(datetime(2026, 2, 3, tzinfo=UTC), datetime(2027, 2, 3, tzinfo=UTC))
    assert [at.month for at in year.buckets(Every.MONTH, UTC)] == [*range(2, 13), 1, 2]
    assert [at.year for at in year.buckets(Every.YEAR, UTC)] == [2026, 2027]
    assert all(at.isoweekday() == 7 for at in year.buckets(Every.WEEK, UTC))
    with pytest.raises(Invalid, match="buckets"):
        Window(datetime(1970, 1, 1, tzinfo=UTC), NOON).buckets(Every.HOUR, UTC)


def test_an_offset_stands_for_the_first_zone_that_has_it_now() -> None:
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    for hours, now, name in (
        (1, NOON, "Europe/Amsterdam"),
        (-5, NOON, "America/Bogota"),
        (-5, summer, "America/Chicago"),
        (5.5, NOON, "Asia/Kolkata"),
    ):
        assert zone_of_offset(hours, now) == ZoneInfo(name)
    assert zone_of_offset(0, NOON) is UTC
    assert zone_of_offset(0.25, NOON) == timezone(timedelta(minutes=15))
