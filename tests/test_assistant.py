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


HELD = "⚠️ being changed just now, and not final yet"
DATES = """format: hybrid
live_sessions:
  - every: Tue 18:00-19:30
    cancelled:
      - 13 Oct 2026
deadlines:
  - name: Essay
    due: Wed 14 Oct 2026"""


def test_what_staff_have_yet_to_confirm_is_said_to_be_changing() -> None:
    assistant = Assistant(base_of(DATES))
    ahead = [one for one in assistant.knowledge.timetable.of_course("C-1") if one.starts > MONDAY]
    before = assistant.schedule("C-1", 14, now=MONDAY).text
    assert HELD not in before
    for held in ahead[:3]:
        assistant.held = frozenset({held.key})
        changed = assistant.schedule("C-1", 14, now=MONDAY).text
        [line] = [line for line in changed.splitlines() if HELD in line]
        assert f"<t:{int(held.starts.timestamp())}:F>" in line
        assert changed.replace(f" · {HELD}", "") == before

    assistant.held = frozenset(one.key for one in ahead)
    assert HELD in assistant.ask("when is the next session of C-1?", now=MONDAY).outcome.text
    assert HELD in assistant.course("C-1", now=MONDAY).text
    assistant.held = frozenset()
    assert HELD not in assistant.course("C-1", now=MONDAY).text
