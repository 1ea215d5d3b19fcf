"""Everything that platform apps may ask."""

from litestar import Router
from litestar.di import Provide

from inbox_service.api.platform import account_users, accounts, agent_bots, users
from inbox_service.api.platform.who import platform_app_of


def _tagged(tag: str, *handlers: object) -> Router:
    return Router("", route_handlers=list(handlers), tags=[tag])  # type: ignore[arg-type]


ROUTES = (
    Router(
        "/platform/api/v1",
        route_handlers=[
            _tagged(
                "Accounts",
                accounts.list_accounts,
                accounts.create_account,
                accounts.get_account,
                accounts.change_account,
                accounts.delete_account,
            ),
            _tagged(
                "Account Users",
                account_users.list_account_users,
                account_users.create_account_user,
                account_users.delete_account_user,
            ),
            _tagged(
                "Users",
                users.create_user,
                users.get_user,
                users.change_user,
                users.delete_user,
                users.get_login_link,
                users.get_token,
            ),
            _tagged(
                "AgentBots",
                agent_bots.list_bots,
                agent_bots.get_bot,
                agent_bots.create_bot,
                agent_bots.change_bot,
                agent_bots.delete_bot,
                agent_bots.delete_bot_avatar,
            ),
        ],
        dependencies={"platform_app": Provide(platform_app_of, sync_to_thread=False)},
    ),
)
