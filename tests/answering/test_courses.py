"""A course's card and its list of dates: what is not stated is said, and a long list is cut."""

from __future__ import annotations

import re

import pytest

from bot.answering.courses import course_card, courses_compared, schedule
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


FULL = """
format: hybrid
about: Numbers for everybody.
instructor: Dana Whitfield <dana@school.edu>
attendance: expected. Two may be missed.
recordings: yes and kept all term
live_sessions:
  - on: Wed 7 Oct 2026 18:00-19:30
    title: Lab
    where: https://video.school.edu/lab
    optional: yes
deadlines:
  - name: Essay
    due: Fri 9 Oct 2026 5pm
    link: https://school.edu/essay
    note: One PDF.
contact:
  name: Office
  email: office@school.edu
  phone: 555 0100
  hours: 9 to 5
  channel: ask
links:
  Site: https://school.edu/c1
"""


MOMENTS = [(7, 18, 0), (7, 19, 30), (9, 17, 0)]


def test_the_card_tells_all_that_staff_stated() -> None:
    base = base_of(FULL)
    card = course_card(base.courses["C-1"], base, MONDAY)
    lab, end, essay = (int(MONDAY.replace(day=day, hour=hour, minute=m).timestamp()) for day, hour, m in MOMENTS)
    assert card.text.splitlines() == [
        "Numbers for everybody.",
        "",
        "**C-1** is **hybrid**. Both",
        f"**Next live session of C-1:** <t:{lab}:F> to <t:{end}:t> (<t:{lab}:R>) · Lab · optional · "
        "[join](https://video.school.edu/lab)",
        f"**Next deadline:** **[Essay](https://school.edu/essay)**: <t:{essay}:F> (<t:{essay}:R>). One PDF.",
        "**Attendance:** expected. Two may be missed.",
        "**Recordings:** yes, and kept all term",
        "**Dates:** Tue 8 Sep 2026 to Fri 18 Dec 2026 (Fall)",
        "**Taught in:** America/New York time. Times here are shown in yours.",
        "**Instructor:** Dana Whitfield (dana@school.edu)",
        "**Contact:** Office, office@school.edu, 555 0100, #ask, 9 to 5",
    ]
    assert [(link.label, link.url) for link in card.links] == [("Site", "https://school.edu/c1")]
    assert card.format == "hybrid"


def test_the_buttons_of_two_courses_say_whose_they_are() -> None:
    base = base_of("format: hybrid\nlinks: {Site: 'https://a.edu'}", "format: hybrid\nlinks: {Site: 'https://b.edu'}")
    assert [link.label for link in courses_compared(list(base.courses.values()), base, MONDAY).links] == [
        "C-1: Site",
        "C-2: Site",
    ]
