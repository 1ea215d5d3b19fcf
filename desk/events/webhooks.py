"""Facts about outgoing webhooks; addresses and secrets stay in the row."""

import msgspec


class WebhookCreated(msgspec.Struct, frozen=True, tag="webhook_created"):
    """Somebody wants to be told by HTTP."""

    webhook_id: int


class WebhookUpdated(msgspec.Struct, frozen=True, tag="webhook_updated"):
    """A webhook's address, name, subscriptions or secret changed, or it was switched on again."""

    webhook_id: int
    fields: list[str]


class WebhookDeleted(msgspec.Struct, frozen=True, tag="webhook_deleted"):
    """Nobody is told at that address any more."""

    webhook_id: int


class WebhookPaused(msgspec.Struct, frozen=True, tag="webhook_paused"):
    """An endpoint that did not take deliveries for long is left alone until somebody looks."""

    webhook_id: int
    reason: str
