"""A person is deleted: they work for nobody, can sign in nowhere, and have no name any more."""

from desk.actions.dismiss_agent import dismiss_agent
from desk.clock import new_token
from desk.store.transaction import WideTx
from desk.tables.accounts import UserRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import AccountId, UserId

NAME = "Deleted user"


async def erase_user(tx: WideTx, user_id: UserId, *, by: Actor) -> str | None:
    """What they said and did stays and is nobody's; where their picture lies, if they had one."""
    user = await tx.session.get(UserRow, user_id, with_for_update=True)
    if user is None or user.deleted_at is not None:
        raise NotFound("user_not_found", "There is no such user.")
    rows = await tx.all(
        "select account_id from account_users where user_id = %s order by account_id", [user_id]
    )
    for row in rows:
        await dismiss_agent(tx.within(AccountId(row["account_id"])), user_id, by=by)
    avatar = user.avatar_path
    user.email = f"deleted-{user_id}@deleted.invalid"
    user.name = NAME
    user.display_name = user.password_hash = user.message_signature = user.avatar_path = None
    user.ui_settings = {}
    user.custom_attributes = {}
    user.pubsub_token = new_token()
    user.deleted_at = tx.now
    await tx.session.flush()
    await tx.execute("delete from api_tokens where user_id = %s", [user_id])
    await tx.execute(
        "delete from platform_app_permissibles where kind = 'user' and object_id = %s", [user_id]
    )
    return avatar
