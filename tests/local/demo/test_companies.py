"""The six companies hold together."""

import re
from zoneinfo import ZoneInfo

import pytest

from desk.local.demo.companies import COMPANIES
from desk.local.demo.company import Company
from desk.local.demo.customers import (
    GROUPS,
    group_for_live,
    group_of_day,
    population,
    someone,
)
from desk.local.demo.seeding import dice

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.key)


@each_company
def test_a_company_has_five_to_nine_agents_and_one_administrator(company: Company) -> None:
    assert 5 <= len(company.agents) <= 9
    assert sum(agent.administrator for agent in company.agents) == 1
    assert len({agent.email for agent in company.agents}) == len(company.agents)


@each_company
def test_every_team_has_agents_and_every_agent_a_team(company: Company) -> None:
    teams = {team.key for team in company.teams}
    assert {team for agent in company.agents for team in agent.teams} == teams
    assert all(agent.teams for agent in company.agents)


@each_company
def test_labels_have_a_hue_of_eight_and_a_title_the_api_takes(company: Company) -> None:
    assert 6 <= len(company.labels) <= 9
    for label in company.labels:
        assert 1 <= label.hue <= 8
        assert re.fullmatch(r"[a-z][a-z0-9_-]*", label.title)
        assert re.fullmatch(r"#[0-9a-f]{6}", label.colour)


@each_company
def test_a_week_has_seven_days_and_a_day_twenty_four_hours(company: Company) -> None:
    assert len(company.working_hours) == 7
    assert len(company.volume.weekdays) == 7
    assert len(company.volume.hours) == 24
    assert ZoneInfo(company.time_zone).key == company.time_zone


def test_no_two_companies_share_a_number_and_the_first_is_at_home_in_new_york() -> None:
    assert COMPANIES[0].time_zone == "America/New_York"
    assert COMPANIES[0].inbox.phone_number == "+15550100"
    assert len({company.inbox.phone_number for company in COMPANIES}) == len(COMPANIES)
    assert len({company.inbox.phone_number_id for company in COMPANIES}) == len(COMPANIES)
    assert len({company.time_zone for company in COMPANIES}) == len(COMPANIES)


@each_company
def test_customers_have_numbers_of_their_own(company: Company) -> None:
    people = population(company)
    assert len({customer.phone for customer in people}) == len(people) == company.customers
    for customer in people:
        assert re.fullmatch(r"\+[1-9]\d{7,14}", customer.phone), customer.phone
        assert customer.full_name.strip()
        assert customer.profile_name.strip()


@each_company
def test_a_few_customers_write_far_more_often_than_most(company: Company) -> None:
    chance = dice("test")
    indices = [someone(company, nth % GROUPS, chance).index for nth in range(4000)]
    regulars = sum(index < company.customers * 0.2 for index in indices)
    assert regulars > 0.4 * len(indices)


def test_live_customers_have_not_written_lately() -> None:
    for today in range(100, 130):
        lately = {group_of_day(day) for day in range(today - 6, today + 2)}
        assert group_for_live(today) not in lately
