"""Begin a tenant."""

from desk.events.administration import AccountCreated, FeatureSwitched
from desk.store.transaction import TenantTx, WideTx
from desk.tables.accounts import AccountRow, ConversationNumberRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId
from desk.words.time_zones import known_zone


async def open_account(
    tx: WideTx, name: str, *, time_zone: str = "UTC", locale: str = "en"
) -> AccountId:
    """Enter a new account; everything else of it is done in its own transactions."""
    account = AccountRow(
        name=name, time_zone=known_zone(time_zone), locale=locale, created_at=tx.now
    )
    tx.session.add(account)
    await tx.session.flush()
    tx.session.add(ConversationNumberRow(account_id=account.id))
    account_id = AccountId(account.id)
    tx.record(account_id, AccountCreated(name, time_zone), by=Actor.system())
    return account_id


async def switch_feature(tx: TenantTx, feature: str, *, on: bool, by: Actor) -> None:
    """Switch a feature on or off for the account."""
    if not feature.replace("_", "").isalnum():
        raise Invalid("unknown_feature", "A feature's name is letters, digits and _.")
    account = await tx.session.get(AccountRow, tx.account_id, with_for_update=True)
    if account is None:
        raise NotFound("account_not_found", "There is no such account.")
    before = set(account.features)
    after = before | {feature} if on else before - {feature}
    if before != after:
        account.features = sorted(after)
        tx.record(FeatureSwitched(feature, on), by=by)
