"""Which webhook events an account wants at all: kept until a fact says that this has changed."""

from desk.store.transaction import TenantTx
from desk.words.ids import AccountId

_SUBSCRIBED = """
select coalesce((select version from automation_versions where account_id = %(account)s), 0)
           as version,
       array(select distinct unnest(subscriptions) from webhooks
             where account_id = %(account)s and paused_at is null) as events"""


class SubscriptionShelf:
    """The names that somebody of the account listens to, by account.

    Every change of a webhook raises the version that the account's facts carry (a trigger sees
    to it), so what is kept serves a fact exactly when it is of that version or a later one.
    """

    def __init__(self) -> None:
        self._kept: dict[AccountId, tuple[int, frozenset[str]]] = {}

    def known(self, account_id: AccountId, version: int) -> frozenset[str] | None:
        """The names of that version or a later one, if they are at hand; 0: there are none."""
        if version == 0:
            return frozenset()
        kept = self._kept.get(account_id)
        return kept[1] if kept is not None and kept[0] >= version else None

    async def learn(self, tx: TenantTx) -> frozenset[str]:
        """Read what is subscribed to now."""
        row = await tx.one(_SUBSCRIBED, {"account": tx.account_id}, prepare=True)
        names = frozenset(row["events"])
        self._kept[tx.account_id] = (row["version"], names)
        return names
