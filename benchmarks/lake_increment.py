"""Changed rows of a desk into the lake, facts and marts included: how many, and of how large a desk."""

import os
from collections import defaultdict
from contextlib import ExitStack
from statistics import median, quantiles

from assets.extract.sync import sync_lake
from benchmarks.a_large_desk import large_desk, note
from benchmarks.copying import peak_megabytes
from benchmarks.result import Result, compare
from benchmarks.spent import Spent, spent
from benchmarks.stage import Stage
from desk.settings import Settings, Storage
from warehouse.lake import Lake

LARGE, SMALL = "one", "one-small"

ROUNDS = {70: 4, 700: 4, 7_000: 11, 70_000: 2}
"""How often so many rows change; the first round of each kind only warms up, if there are more."""

USUAL = 7_000
"""About half a minute of a very busy desk."""

_ROWS = 8
"""Rows that one conversation's going on changes."""

_CHANGE = """
with bounds as (select min(id) as low, max(id) as high from conversations),
someone as (select min(user_id) as user_id from account_users),
chosen as (
    (select account_id, id, inbox_id, coalesce(assignee_id, user_id) as assignee_id
     from conversations, someone
     order by id desc offset %(round)s::bigint * %(active)s limit %(active)s - %(old)s)
    union
    -- One in ten is an old one.
    (select account_id, id, inbox_id, coalesce(assignee_id, user_id)
     from conversations, someone where id in (
        select low + mod(n * 7919 + %(round)s * 104729, high - low + 1)
        from bounds, generate_series(1, %(old)s) n))
),
said as (
    insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
        sender_type, sender_id, created_at, updated_at)
    select account_id, inbox_id, id, k, false, 'words', case k when 1 then 'User' else 'Contact' end,
           case k when 1 then assignee_id else id end, now() + k * interval '1 millisecond', now()
    from chosen, generate_series(0, 1) k
    returning account_id, id, conversation_id, inbox_id, message_type, sender_type, sender_id,
              created_at
),
told as (
    insert into events (account_id, name, conversation_id, "at", actor_kind, actor_id, fact, quiet)
    select account_id, 'message_created', conversation_id, created_at, lower(sender_type),
           sender_id, jsonb_build_object('type', 'message_created', 'message_id', id,
           'conversation_id', conversation_id, 'inbox_id', inbox_id, 'message_type', message_type,
           'private', false, 'sender_type', sender_type, 'sender_id', sender_id,
           'assignee_id', null, 'team_id', null), true
    from said
    union all
    select account_id, 'message_status_changed', conversation_id,
           created_at + step * interval '1 millisecond', 'system', null, jsonb_build_object(
           'type', 'message_status_changed', 'message_id', id, 'conversation_id', conversation_id,
           'before', step - 1, 'after', step), true
    from said, generate_series(1, 2) step where message_type = 1
    union all
    select account_id, 'conversation_status_changed', id, now() + interval '9 milliseconds', 'user',
           assignee_id, jsonb_build_object('type', 'conversation_status_changed',
           'conversation_id', id, 'inbox_id', inbox_id, 'before', 0, 'after', 1,
           'reason', 'agent', 'assignee_id', assignee_id, 'team_id', null), true
    from chosen
    returning id
),
touched as (
    update conversations set last_activity_at = now(), first_reply_created_at =
        coalesce(first_reply_created_at, now() + interval '1 millisecond')
    where (account_id, id) in (select account_id, id from chosen) returning id
)
select count(*) from told
"""


class Desk:
    """A seeded desk whose lake follows it."""

    def __init__(self, house: Stage) -> None:
        self._house = house
        self._storage: Storage = Settings.from_environment(house.environment).storage
        self._lake = Lake.writer(self._storage)
        self.taken: dict[int, list[Spent]] = defaultdict(list)
        self.facts: dict[int, list[int]] = defaultdict(list)
        note(sync_lake(self._storage, self._lake).line())

    def go_on(self, changes: int, number: int) -> None:
        """So many rows change, and the lake follows."""
        active = changes // _ROWS
        self._house.database.execute(
            _CHANGE.encode(), {"round": number, "active": active, "old": -(-active // 10)}
        )
        with spent(self._house) as took:
            report = sync_lake(self._storage, self._lake)
        if report.how != "increment":
            raise AssertionError(report.line())
        self.taken[changes].append(took)
        self.facts[changes].append(report.facts)

    def seconds(self, changes: int, what: str = "wall") -> float:
        """The median of what so many changes took."""
        taken = self.taken[changes]
        return float(median(getattr(one, what) for one in taken[len(taken) > 1 :]))

    def close(self) -> None:
        """Let go, once the lake was found equal to the desk."""
        report = sync_lake(self._storage, self._lake, check=True)
        self._lake.close()
        if report.differences:
            raise AssertionError(report.line())


def run() -> Result:
    """Each number of changes at the large desk and at one of a tenth of its size, in turn."""
    with ExitStack() as stack:
        large, small = (Desk(stack.enter_context(large_desk(name))) for name in (LARGE, SMALL))
        number = 0
        for changes, rounds in ROUNDS.items():
            for _ in range(rounds):
                number += 1
                large.go_on(changes, number % 5)
                small.go_on(changes, number % 5)
        large.close()
        small.close()
    walls = [one.wall for one in large.taken[USUAL][1:]]
    details = {
        "p95_seconds": quantiles(walls, n=20)[-1],
        "facts_written": float(median(large.facts[USUAL])),
        "machine_load": os.getloadavg()[0],
        "peak_megabytes_of_the_process": peak_megabytes(),
    }
    for changes in ROUNDS:
        for name, desk in (("large", large), ("small", small)):
            details[f"{name}_{changes}_seconds"] = desk.seconds(changes)
            details[f"{name}_{changes}_cpu_seconds"] = desk.seconds(changes, "cpu")
    return compare(
        "lake_increment",
        f"bring {USUAL:,} changed rows of a desk of 500,000 conversations into raw tables, facts "
        "and marts; the reference is as many changes of a desk of a tenth of its size",
        "s",
        ours=large.seconds(USUAL),
        reference=small.seconds(USUAL),
        goal="<= 1.25, and ours <= 0.6 s",
        details=details,
    )
