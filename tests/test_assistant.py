"""The assistant's commands with a school of two courses."""

from __future__ import annotations

import pytest

from bot.answering.outcomes import Answer, WhichCourse
from bot.assistant import Assistant
from tests.answering.bases import MONDAY, base_of


@pytest.mark.parametrize("names", [("C-1", "nonsense"), ("nonsense", "C-1"), ("nonsense", None)])
def test_an_unknown_course_of_two_asks_which_is_meant(names: tuple[str, str | None]) -> None:
    outcome = Assistant(base_of("format: hybrid", "format: hybrid")).course(*names, now=MONDAY)
    assert isinstance(outcome, WhichCourse)
    assert "don't know a course by that name" in outcome.text
    assert [choice.code for choice in outcome.choices] == ["C-1", "C-2"]


@pytest.mark.parametrize(
    ("names", "shown"), [(("C-1", "C-2"), ("C-1", "C-2")), (("c1", "C 1"), ("C-1",)), (("C-2", None), ("C-2",))]
)
def test_known_courses_are_shown_each_once(names: tuple[str, str | None], shown: tuple[str, ...]) -> None:
    outcome = Assistant(base_of("format: hybrid", "format: hybrid")).course(*names, now=MONDAY)
    assert isinstance(outcome, Answer)
    assert outcome.courses == shown
