"""The phrase book can be read, and every phrase can be said."""

from collections.abc import Iterator

import pytest

from desk.local.demo.companies import COMPANIES
from desk.local.demo.company import Company
from desk.local.demo.phrase_book.library import COURTESIES, coded_slots, shelf
from desk.local.demo.phrase_book.reader import lines, read_stories
from desk.local.demo.phrase_book.story import (
    Answers,
    Ends,
    Fork,
    Line,
    Notes,
    Outcome,
    Says,
    Speech,
    Step,
    Story,
    Turns,
    every_step,
)
from desk.local.demo.phrase_book.template import choose
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.seeding import dice

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.key)

SPOKEN_FOR = frozenset({"agent", "colleague"})
"""Slots whoever speaks fills."""


def speeches(story: Story) -> Iterator[Speech]:
    yield story.opens
    for step in every_step(story.steps):
        if isinstance(step, Says | Answers | Notes):
            yield step.speech
        if isinstance(step, Notes) and step.reply is not None:
            yield step.reply
    for back in story.returns:
        yield back.says
        yield back.answers


def phrases(story: Story) -> Iterator[Line]:
    for speech in speeches(story):
        yield from speech.lines


@each_company
def test_a_company_has_more_than_ten_stories_of_its_own_and_each_name_once(
    company: Company,
) -> None:
    stories = shelf(company).stories
    assert len(shelf(company).in_language("en")) > 10
    assert len({story.name for story in stories}) == len(stories)


@each_company
def test_every_slot_of_every_phrase_can_be_filled(company: Company) -> None:
    known = shelf(company).slots.keys() | SPOKEN_FOR
    for story in shelf(company).stories:
        for line in phrases(story):
            assert line.slots <= known, (story.name, line.text)


@each_company
def test_teams_and_labels_of_the_stories_exist(company: Company) -> None:
    teams = {team.key for team in company.teams} | {None}
    labels = {label.title for label in company.labels}
    for story in shelf(company).stories:
        assert story.team in teams, story.name
        assert set(story.labels) <= labels, story.name
        for step in every_step(story.steps):
            if isinstance(step, Turns):
                assert step.team in teams, story.name
                assert step.label is None or step.label in labels, story.name


@each_company
def test_every_way_through_a_story_comes_to_an_end(company: Company) -> None:
    for story in shelf(company).stories:
        assert _ends(story.steps), story.name


@each_company
def test_every_topic_a_phrase_needs_is_brought_up_somewhere(company: Company) -> None:
    for story in shelf(company).stories:
        given = {topic for line in phrases(story) for topic in line.gives}
        needed = {topic for line in phrases(story) for topic in line.needs}
        for step in every_step(story.steps):
            if isinstance(step, Fork):
                needed |= {topic for way in step.ways for topic in way.needs}
        assert needed <= given, (story.name, needed - given)


@each_company
def test_the_first_answer_always_has_words_for_what_was_asked(company: Company) -> None:
    for story in shelf(company).stories:
        for opening in story.opens.lines:
            thread = Thread(story, coded_slots(company))
            thread.note(opening, opening.text)
            for first in _first_answers(story.steps, thread):
                assert thread.has_words_for(first.speech, ""), (story.name, opening.text)


def test_brackets_of_phrases_are_paired() -> None:
    for company in COMPANIES:
        for story in shelf(company).stories:
            for line in phrases(story):
                assert line.text.count("[") == line.text.count("]"), line.text
                assert "[" not in choose(line.text, dice(line.text))


def test_each_language_has_all_its_courtesies() -> None:
    for language, courtesies in COURTESIES.items():
        assert set(courtesies.comments) == {1, 2, 3, 4, 5}, language
        assert courtesies.greetings.lines, language


def test_a_story_is_read_with_its_forks_and_marks() -> None:
    (story,) = read_stories(
        """
        @story late weight=3 team=baggage label=baggage,vip heat=.5 priority=high
        >tag Where is {bag}?
        (annoyed) Where is it??
        @agent work=2
        #tag Looking.
        @fork
        @way 2 #tag
          @customer
          Thanks
          @end solved
        @way 1
          @end refused
        @join
        @back
        Again
        @again
        Sorry
        """
    )
    answer, fork = story.steps
    assert story.labels == ("baggage", "vip")
    assert story.opens.lines[0].gives == {"tag"}
    assert story.opens.lines[1].tag == "annoyed"
    assert isinstance(answer, Answers)
    assert answer.work == 2
    assert isinstance(fork, Fork)
    assert [way.weight for way in fork.ways] == [2, 1]
    assert fork.ways[1].steps == (Ends(Outcome.REFUSED),)
    assert story.returns[0].says == lines("Again")


@pytest.mark.parametrize(
    "text",
    [
        "a phrase without a story",
        "@story a\nHi\n@agent\n@end solved",
        "@story a\nHi\n@fork\n@way 1",
    ],
)
def test_a_story_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected @story|nothing to say|@join"):
        read_stories(text)


def _ends(steps: tuple[Step, ...]) -> bool:
    last = steps[-1]
    if isinstance(last, Fork):
        return all(_ends(way.steps) for way in last.ways)
    return isinstance(last, Ends)


def _first_answers(steps: tuple[Step, ...], thread: Thread) -> Iterator[Answers]:
    for step in steps:
        if isinstance(step, Answers):
            yield step
            return
        if isinstance(step, Fork):
            for way in step.ways:
                if thread.fits(way.needs):
                    yield from _first_answers(way.steps, thread)
            return
