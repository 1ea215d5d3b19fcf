"""The demo's customers come through every door, and a bot meets some of them."""

from collections import Counter

import pytest

from desk.local.demo.arriving import said_at_the_door
from desk.local.demo.beats import (
    AgentWrites,
    BotWrites,
    CustomerWrites,
    HandedOver,
    ReceiptCame,
)
from desk.local.demo.companies import COMPANIES
from desk.local.demo.company import Company
from desk.local.demo.doors import id_at
from desk.words.channels import ChannelKind
from desk.words.conversation import DeliveryStatus
from tests.local.demo.plays import plays

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.key)


@each_company
def test_a_company_is_written_to_through_every_door(company: Company) -> None:
    doors = Counter(script.door.kind for script in plays(company, 1000))
    assert set(doors) == {
        ChannelKind.WHATSAPP,
        ChannelKind.EMAIL,
        ChannelKind.WEBSITE,
        ChannelKind.API,
        ChannelKind.CUSTOM,
    }
    assert doors.most_common(1)[0][0] is ChannelKind.WHATSAPP


@each_company
def test_a_customer_has_one_address_at_a_door(company: Company) -> None:
    addresses: dict[tuple[str, ChannelKind], set[str]] = {}
    for script in plays(company, 1000):
        known = addresses.setdefault((script.customer.key, script.door.kind), set())
        known.add(script.door.sender)
    assert all(len(known) == 1 for known in addresses.values())


@each_company
def test_a_bot_speaks_before_any_agent_and_hands_over_once(company: Company) -> None:
    met = [script for script in plays(company, 1000) if script.door.met_by_bot]
    assert bool(met) is (company.bot is not None)
    for script in met:
        kinds = [type(beat) for beat in script.beats]
        assert kinds[0] is CustomerWrites, script.seed
        assert kinds.count(HandedOver) == 1, script.seed
        over = kinds.index(HandedOver)
        assert BotWrites in kinds[:over], script.seed
        assert BotWrites not in kinds[over:], script.seed
        assert AgentWrites not in kinds[:over], script.seed


@each_company
def test_nothing_is_known_of_messages_where_nobody_tells(company: Company) -> None:
    for script in plays(company, 1000):
        receipts = [beat for beat in script.beats if isinstance(beat, ReceiptCame)]
        if script.door.kind not in (ChannelKind.WHATSAPP, ChannelKind.WEBSITE):
            assert receipts == [], script.seed
        if script.door.kind is ChannelKind.WEBSITE:
            assert all(beat.status is not DeliveryStatus.FAILED for beat in receipts)


@each_company
def test_a_mail_names_the_mails_before_it(company: Company) -> None:
    mailed = (s for s in plays(company, 1000) if s.door.kind is ChannelKind.EMAIL)
    longest = max(mailed, key=lambda script: len(script.beats))
    beats = [beat for beat in longest.beats if isinstance(beat, CustomerWrites)]
    mails = [said_at_the_door(company, longest, beat) for beat in beats]
    assert len(mails) > 1
    assert mails[0].follows == ()
    for nth, mail in enumerate(mails[1:], start=1):
        assert mail.source_id == id_at(longest.door, beats[nth].id)
        assert mail.follows == tuple(one.source_id for one in reversed(mails[:nth]))
    subject = mails[0].conversation_attributes["mail_subject"]
    assert isinstance(subject, str)
    assert 0 < len(subject) <= 71


@each_company
def test_agents_answer_at_every_door(company: Company) -> None:
    answered = {
        script.door.kind
        for script in plays(company, 1000)
        if any(isinstance(beat, AgentWrites) for beat in script.beats)
    }
    assert len(answered) == 5
