"""Whether the desk has the past that the lake knows: one that was set back has lost some of it."""

import duckdb

from assets.extract.source import postgres_query

Connection = duckdb.DuckDBPyConnection

LOOKED_AT = 100
"""So many of the newest facts are compared; where history parted, those are the ones to differ."""

_AT_THE_DESK = "md5(concat_ws('/', (extract(epoch from at) * 1000000)::bigint, lc_xid, fact))"
_IN_THE_LAKE = """md5(concat_ws('/', epoch_us("at"), lc_xid, fact))"""


def has_the_same_past(connection: Connection, horizon: int) -> bool:
    """Compare the newest facts below the horizon, which no transaction adds to any more.

    A history that went on from an earlier point has none there, or others under the same numbers.
    """
    return _all_known_to_the_lake(connection, horizon) and _all_known_to_the_desk(
        connection, horizon
    )


def _all_known_to_the_lake(connection: Connection, horizon: int) -> bool:
    newest = postgres_query(
        f"select account_id, id, {_AT_THE_DESK} as print from events "
        f"where lc_xid < '{horizon}'::xid8 order by lc_xid desc limit {LOOKED_AT}"
    )
    other = connection.execute(
        f"select 1 from ({newest}) left join lake.raw.events using (account_id, id) "
        f"where print is distinct from {_IN_THE_LAKE} limit 1"
    ).fetchone()
    return other is None


def _all_known_to_the_desk(connection: Connection, horizon: int) -> bool:
    newest = connection.execute(
        f"select account_id, id, {_IN_THE_LAKE} from lake.raw.events "
        f"where lc_xid < {horizon} order by lc_xid desc limit {LOOKED_AT}"
    ).fetchall()
    accounts, ids, prints = (",".join(str(row[side]) for row in newest) for side in range(3))
    other = connection.execute(
        postgres_query(
            f"select 1 from unnest('{{{accounts}}}'::bigint[], '{{{ids}}}'::bigint[], "
            f"'{{{prints}}}'::text[]) as known(account_id, id, print) "
            "left join events using (account_id, id) "
            f"where print is distinct from {_AT_THE_DESK} limit 1"
        )
    ).fetchone()
    return other is None
