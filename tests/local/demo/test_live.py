"""Live customers and agents react to each other, and to strangers."""

from datetime import UTC, date, datetime
from itertools import islice

import pytest

from desk.local.demo.companies import COMPANIES
from desk.local.demo.company import Company
from desk.local.demo.live_agent import Said, agent_answer
from desk.local.demo.live_customer import LiveCustomer, live_customers
from desk.local.demo.phrase_book.recognise import recognise

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.key)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def customers(company: Company, count: int) -> list[LiveCustomer]:
    return list(islice(live_customers(company, "test", TODAY, NOW), count))


def talk(company: Company, customer: LiveCustomer) -> list[Said]:
    agent = company.agents[0]
    so_far = [Said(text, from_agent=False) for text in customer.opens()]
    for _ in range(20):
        move = agent_answer(
            company,
            agent,
            so_far,
            seed=customer.customer.key,
            customer_name=customer.customer.full_name,
            customer_phone=customer.customer.phone,
            now=NOW,
        )
        if move is None:
            break
        so_far.append(Said(move.text, from_agent=True))
        if move.resolves:
            break
        written = customer.hears(move.text, agent.first_name)
        so_far += [Said(text, from_agent=False) for text in written]
    return so_far


@each_company
def test_an_agent_recognises_what_a_customer_is_on_about(company: Company) -> None:
    right = 0
    for customer in customers(company, 100):
        right += recognise(company, " ".join(customer.opens())) is customer.story
    assert right >= 95


@each_company
def test_customer_and_agent_talk_until_all_is_said(company: Company) -> None:
    finished = 0
    for customer in customers(company, 60):
        said = talk(company, customer)
        assert all(one.text.strip() and "{" not in one.text for one in said)
        assert len(said) < 20
        finished += customer.done
    assert finished > 50


def test_a_live_talk_repeats_with_the_same_seed() -> None:
    first, again = (talk(COMPANIES[4], customers(COMPANIES[4], 5)[3]) for _ in range(2))
    assert first == again


def test_an_agent_asks_for_more_when_the_words_mean_nothing_to_it() -> None:
    company = COMPANIES[0]
    move = agent_answer(
        company,
        company.agents[1],
        [Said("zxcv qwerty", from_agent=False)],
        seed="1",
        customer_name="Sam Poe",
        customer_phone="+15550199",
        now=NOW,
    )
    assert move is not None
    assert "?" in move.text


def test_an_agent_takes_over_the_reference_a_stranger_gave() -> None:
    company = COMPANIES[3]
    move = agent_answer(
        company,
        company.agents[1],
        [Said("Return label for WP-424242 doesn't open", from_agent=False)],
        seed="7",
        customer_name="Sam Poe",
        customer_phone="+15550199",
        now=NOW,
    )
    assert move is not None
    assert move.team == "returns"
    assert move.labels == ("return",)


def test_a_customer_answers_a_person_whose_words_are_not_in_the_book() -> None:
    company = COMPANIES[1]
    customer = next(one for one in customers(company, 50) if one.story.name == "card_refused")
    customer.opens()
    assert customer.hears("Hello, I am new here, tell me when it happened", "Robin")


def test_a_customer_who_is_kept_waiting_asks_again() -> None:
    customer = customers(COMPANIES[0], 1)[0]
    customer.opens()
    assert all(text.strip() for text in customer.grows_impatient())
