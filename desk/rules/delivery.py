"""How far a message can be said to have got, whatever order receipts arrive in."""

from desk.words.conversation import DeliveryStatus

_RANK = {
    DeliveryStatus.SENT: 0,
    DeliveryStatus.DELIVERED: 1,
    DeliveryStatus.READ: 2,
}


def status_after_receipt(now: DeliveryStatus, news: DeliveryStatus) -> DeliveryStatus:
    """Receipts only move a message forward; a failure counts unless it was already delivered."""
    if news is DeliveryStatus.FAILED:
        return news if now is DeliveryStatus.SENT else now
    if now is DeliveryStatus.FAILED:
        return news
    return news if _RANK[news] > _RANK[now] else now
