"""Facts of a course in an answer: neither more than the file states, nor the same one twice."""

from __future__ import annotations

import pytest

from bot.answering.answers import About, compose
from bot.answering.moments import stamp
from bot.answering.outcomes import Answer
from bot.timetable.occurrences import Kind
from tests.answering.bases import MONDAY, base_of

OPTIONAL_LAB = "  - on: Wed 7 Oct 2026 18:00-19:00\n    optional: yes"
SECOND_OPTIONAL_LAB = "  - on: Wed 14 Oct 2026 18:00-19:00\n    optional: yes"
EXAM = "  - on: Fri 9 Oct 2026 18:00-19:00"


def told(course: str, *, show: str) -> str:
    """The answer to a question that shows these facts of a course."""
    base = base_of(
        course, faq=f"questions:\n  - question: What of it?\n    id: it\n    answer: This.\n    show: [{show}]\n"
    )
    answer = compose(base.entries["it"], About(courses=[base.courses["C-1"]]), base, MONDAY)
    assert isinstance(answer, Answer)
    return answer.text


@pytest.mark.parametrize(
    ("sessions", "stated", "said"),
    [
        ([OPTIONAL_LAB, SECOND_OPTIONAL_LAB], "", "**Attendance:** optional."),
        ([OPTIONAL_LAB, EXAM], "", "I don't know whether you have to attend"),
        ([EXAM], "", "I don't know whether you have to attend"),
        ([OPTIONAL_LAB, EXAM], "attendance: required", "**Attendance:** required."),
    ],
    ids=["all optional", "one optional", "none optional", "stated"],
)
def test_attendance_is_optional_only_if_every_session_is(sessions: list[str], stated: str, said: str) -> None:
    text = told("\n".join(["format: hybrid", stated, "live_sessions:", *sessions]), show="attendance")
    assert said in text
    assert ("**Attendance:**" in text) == said.startswith("**Attendance:**")


@pytest.mark.parametrize("show", ["next_session, schedule", "schedule", "next_session"])
def test_no_session_is_listed_twice(show: str) -> None:
    weekly = "format: synchronous\nlive_sessions:\n  - every: Tue 18:00-19:00"
    first, second = base_of(weekly).timetable.upcoming("C-1", Kind.SESSION, MONDAY, 2)
    text = told(weekly, show=show)
    assert text.count(stamp(first.starts)) == 1
    assert text.count(stamp(second.starts)) == ("schedule" in show)


def test_what_is_not_stated_is_gathered_into_one_sentence() -> None:
    text = told(f"format: hybrid\nlive_sessions:\n{EXAM}", show="attendance, recordings, if_you_miss")
    assert (
        "For **C-1** I don't know whether you have to attend the sessions, whether the sessions are recorded or "
        "what to do if you miss one. Ask help@school.edu." in text
    )


def test_the_deadlines_ahead_are_the_next_five() -> None:
    deadlines = "".join(f"\n  - name: Essay {n}\n    due: {n + 10} Oct 2026" for n in range(1, 8))
    text = told(f"format: asynchronous\ndeadlines:{deadlines}", show="deadlines")
    assert [f"Essay {n}" in text for n in range(1, 8)] == [True] * 5 + [False] * 2
    assert "no deadlines left" in told("format: hybrid\ndeadlines: [{name: Essay, due: 9 Sep 2026}]", show="deadlines")


@pytest.mark.parametrize(
    "show", ["attendance, recordings, if_you_miss", "schedule, attendance", "next_session, schedule"]
)
def test_that_there_are_no_live_sessions_is_said_once(show: str) -> None:
    assert told("format: asynchronous", show=show).count("no live sessions") == 1


def test_the_sessions_ahead_are_the_next_four() -> None:
    weekly = "format: synchronous\nlive_sessions:\n  - every: Tue 18:00-19:00"
    assert told(weekly, show="schedule").count("\n- <t:") == 4
