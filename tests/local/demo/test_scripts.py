"""Made-up conversations are repeatable, whole, in order, and seldom alike."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from desk.local.demo.beats import (
    AgentWrites,
    Assigned,
    CustomerWrites,
    NoteWritten,
    Rated,
    ReceiptCame,
    Resolved,
    Snoozed,
)
from desk.local.demo.companies import COMPANIES
from desk.local.demo.company import Company
from desk.local.demo.customers import group_of_day
from desk.local.demo.days import days, scripts_of
from desk.local.demo.duty import at_work
from desk.local.demo.script import LONGEST, Script, write_script
from tests.local.demo.plays import plays

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.key)

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def texts(script: Script) -> list[str]:
    spoken = (CustomerWrites, AgentWrites, NoteWritten)
    return [beat.text for beat in script.beats if isinstance(beat, spoken)]


@each_company
def test_the_same_seed_writes_the_same_script(company: Company) -> None:
    first = plays(company, 40)[33]
    again = write_script(company, first.seed, first.begins_at, customer=first.customer)
    assert again == first


@each_company
def test_no_message_is_empty_or_has_a_slot_left_open(company: Company) -> None:
    for script in plays(company, 1000):
        for text in texts(script):
            assert text.strip(), script.seed
            assert not re.search(r"[{}\[\]|]|//|  +(?=\S)", text), (script.seed, text)


@each_company
def test_time_never_runs_backwards(company: Company) -> None:
    for script in plays(company, 1000):
        assert all(before.at <= after.at for before, after in pairwise(script.beats)), script.seed
        assert script.ends_at - script.begins_at <= LONGEST, script.seed


@each_company
def test_nine_in_ten_conversations_are_resolved_in_the_end(company: Company) -> None:
    scripts = plays(company, 1000)
    resolved = sum(any(isinstance(b, Resolved) for b in script.beats) for script in scripts)
    assert resolved > 0.9 * len(scripts)


@each_company
def test_a_conversation_begins_with_the_customer_and_is_assigned_before_it_is_answered(
    company: Company,
) -> None:
    for script in plays(company, 1000):
        assert isinstance(script.beats[0], CustomerWrites)
        kinds = [type(beat) for beat in script.beats]
        if AgentWrites in kinds:
            assert kinds.index(Assigned) < kinds.index(AgentWrites), script.seed


@each_company
def test_agents_answer_at_work_and_in_a_language_they_speak_if_any_does(
    company: Company,
) -> None:
    spoken = {language for agent in company.agents for language in agent.languages}
    for script in plays(company, 1000):
        for beat in script.beats:
            if isinstance(beat, AgentWrites):
                agent = company.agent(beat.agent)
                if script.language in spoken:
                    assert script.language in agent.languages, script.seed
                late = beat.at - timedelta(minutes=45)
                assert at_work(company, agent, beat.at) or at_work(company, agent, late)


@each_company
def test_receipts_are_of_messages_sent_before(company: Company) -> None:
    for script in plays(company, 1000):
        sent: set[str] = set()
        for beat in script.beats:
            if isinstance(beat, AgentWrites):
                sent.add(beat.id)
            elif isinstance(beat, ReceiptCame):
                assert beat.of in sent, script.seed


@each_company
def test_a_survey_is_answered_once_and_after_closing(company: Company) -> None:
    rated = 0
    for script in plays(company, 1000):
        kinds = [type(beat) for beat in script.beats]
        assert kinds.count(Rated) <= 1
        if Rated in kinds:
            rated += 1
            assert kinds.index(Resolved) < kinds.index(Rated)
    assert 0.15 < rated / 1000 < 0.5


@each_company
def test_some_conversations_snooze_reopen_or_stay_unanswered(company: Company) -> None:
    scripts = plays(company, 1000)
    kinds = [[type(beat) for beat in script.beats] for script in scripts]
    assert any(Snoozed in beats for beats in kinds)
    reopened = sum(
        CustomerWrites in beats[beats.index(Resolved) :] for beats in kinds if Resolved in beats
    )
    unanswered = sum(AgentWrites not in beats for beats in kinds)
    assert 0.02 < reopened / len(scripts) < 0.2
    assert 0.01 < unanswered / len(scripts) < 0.15


@each_company
def test_two_conversations_rarely_look_alike(company: Company) -> None:
    scripts = plays(company, 1000)
    openings = {texts(script)[0] for script in scripts}
    wholes = {"\n".join(texts(script)) for script in scripts}
    without_numbers = {re.sub(r"\d", "#", "\n".join(texts(script))) for script in scripts}
    assert len(openings) > 0.7 * len(scripts)
    assert len(wholes) > 0.97 * len(scripts)
    assert len(without_numbers) > 0.97 * len(scripts)


def test_days_come_latest_first_and_do_not_depend_on_the_clock() -> None:
    company = COMPANIES[3]
    seen = list(days(company, NOW, 4))
    later = list(days(company, NOW + timedelta(days=1), 5))
    assert [day.date for day in seen] == sorted((day.date for day in seen), reverse=True)
    assert seen[1:] == later[2:]


def test_nothing_of_today_begins_after_now() -> None:
    for company in COMPANIES:
        for day in days(company, NOW, 2):
            assert all(script.begins_at <= NOW for script in day.scripts)


@each_company
def test_nobody_has_two_conversations_at_once(company: Company) -> None:
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for day in days(company, NOW, 24):
        for script in day.scripts:
            assert script.customer.index % 10 == group_of_day(day.date.toordinal())
            spans.setdefault(script.customer.key, []).append((script.begins_at, script.ends_at))
    returning = 0
    for times in spans.values():
        times.sort()
        returning += len(times) > 1
        assert all(earlier[1] < later[0] for earlier, later in pairwise(times))
    assert returning > 10


def test_weekends_are_quieter_where_the_office_is_closed() -> None:
    software = COMPANIES[5]
    counted = [0] * 7
    for back in range(28):
        day = (NOW - timedelta(days=back)).date()
        counted[day.weekday()] += len(scripts_of(software, day).scripts)
    assert sum(counted[5:]) < sum(counted[:5]) / 4


def test_what_has_happened_and_what_is_to_come_make_the_whole() -> None:
    script = max(plays(COMPANIES[0], 200), key=lambda one: one.ends_at - one.begins_at)
    middle = script.begins_at + (script.ends_at - script.begins_at) / 2
    assert script.until(middle) + script.after(middle) == script.beats
