"""What is told of the three formats: the comparison names them, and study tips are for the course's own."""

from __future__ import annotations

import pytest

from bot.answering.answers import About, compose
from bot.answering.formats import formats_card
from bot.answering.outcomes import Answer
from bot.content.model import Format
from tests.answering.bases import MONDAY, base_of

COMPARISON = """
comparison:
  - about: Class times
    asynchronous: None
    synchronous: Every week
    hybrid: On some dates
"""
FAQ = """
questions:
  - question: How do I keep up?
    id: keep-up
    answer: Little and often.
    show: [tips]
tips:
  - title: Make a plan
    for: [asynchronous, hybrid]
    text: An hour every day.
  - title: Sit in front
    for: synchronous
    text: And ask.
  - title: Find peers
    text: Share notes.
"""


@pytest.mark.parametrize(
    ("course_format", "told"),
    [
        ("asynchronous", {"Make a plan", "Find peers"}),
        ("hybrid", {"Make a plan", "Find peers"}),
        ("synchronous", {"Sit in front", "Find peers"}),
        (None, {"Make a plan", "Sit in front", "Find peers"}),
    ],
)
def test_study_tips_are_those_for_the_format_of_the_course(course_format: str | None, told: set[str]) -> None:
    base = base_of(f"format: {course_format or 'hybrid'}", faq=FAQ)
    about = About(courses=[base.courses["C-1"]] if course_format else [])
    answer = compose(base.entries["keep-up"], about, base, MONDAY)
    assert isinstance(answer, Answer)
    assert {tip.title for tip in base.faq.tips if tip.title in answer.text} == told


def test_the_card_of_all_formats_has_every_tip() -> None:
    text = formats_card(base_of(faq=FAQ)).text
    assert all(title in text for title in ("Make a plan", "Sit in front", "Find peers"))


def test_each_line_of_the_comparison_names_the_format_before_what_holds_for_it() -> None:
    (line,) = (one for one in formats_card(base_of(more=COMPARISON)).text.splitlines() if "Class times" in one)
    for which, holds in zip(Format, ("None", "Every week", "On some dates"), strict=True):
        assert f"{which.value}: {holds}" in line
