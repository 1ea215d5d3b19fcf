"""Facts and marts kept up by what new events change, told apart in memory.

The whole stories of the conversations that went on are read once. The facts of a story without its
new events are those the lake holds, so it need not be asked for them. Both are made in one go: the
stories as they were stand under their accounts' negative numbers. They are told only once, since
what was true at a moment does not depend on what came later. What differs is written, and the
marts are the sum of such differences.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse import build
from warehouse.merges import NEW, add_their_others
from warehouse.models import FACTS, MARTS, SETTINGS, Model

Connection = duckdb.DuckDBPyConnection

_SIGNED = {"parsed": ("account_id",), "moments": ("account_id", "moment_id")}
"""The steps from which what follows is made, and their columns that tell the two sides apart."""

_BEGINNING = "conversation_created"
"""The event with which a story begins; from it all moments know their inbox and contact."""

_MERGE = next(model for model in SETTINGS if model.name == "merge")


def compare(connection: Connection) -> int:
    """Find out how facts and marts differ by `stories`, of whose events `changed_events` are new.

    Nothing is written; the number of conversations. Those whose story did not simply go on are left
    out, and named in `late`. To be called outside of transactions: within one, the planner knows
    nothing of its tables.
    """
    conversations = build.make(
        connection, "scope", "select distinct account_id, conversation_id from stories"
    )
    connection.execute(
        "create or replace temp view scoped_events as "
        "select *, id in (select id from changed_events) as is_new from stories"
    )
    build.tell(connection)
    conversations -= _leave_out_late(connection)
    with _as_they_were(connection):
        build.conclude(connection)
        for model in FACTS:
            _differ(connection, model)
    for mart in MARTS:
        _add_up(connection, mart)
    return conversations


def write(connection: Connection) -> Counter[str]:
    """Write what was found to differ."""
    moved: Counter[str] = Counter()
    moved["facts.merge"] = _take_merges(connection)
    for model in FACTS:
        moved[model.label] = _write_difference(connection, model)
    build.make(
        connection,
        "dirty_days",
        " union ".join(
            f"select abs(account_id) as account_id, day from changed_{model.name}"
            for model in FACTS
        ),
    )
    for mart in MARTS:
        moved["days"] = max(moved["days"], _write_sums(connection, mart))
    return moved


def some_are_late(connection: Connection) -> bool:
    """Were some left out?"""
    return _count(connection, "select 1 from late limit 1") > 0


def _leave_out_late(connection: Connection) -> int:
    """Leave out where an event came between older ones, or of what is older the beginning lacks."""
    found = build.make(
        connection,
        "late",
        f"""
        select account_id, conversation_id from step_moments group by all
        having max(step) filter (not is_new) > min(step) filter (is_new)
            or (not bool_and(is_new) and arg_min(name, step) <> '{_BEGINNING}')""",
    )
    if not found:
        return 0
    add_their_others(connection, "late", also=NEW)
    for step in _SIGNED:
        connection.execute(
            f"delete from step_{step} "
            "where (account_id, conversation_id) in (select account_id, conversation_id from late)"
        )
    return _count(connection, "from late semi join scope using (account_id, conversation_id)")


@contextmanager
def _as_they_were(connection: Connection) -> Iterator[None]:
    """Let the steps that follow see, beside all moments, the older ones under negative numbers."""
    for step, signed in _SIGNED.items():
        negative = ", ".join(f"-{column} as {column}" for column in signed)
        connection.execute(f"alter table step_{step} rename to all_{step}")
        connection.execute(
            f"create temp view step_{step} as from all_{step} union all "
            f"select * replace ({negative}) from all_{step} where not is_new"
        )
    try:
        yield
    finally:
        for step in _SIGNED:
            connection.execute(f"drop view step_{step}")
            connection.execute(f"drop table all_{step}")


def _take_merges(connection: Connection) -> int:
    found = build.make(
        connection,
        "setting_events",
        "select * from changed_events where name = 'conversation_merged'",
    )
    if found:
        connection.execute(f"insert into lake.facts.merge {_MERGE.sql}")
    return found


def _differ(connection: Connection, model: Model) -> None:
    """Put into `changed_<fact>` what came under its account, and what went under its negative."""
    name = f"changed_{model.name}"
    build.make(
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
    connection.execute(f"create or replace temp view dirty_{model.name} as from {name}")


def _write_difference(connection: Connection, model: Model) -> int:
    name = f"changed_{model.name}"
    gone = build.make(
        connection,
        "gone",
        f"select * replace (-account_id as account_id) from {name} where account_id < 0",
    )
    if gone:
        build.withdraw(connection, model, "gone")
    fresh = _count(connection, f"select 1 from {name} where account_id > 0")
    if fresh:
        connection.execute(f"insert into {model.table} from {name} where account_id > 0")
    return gone + fresh


def _add_up(connection: Connection, mart: Model) -> None:
    """Put into `changed_<mart>` how much is to be added to each of its rows."""
    columns = _columns(connection, mart.table)
    grain = _grain(mart, columns)
    sums = [name for name in columns if name not in grain]
    signed = ", ".join(
        f"sum(sign(account_id) * {name})::{columns[name]} as {name}" for name in sums
    )
    build.make(
        connection,
        f"changed_{mart.name}",
        f"select abs(account_id) as account_id, {', '.join([*grain[1:], signed])} "
        f"from ({mart.sql}) group by abs(account_id), {', '.join(grain[1:])} "
        f"having {' or '.join(f'{name} <> 0' for name in sums)}",
    )


def _write_sums(connection: Connection, mart: Model) -> int:
    """Add that to the mart; on how many account-days."""
    change = f"changed_{mart.name}"
    days = _count(connection, f"select distinct account_id, day from {change}")
    if not days:
        return 0
    columns = _columns(connection, change)
    grain = _grain(mart, columns)
    sums = [name for name in columns if name not in grain]
    within = build.in_list(connection, f"select distinct day from {change}", "held.day")
    same = " and ".join(
        f"held.{name} {'=' if name in mart.order else 'is not distinct from'} change.{name}"
        for name in grain
    )
    more = ", ".join(f"{name} = held.{name} + change.{name}" for name in sums)
    connection.execute(
        f"merge into {mart.table} as held using {change} as change on {within} and {same} "
        f"when matched then update set {more} "
        f"when not matched then insert ({', '.join(columns)}) values "
        f"({', '.join(f'change.{name}' for name in columns)})"
    )
    if _count(connection, f"select 1 from {change} where facts < 0 limit 1"):
        # Files that hold no such row are not opened.
        connection.execute(f"delete from {mart.table} where facts = 0")
    return days


def _columns(connection: Connection, table: str) -> dict[str, str]:
    described = connection.execute(f"describe {table}").fetchall()
    return {str(row[0]): str(row[1]) for row in described}


def _grain(mart: Model, columns: dict[str, str]) -> list[str]:
    return [name for name in columns if name in (*mart.key, "channel")]


def _count(connection: Connection, query: str) -> int:
    row = connection.execute(f"select count(*) from ({query})").fetchone()
    return int(row[0]) if row else 0
