"""Platform apps: a program is let in, and is permitted what it makes."""

from desk.store.secrets import SecretBox
from desk.store.transaction import WideTx
from desk.tables.platform import PlatformAppRow
from desk.words.errors import Conflict, Invalid

LONGEST_NAME = 255


def platform_token(secrets: SecretBox, platform_app_id: int, token_round: int = 0) -> str:
    """The app's token: derived, so that it can be shown again without being kept."""
    return secrets.token("platform app", platform_app_id, token_round)


async def register_platform_app(tx: WideTx, name: str, *, secrets: SecretBox) -> PlatformAppRow:
    """Let a program in under a name of its own; it may touch nothing yet."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("name_malformed", f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    if await tx.first("select from platform_apps where name = %s", [name]) is not None:
        raise Conflict("name_taken", f"There is a platform app {name} already.", field="name")
    app = PlatformAppRow(name=name, token_digest=b"", token_round=0, created_at=tx.now)
    # Its token is made of its id, which the row has only once it is there.
    drawn = await tx.one("select nextval('platform_apps_id_seq') as id")
    app.id = drawn["id"]
    app.token_digest = secrets.digest(platform_token(secrets, app.id))
    tx.session.add(app)
    await tx.session.flush()
    return app


async def renew_platform_token(tx: WideTx, name: str, *, secrets: SecretBox) -> PlatformAppRow:
    """Give the app another token; the one it had opens nothing from now on."""
    found = await tx.first("select id from platform_apps where name = %s", [name.strip()])
    if found is None:
        raise Invalid("unknown_app", f"There is no platform app {name}.", field="name")
    app = await tx.session.get_one(PlatformAppRow, found["id"], with_for_update=True)
    app.token_round += 1
    app.token_digest = secrets.digest(platform_token(secrets, app.id, app.token_round))
    return app


async def permit(tx: WideTx, platform_app_id: int, kind: str, object_id: int) -> None:
    """Let the app touch this from now on."""
    await tx.execute(
        """insert into platform_app_permissibles (platform_app_id, kind, object_id, created_at)
           values (%s, %s, %s, %s) on conflict do nothing""",
        [platform_app_id, kind, object_id, tx.now],
    )
