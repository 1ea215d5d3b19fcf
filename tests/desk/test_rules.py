"""The pure decisions, where wrong ones would be hardest to see."""

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.delivery import status_after_receipt
from desk.rules.reopening import status_after_message
from desk.rules.routing import Candidate, agent_to_assign
from desk.rules.threading import Families, should_continue
from desk.words.conversation import ConversationStatus, DeliveryStatus

RECEIPTS = st.lists(st.sampled_from(list(DeliveryStatus)), max_size=8)


@given(RECEIPTS)
def test_receipts_in_any_order_end_at_the_furthest(receipts: list[DeliveryStatus]) -> None:
    status = DeliveryStatus.SENT
    for news in receipts:
        status = status_after_receipt(status, news)
    arrived = [r for r in receipts if r in (DeliveryStatus.DELIVERED, DeliveryStatus.READ)]
    if arrived:
        assert status is max(arrived)


@given(RECEIPTS)
def test_a_message_once_delivered_never_becomes_failed(receipts: list[DeliveryStatus]) -> None:
    status = DeliveryStatus.DELIVERED
    for news in receipts:
        status = status_after_receipt(status, news)
    assert status in (DeliveryStatus.DELIVERED, DeliveryStatus.READ)


def test_a_customers_message_opens_what_rested_and_leaves_pending_to_the_bot() -> None:
    after = {s: status_after_message(s, contact_blocked=False) for s in ConversationStatus}
    assert after == {
        ConversationStatus.OPEN: ConversationStatus.OPEN,
        ConversationStatus.RESOLVED: ConversationStatus.OPEN,
        ConversationStatus.SNOOZED: ConversationStatus.OPEN,
        ConversationStatus.PENDING: ConversationStatus.PENDING,
    }


def test_a_blocked_contact_wakes_nothing() -> None:
    for status in ConversationStatus:
        assert status_after_message(status, contact_blocked=True) is status


def test_only_a_locked_inbox_continues_a_resolved_conversation() -> None:
    assert not should_continue(ConversationStatus.RESOLVED, locked_to_single=False)
    assert should_continue(ConversationStatus.RESOLVED, locked_to_single=True)
    assert not should_continue(None, locked_to_single=True)


def test_work_goes_to_the_least_loaded_then_to_the_longest_unserved() -> None:
    team = [Candidate(1, 3, 50), Candidate(2, 1, 60), Candidate(3, 1, 40)]
    assert agent_to_assign(team) == 3
    assert agent_to_assign(team, limit=1) is None
    assert agent_to_assign([]) is None


@given(st.permutations(["a", "b", "c", "d", "x", "y"]))
def test_answers_in_any_order_are_one_family(order: list[str]) -> None:
    answers = {"a": [], "b": ["a"], "c": ["b"], "d": ["unseen", "c"], "x": ["y"], "y": []}
    families = Families([name, *answers[name]] for name in order)
    heads = {name: families.head_of(name) for name in order}
    assert len({heads[name] for name in "abcd"}) == 1
    assert heads["x"] == heads["y"] != heads["a"]
    assert families.head_of("unseen") == heads["a"]


def test_a_program_wakes_nobody() -> None:
    for status in ConversationStatus:
        assert status_after_message(status, contact_blocked=False, automatic=True) is status
