"""What an agent has begun to write: kept in Redis for a while, for them alone."""

from datetime import timedelta

import redis.asyncio

from desk.words.ids import AccountId, ConversationId, UserId

KEPT_FOR = timedelta(days=14)
MOST_DRAFTS = 100
"""Of one person in one account; the oldest give way."""


class Drafts:
    """One person's drafts in one account."""

    def __init__(
        self, store: "redis.asyncio.Redis", account_id: AccountId, user_id: UserId
    ) -> None:
        self._store = store
        self._all = f"drafts:{int(account_id)}:{int(user_id)}"

    async def get(self, conversation_id: ConversationId) -> str | None:
        """What was begun in the conversation, or nothing."""
        found = await self._store.get(self._key(conversation_id))
        return found.decode() if isinstance(found, bytes) else found

    async def keep(self, conversation_id: ConversationId, text: str, *, at: float) -> None:
        """Keep it in place of what was there."""
        async with self._store.pipeline(transaction=True) as pipeline:
            pipeline.set(self._key(conversation_id), text.encode(), ex=KEPT_FOR)
            pipeline.zadd(self._all, {str(int(conversation_id)): at})
            pipeline.expire(self._all, KEPT_FOR)
            pipeline.zrange(self._all, 0, -MOST_DRAFTS - 1)
            *_, oldest = await pipeline.execute()
        for one in oldest:
            await self.drop(ConversationId(int(one)))

    async def drop(self, conversation_id: ConversationId) -> None:
        """It was sent, or given up."""
        async with self._store.pipeline(transaction=True) as pipeline:
            pipeline.delete(self._key(conversation_id))
            pipeline.zrem(self._all, str(int(conversation_id)))
            await pipeline.execute()

    def _key(self, conversation_id: ConversationId) -> str:
        return f"{self._all}:{int(conversation_id)}"
