"""`python -m streams.parked`: see what was put aside, let it run again, or let it go."""

import argparse
import asyncio
import json
import os
import sys
from datetime import datetime
from typing import Any

from desk.actions.decide_parked import drop_parked, replay_parked
from desk.settings import Settings, SettingsError
from desk.store.desk import Desk
from desk.store.transaction import WideTx

REPLAY_SECONDS = 15.0

_PARKED = """
select id, account_id, consumer, source, source_id, part, reason, created_at, resolved_at,
       resolution
from parked_messages"""


async def listed(tx: WideTx, *, everything: bool = False) -> list[dict[str, Any]]:
    """What waits for a decision, newest first; on request also what has one."""
    where = "" if everything else " where resolved_at is null"
    return await tx.all(f"{_PARKED}{where} order by id desc limit 1000")


async def shown(tx: WideTx, parked_id: int) -> dict[str, Any] | None:
    """One of them, with what it is about: the raw hook, or the fact."""
    row = await tx.first(f"{_PARKED} where id = %s", [parked_id])
    if row is None:
        return None
    if row["source"] == "inbound":
        about = await tx.first(
            """select inbox_id, channel, received_at, headers, body from inbound
               where account_id = %s and id = %s""",
            [row["account_id"], row["source_id"]],
        )
        if about is not None:
            about["body"] = bytes(about["body"]).decode("utf-8", "backslashreplace")
    else:
        about = await tx.first(
            """select name, conversation_id, at, actor_kind, actor_id, fact from events
               where account_id = %s and id = %s""",
            [row["account_id"], row["source_id"]],
        )
    return {**row, "about": about}


async def outcome_of(desk: Desk, parked_id: int, *, seconds: float) -> str:
    """How a replay came out: `replayed`, `parked_again`, or `waiting` when nobody did it yet."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        async with desk.transaction_across_accounts(reason="an operator replays") as tx:
            row = await tx.one(
                """select p.resolved_at, coalesce(i.done_at, e.done_at) as done_at
                   from parked_messages p
                   left join inbound i on p.source = 'inbound'
                       and i.account_id = p.account_id and i.id = p.source_id
                   left join events e on p.source = 'event'
                       and e.account_id = p.account_id and e.id = p.source_id
                   where p.id = %s""",
                [parked_id],
            )
        if row["done_at"] is not None:
            return "replayed" if row["resolved_at"] is not None else "parked_again"
        if loop.time() > until:
            return "waiting"
        await asyncio.sleep(0.1)


async def run(desk: Desk, arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit code."""
    changed: dict[str, Any] | list[dict[str, Any]] | None
    async with desk.transaction_across_accounts(reason="an operator looks after all") as tx:
        if arguments.verb == "list":
            changed = await listed(tx, everything=arguments.all)
        elif arguments.verb == "show":
            changed = await shown(tx, arguments.id)
        else:
            decide = replay_parked if arguments.verb == "replay" else drop_parked
            done = await decide(tx, arguments.id)
            changed = {"id": arguments.id, "outcome": "dropped"} if done else None
    if changed is None:
        sys.stderr.write(f"There is no open parked message {arguments.id}.\n")
        return 1
    if arguments.verb == "replay" and isinstance(changed, dict):
        changed["outcome"] = await outcome_of(desk, arguments.id, seconds=REPLAY_SECONDS)
    sys.stdout.write(_as_json(changed) if arguments.json else _as_text(changed))
    return 0 if not isinstance(changed, dict) or changed.get("outcome") != "parked_again" else 1


def _as_json(found: Any) -> str:
    return json.dumps(found, default=_plain, ensure_ascii=False, indent=2) + "\n"


def _as_text(found: dict[str, Any] | list[dict[str, Any]]) -> str:
    if isinstance(found, dict):
        return "".join(f"{name:>12}  {_flat(value)}\n" for name, value in found.items())
    if not found:
        return "Nothing is parked.\n"
    return "".join(
        f"{row['id']:>8}  {row['created_at']:%Y-%m-%d %H:%M:%S}  account {row['account_id']:<6} "
        f"{row['consumer']:<20} {row['source']} {row['source_id']}.{row['part']}  "
        f"{row['resolution'] or ''}  {row['reason']}\n"
        for row in found
    )


def _flat(value: Any) -> str:
    return _as_json(value).strip() if isinstance(value, dict) else str(_plain(value))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="parked", description=__doc__)
    verbs = top.add_subparsers(dest="verb", required=True)
    for verb, what in (
        ("list", "what is parked"),
        ("show", "one of them, with what it is about"),
        ("replay", "let it run again"),
        ("drop", "let it go"),
    ):
        command = verbs.add_parser(verb, help=what)
        if verb == "list":
            command.add_argument("--all", action="store_true", help="also what was decided")
        else:
            command.add_argument("id", type=int)
        command.add_argument("--json", action="store_true")
    return top


async def _main(settings: Settings, arguments: argparse.Namespace) -> int:
    desk = Desk.open(settings, connections=1)
    try:
        return await run(desk, arguments)
    finally:
        await desk.close()


def main() -> None:
    arguments = parser().parse_args()
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    sys.exit(asyncio.run(_main(settings, arguments)))


if __name__ == "__main__":
    main()
