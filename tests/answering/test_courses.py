"""A course's card and its list of dates: what is not stated is said, and a long list is cut."""

from __future__ import annotations

import re

import pytest

from bot.answering.courses import course_card, schedule
from tests.answering.bases import MONDAY, base_of

LIVE = "format: synchronous\nlive_sessions:\n  - every: Tue 18:00-19:00"


@pytest.mark.parametrize(
    ("course", "rows"),
    [
        (LIVE, ["**Attendance:** not stated", "**Recordings:** not stated"]),
        (f"{LIVE}\nattendance: expected\nrecordings: yes", ["**Attendance:** expected.", "**Recordings:** yes."]),
        ("format: asynchronous", []),
        ("format: asynchronous\nrecordings: yes", ["**Recordings:** yes."]),
        ("format: asynchronous\nrecordings: no", ["**Recordings:** no."]),
    ],
)
def test_the_card_has_the_rows_that_matter_to_the_course(course: str, rows: list[str]) -> None:
    base = base_of(course)
    card = course_card(base.courses["C-1"], base, MONDAY).text
    assert [row for row in card.splitlines() if row.startswith(("**Attendance", "**Recordings"))] == rows


def test_a_long_schedule_is_cut_and_says_how_much_is_missing() -> None:
    base = base_of("format: synchronous\nlive_sessions:\n  - every: weekday 18:00-19:00")
    *dates, more = schedule([base.courses["C-1"]], None, base, MONDAY).text.splitlines()
    ahead = [one for one in base.timetable.of_course("C-1") if one.starts >= MONDAY]
    assert len(dates) == 30
    found = re.search(r"and (\d+) more", more)
    assert found
    assert int(found[1]) == len(ahead) - 30


def test_a_schedule_that_fits_is_shown_whole() -> None:
    base = base_of(LIVE)
    lines = schedule([base.courses["C-1"]], 14, base, MONDAY).text.splitlines()
    assert len(lines) == 2
    assert all("<t:" in line for line in lines)
