"""Students call sessions and deadlines by the titles that the file gives them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answering.conversation import Context, reply
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer, Elsewhere, WhichCourse
from tests.answering.bases import base_of

NOW = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("text", "courses", "rest"),
    [
        ("when is the risk register due", ["PM-101"], "when is the assignment due"),
        ("are Office Hours optional", [], "are live session optional"),
        ("i cant make lab 3", ["NP-210"], "i cant make live session"),
        ("how long is the mock exam", ["PMP-200"], "how long is the live session"),
        ("the final project plan and the policy memo", ["PM-101", "PA-500"], "the assignment and the assignment"),
        ("do i have to go to the clinics", [], "do i have to go to the live session"),
        ("are the labs recorded", [], "are the live session recorded"),
        ("are live sessions recorded", [], "are live sessions recorded"),
        ("how do i sit the exam", [], "how do i sit the exam"),
        ("how do i sign up", [], "how do i sign up"),
    ],
)
def test_titles_are_found_and_read_as_what_they_are(
    shipped: KnowledgeBase, text: str, courses: list[str], rest: str
) -> None:
    called = shipped.titles.find(text)
    assert (list(called.courses), called.rest) == (courses, rest)


@pytest.mark.parametrize(
    ("question", "entry", "course", "words"),
    [
        ("is the final dashboard due before xmas", "deadlines", "DA-120", "Final dashboard"),
        ("i cant make lab 3", "missed-session", "NP-210", "Ask for the make-up lab"),
        ("when is the policy memo due", "deadlines", "PA-500", "**Policy memo**"),
        (
            "where do i hand in the risk register",
            "deadlines",
            "PM-101",
            "**Already past in PM-101:** **[Risk register](",
        ),
        ("is the mock exam on saturday", "next-session", "PMP-200", "Full mock exam"),
    ],
)
def test_a_title_tells_what_is_asked_and_of_which_course(
    shipped: KnowledgeBase, question: str, entry: str, course: str, words: str
) -> None:
    outcome = reply(question, shipped, NOW).outcome
    assert isinstance(outcome, Answer)
    assert (outcome.entry, outcome.courses) == (entry, (course,))
    assert words in outcome.text


def test_a_word_of_every_course_is_no_title() -> None:
    titled = "format: hybrid\nlive_sessions:\n  - on: Wed 7 Oct 2026 18:00-19:00\n    title: Week 3"
    titles = base_of(titled).titles
    assert titles.find("how many weeks is it").rest == "how many weeks is it"
    assert titles.find("i missed week 3").rest == "i missed live session"


def test_what_has_passed_is_told_only_to_who_asks_for_it(shipped: KnowledgeBase) -> None:
    outcome = reply("when is the assignment due in pm-101", shipped, NOW).outcome
    assert isinstance(outcome, Answer)
    assert "Already past" not in outcome.text


def test_a_title_names_no_course_that_is_not_mine(shipped: KnowledgeBase) -> None:
    mine = Context(mine=(shipped.courses["PM-101"], shipped.courses["HR-150"]))
    outcome = reply("when is the policy memo due", shipped, NOW, mine).outcome
    assert isinstance(outcome, WhichCourse)


def test_what_is_answered_as_it_stands_is_not_read_anew(shipped: KnowledgeBase) -> None:
    outcome = reply("what does the pmp exam cost", shipped, NOW).outcome
    assert isinstance(outcome, Elsewhere)
