"""Facts and marts kept up by what new events change, told apart in memory.

The whole stories of the conversations that went on are read once. The facts of a story without its
new events are those the lake holds, so it need not be asked for them: what the new events add or
take back is the difference, and the marts are the sum of such differences.
"""

from collections import Counter

import duckdb

from warehouse import build
from warehouse.models import FACTS, MARTS, Model

Connection = duckdb.DuckDBPyConnection


def rebuild_from_stories(connection: Connection) -> Counter[str]:
    """Bring facts and marts up to date from `stories`, of whose events `changed_events` are new."""
    moved: Counter[str] = Counter()
    moved["conversations"] = build.make(
        connection, "scope", "select distinct account_id, conversation_id from stories"
    )
    if not moved["conversations"]:
        return moved
    # With the new events first: their instants bound those without.
    _facts_of(connection, "now", "true", with_times=True)
    _facts_of(connection, "before", "id not in (select id from changed_events)", with_times=False)
    for model in FACTS:
        now, before = f"now_{model.name}", f"before_{model.name}"
        gone = build.make(connection, f"gone_{model.name}", f"from {before} except from {now}")
        fresh = build.make(connection, f"fresh_{model.name}", f"from {now} except from {before}")
        moved[model.label] = gone + fresh
        if gone:
            build.withdraw(connection, model, f"gone_{model.name}")
        if fresh:
            connection.execute(f"insert into {model.table} select * from fresh_{model.name}")
    for mart in MARTS:
        moved["days"] = max(moved["days"], _add_up(connection, mart))
    return moved


def _facts_of(connection: Connection, side: str, where: str, *, with_times: bool) -> None:
    connection.execute(
        f"create or replace temp view scoped_events as select * from stories where {where}"
    )
    build.run_steps(connection, with_times=with_times)
    for model in FACTS:
        build.make(connection, f"{side}_{model.name}", model.sql)


def _add_up(connection: Connection, mart: Model) -> int:
    """Add what came and take off what went; on how many account-days."""
    columns = [
        (str(row[0]), str(row[1]))
        for row in connection.execute(f"describe {mart.table}").fetchall()
    ]
    grain = [name for name, _ in columns if name in (*mart.key, "channel")]
    sums = [name for name, _ in columns if name not in grain]
    counts = [name for name, kind in columns if name in sums and kind == "BIGINT"]
    names = ", ".join([*grain, *sums])
    negated = ", ".join([*grain, *(f"-{name} as {name}" for name in sums)])
    for side in ("fresh", "gone"):
        for model in FACTS:
            connection.execute(
                f"create or replace temp view dirty_{model.name} as from {side}_{model.name}"
            )
        build.make(connection, f"mart_{side}", f"select {names} from ({mart.sql})")
    build.make(
        connection,
        "mart_change",
        f"from mart_fresh union all select {negated} from mart_gone",
    )
    days = build.make(connection, "mart_days", "select distinct account_id, day from mart_change")
    if not days:
        return 0
    within = build.in_list(connection, "select distinct day from mart_days", "day")
    build.make(
        connection,
        "mart_now",
        f"""
        select {", ".join(grain)}, {", ".join(f"sum({name}) as {name}" for name in sums)}
        from (
            select {names} from {mart.table} semi join mart_days using (account_id, day)
            where {within}
            union all from mart_change
        )
        group by all
        having {" or ".join(f"sum({name}) <> 0" for name in counts)}""",
    )
    connection.execute(
        f"delete from {mart.table} where {within} and (account_id, day) in (from mart_days)"
    )
    connection.execute(f"insert into {mart.table} ({names}) from mart_now")
    return days


def forget(connection: Connection) -> None:
    """Give the memory back."""
    tables = ("stories", "mart_fresh", "mart_gone", "mart_change", "mart_days", "mart_now")
    sides = ("now", "before", "gone", "fresh")
    for table in (*tables, *(f"{side}_{model.name}" for side in sides for model in FACTS)):
        connection.execute(f"drop table if exists {table}")
