"""Facts and marts kept up by what new events change, told apart in memory.

The whole stories of the conversations that went on are read once. The facts of a story without its
new events are those the lake holds, so it need not be asked for them. Both are made in one go: the
stories as they were stand under their accounts' negative numbers. What differs is written, and
the marts are the sum of such differences.
"""

from collections import Counter

import duckdb

from warehouse import build
from warehouse.models import FACTS, MARTS, SETTINGS, Model

Connection = duckdb.DuckDBPyConnection

_MERGE = next(model for model in SETTINGS if model.name == "merge")


def rebuild_from_stories(connection: Connection) -> Counter[str]:
    """Bring facts and marts up to date from `stories`, of whose events `changed_events` are new."""
    moved: Counter[str] = Counter()
    moved["conversations"] = build.make(
        connection, "scope", "select distinct account_id, conversation_id from stories"
    )
    if not moved["conversations"]:
        return moved
    connection.execute("insert into scope select -account_id, conversation_id from scope")
    connection.execute(
        """create or replace temp view scoped_events as
           from stories union all
           select * replace (-account_id as account_id) from stories
           where id not in (select id from changed_events)"""
    )
    build.run_steps(connection)
    moved["facts.merge"] = _take_merges(connection)
    for model in FACTS:
        moved[model.label] = _write_difference(connection, model)
    build.make(
        connection,
        "dirty_days",
        " union ".join(
            f"select abs(account_id) as account_id, day from dirty_{model.name}" for model in FACTS
        ),
    )
    for mart in MARTS:
        moved["days"] = max(moved["days"], _add_up(connection, mart))
    return moved


def _take_merges(connection: Connection) -> int:
    found = build.make(
        connection,
        "setting_events",
        "select * from changed_events where name = 'conversation_merged'",
    )
    if found:
        connection.execute(f"insert into lake.facts.merge {_MERGE.sql}")
    return found


def _write_difference(connection: Connection, model: Model) -> int:
    """Put into `changed_<fact>` what came under its account, and what went under its negative."""
    name = f"changed_{model.name}"
    different = build.make(
        connection,
        name,
        f"""
        select * exclude (side) replace (account_id * side as account_id)
        from (
            select * exclude (number), sum(number)::bigint as side
            from (select * replace (abs(account_id) as account_id), sign(account_id) as number
                  from ({model.sql}))
            group by all
            having side <> 0
        )""",
    )
    if different:
        gone = build.make(
            connection,
            "gone",
            f"select * replace (-account_id as account_id) from {name} where account_id < 0",
        )
        if gone:
            build.withdraw(connection, model, "gone")
        connection.execute(f"insert into {model.table} from {name} where account_id > 0")
    connection.execute(f"create or replace temp view dirty_{model.name} as from {name}")
    return different


def _add_up(connection: Connection, mart: Model) -> int:
    """Add what came and take off what went; on how many account-days."""
    if not build.make(connection, "mart_change", mart.sql):
        return 0
    days = build.make(
        connection,
        "mart_days",
        "select distinct abs(account_id) as account_id, day from mart_change",
    )
    within = build.in_list(connection, "select distinct day from mart_days", "held.day")
    columns = connection.execute("describe mart_change").fetchall()
    grain = [str(row[0]) for row in columns if row[0] in (*mart.key, "channel")]
    sums = [str(row[0]) for row in columns if row[0] not in grain]
    counts = [str(row[0]) for row in columns if row[0] in sums and row[1] == "BIGINT"]
    names = ", ".join([*grain, *sums])
    signed = ", ".join(
        [
            "abs(account_id) as account_id",
            *grain[1:],
            *(f"sign(account_id) * {name} as {name}" for name in sums),
        ]
    )
    build.make(
        connection,
        "mart_grain",
        f"select distinct abs(account_id) as account_id, {', '.join(grain[1:])} from mart_change",
    )
    same = " and ".join(f"held.{name} is not distinct from mart_grain.{name}" for name in grain)
    build.make(
        connection,
        "mart_now",
        f"""
        select {", ".join([*grain, *(f"sum({name}) as {name}" for name in sums)])}
        from (
            select {names} from {mart.table} as held semi join mart_grain on {same}
            where {within}
            union all
            select {signed} from mart_change
        )
        group by {", ".join(grain)}
        having {" or ".join(f"sum({name}) <> 0" for name in counts)}""",
    )
    connection.execute(
        f"delete from {mart.table} as held using mart_grain where {within} and {same}"
    )
    connection.execute(f"insert into {mart.table} ({names}) from mart_now")
    return days
