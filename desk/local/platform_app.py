"""Let a platform app in, or give it another token: `python -m desk.local.platform_app NAME [--renew]`."""

import asyncio
import os
import sys

from desk.actions.run_platform import (
    platform_token,
    register_platform_app,
    renew_platform_token,
)
from desk.settings import Settings, SettingsError
from desk.store.desk import Desk
from desk.words.errors import DeskError

REASON = "platform apps belong to no account"


async def let_in(desk: Desk, name: str, *, renew: bool = False) -> str:
    """The token of the app that was let in now, or whose token was made anew."""
    async with desk.transaction_across_accounts(reason=REASON) as tx:
        change = renew_platform_token if renew else register_platform_app
        app = await change(tx, name, secrets=desk.secrets)
        return platform_token(desk.secrets, app.id, app.token_round)


async def let_in_once(desk: Desk, name: str) -> str:
    """The app's token; it is let in where it is not yet."""
    async with desk.transaction_across_accounts(reason=REASON) as tx:
        known = await tx.first("select id, token_round from platform_apps where name = %s", [name])
    if known is not None:
        return platform_token(desk.secrets, known["id"], known["token_round"])
    return await let_in(desk, name)


async def _run(settings: Settings, name: str, *, renew: bool) -> str:
    desk = Desk.open(settings, connections=1)
    try:
        return await let_in(desk, name, renew=renew)
    finally:
        await desk.close()


def main() -> None:
    name, *options = sys.argv[1:]
    try:
        settings = Settings.from_environment(os.environ)
        token = asyncio.run(_run(settings, name, renew="--renew" in options))
    except (SettingsError, DeskError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{token}\n")


if __name__ == "__main__":
    main()
