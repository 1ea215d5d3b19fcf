"""Conversations that became part of others: their stories are only understood together."""

import duckdb

Connection = duckdb.DuckDBPyConnection

_KNOWN = "select account_id, conversation_id, into_conversation_id from known_merges"

NEW = """
    select account_id, conversation_id, (fact ->> '$.into_conversation_id')::bigint
    from changed_events where name = 'conversation_merged'"""
"""The merges among the events that are about to come."""


def add_their_others(connection: Connection, table: str, also: str = "") -> None:
    """Add to a temporary table of conversations those they are one with, however far.

    As the lake knows the merges of their accounts, and by a query for those it does not know yet.
    """
    accounts = f"where account_id in (select account_id from {table})"
    union = f" union all {also}" if also else ""
    row = connection.execute(
        f"create or replace temp table merges as {_KNOWN} {accounts}{union}"
    ).fetchone()
    if row == (0,):
        return
    connection.execute(
        f"""
        insert into {table}
        with recursive ties(account_id, one, other) as (
            from merges union all select account_id, into_conversation_id, conversation_id from merges
        ),
        reached as (
            select distinct account_id, ties.one as conversation_id
            from {table} as mine
            join ties using (account_id)
            where ties.one = mine.conversation_id
            union
            select account_id, ties.other
            from reached join ties using (account_id)
            where ties.one = reached.conversation_id
        )
        from reached anti join {table} using (account_id, conversation_id)"""
    )


def groups_sql() -> str:
    """Each conversation that is one with others, and the first of all of them."""
    return f"""
        with recursive merges(account_id, one, other) as materialized ({_KNOWN}),
        ties as (
            from merges union all select account_id, other, one from merges
        ),
        reached as (
            select account_id, one, one as other from ties
            union
            select reached.account_id, reached.one, ties.other
            from reached join ties
              on ties.account_id = reached.account_id and ties.one = reached.other
        )
        select account_id, one as conversation_id, min(other) as first_of_them
        from reached group by all"""
