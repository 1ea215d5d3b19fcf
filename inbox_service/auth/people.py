"""Who a token or a cookie names, and what they are in an account."""

from desk.store import agent_bots, people, platform
from desk.store.agent_bots import BotToken
from desk.store.desk import Desk
from desk.store.people import Member
from desk.store.sessions import find_session
from desk.words.ids import AccountId, UserId
from inbox_service.auth.remembered import Remembered

SECONDS = 2.0
"""How long an answer may be old where nobody told us that it changed."""


class People:
    """Looks people up, and remembers the answers for a moment."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tokens = Remembered[bytes, UserId](SECONDS)
        self._sessions = Remembered[str, UserId](SECONDS)
        self._members = Remembered[tuple[int, int], Member](SECONDS)
        self._bots = Remembered[bytes, BotToken](SECONDS)
        self._bots_at = Remembered[tuple[int, int], Member](SECONDS)
        self._platform_apps = Remembered[bytes, int](SECONDS)

    async def by_token(self, token: str) -> UserId | None:
        """The user whose API token it is."""
        digest = self._desk.secrets.digest(token)
        known = self._tokens.get(digest)
        if known is not None:
            return known
        async with self._desk.reading_across_accounts(
            reason="a token names its user before an account is known"
        ) as tx:
            found = await people.user_of_digest(tx, digest)
        return None if found is None else self._tokens.keep(digest, found)

    def known_bot(self, token: str) -> BotToken | None:
        """The bot whose API token it was a moment ago."""
        return self._bots.get(self._desk.secrets.digest(token))

    async def bot(self, token: str) -> BotToken | None:
        """The bot whose API token it is."""
        digest = self._desk.secrets.digest(token)
        async with self._desk.transaction_across_accounts(
            reason="a token names its bot before an account is known"
        ) as tx:
            found = await agent_bots.bot_of_digest(tx, digest)
        return None if found is None else self._bots.keep(digest, found)

    async def bot_at(self, account_id: AccountId, bot: BotToken) -> Member | None:
        """What the bot is in the account, or nothing."""
        key = (int(account_id), bot.agent_bot_id)
        known = self._bots_at.get(key)
        if known is not None:
            return known
        async with self._desk.transaction(account_id) as tx:
            found = await agent_bots.bot_at_work(tx, bot)
        return None if found is None else self._bots_at.keep(key, found)

    async def platform_app(self, token: str) -> int | None:
        """The platform app whose token it is."""
        digest = self._desk.secrets.digest(token)
        known = self._platform_apps.get(digest)
        if known is not None:
            return known
        async with self._desk.transaction_across_accounts(
            reason="a platform app belongs to no account"
        ) as tx:
            found = await platform.app_of_digest(tx, digest)
        return None if found is None else self._platform_apps.keep(digest, found)

    async def by_cookie(self, cookie: str) -> UserId | None:
        """The user who signed in with it."""
        known = self._sessions.get(cookie)
        if known is not None:
            return known
        secret = self._desk.settings.security.secret
        session = await find_session(self._desk.redis, cookie, secret)
        return None if session is None else self._sessions.keep(cookie, session.user_id)

    async def member(self, account_id: AccountId, user_id: UserId) -> Member | None:
        """What the user is in the account, or nothing."""
        key = (int(account_id), int(user_id))
        known = self._members.get(key)
        if known is not None:
            return known
        async with self._desk.reading(account_id) as tx:
            found = await people.member(tx, user_id)
        return None if found is None else self._members.keep(key, found)

    def forget_account(self, account_id: AccountId) -> None:
        """Somebody's role or inboxes changed: look again."""
        self._members.forget(where=lambda key: key[0] == int(account_id))
        self._bots_at.forget(where=lambda key: key[0] == int(account_id))

    def forget_user(self, user_id: UserId) -> None:
        """Their token is another now, or their sessions are over."""
        self._tokens.drop(user_id)
        self._sessions.drop(user_id)

    def forget_bot(self, agent_bot_id: int) -> None:
        """Its token is another now, or it works elsewhere."""
        self._bots.clear()
        self._bots_at.forget(where=lambda key: key[1] == agent_bot_id)

    def forget_session(self, cookie: str) -> None:
        """The session is over."""
        self._sessions.forget(where=lambda key: key == cookie)
