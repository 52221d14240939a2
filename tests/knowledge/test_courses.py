"""courses.yaml as a whole: what does not go together is named, at the line that a person would look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.courses import read_courses
from bot.knowledge.checks import judge_courses
from bot.knowledge.findings import Findings
from bot.knowledge.library import load
from tests.knowledge.files import courses_file, told


def judged(*courses: str) -> list[str]:
    text = courses_file(*courses)
    reading = read_courses(text.encode())
    assert reading.value is not None, "\n".join(map(str, reading.problems))
    findings = Findings("courses.yaml", reading.places)
    judge_courses(reading.value, findings)
    return told(findings.problems, courses=text)


WEEKLY = "format: synchronous\nlive_sessions:\n  - every: Tue 18:00-19:30\n"

SESSIONS = {
    "synchronous without sessions": (
        "format: synchronous",
        "format: synchronous -> warning: format: C-1 is synchronous, but no live session is listed. "
        "Add them under live_sessions: , or correct the format",
    ),
    "hybrid without sessions": (
        "format: blended\ndeadlines:\n  - name: Essay\n    due: Fri 2 Oct 2026",
        "format: blended -> warning: format: C-1 is hybrid, but no live session is listed. "
        "Add them under live_sessions: , or correct the format",
    ),
    "asynchronous with sessions": (
        "format: async\nlive_sessions:\n  - every: Tue 18:00-19:30\n  - every: Thu 18:00-19:30",
        "format: async -> warning: format: C-1 is asynchronous, but has live sessions. If nobody has to come, write  "
        "optional: yes  below each; if not, the format is  hybrid  or  synchronous",
    ),
    "asynchronous with a session of which it is said that it is not optional": (
        "format: async\nlive_sessions:\n  - every: Tue 18:00-19:30\n    optional: no",
        "optional: no -> warning: C-1 is asynchronous, but this live session is not optional. "
        "If nobody has to come, write  optional: yes ; if not, the format is  hybrid  or  synchronous",
    ),
    "asynchronous with one session that is not optional": (
        "format: async\nlive_sessions:\n  - every: Tue 18:00-19:30\n    optional: yes\n"
        "  - on: Sat 3 Oct 2026 10:00-14:00",
        "- on: Sat 3 Oct 2026 10:00-14:00 -> warning: C-1 is asynchronous, but this live session is not optional. "
        "If nobody has to come, write  optional: yes ; if not, the format is  hybrid  or  synchronous",
    ),
    "cancelled on a day without a session": (
        WEEKLY + "    cancelled:\n      - 13 Oct 2026\n      - 21 Oct 2026: Storm",
        "- 21 Oct 2026: Storm -> error: cancelled: no session of C-1 is planned on Wed 21 Oct 2026. "
        "The nearest one is on Tue 20 Oct 2026",
    ),
    "cancelled, several dates in one text": (
        WEEKLY + "    cancelled: 13 Oct 2026, 21 Oct 2026",
        "cancelled: 13 Oct 2026, 21 Oct 2026 -> error: cancelled: no session of C-1 is planned on Wed 21 Oct 2026. "
        "The nearest one is on Tue 20 Oct 2026",
    ),
    "cancelled after the last session": (
        WEEKLY + "    until: 27 Oct 2026\n    cancelled:\n      - Tue 3 Nov 2026: Election Day",
        "- Tue 3 Nov 2026: Election Day -> error: cancelled: no session of C-1 is planned on Tue 3 Nov 2026. "
        "The nearest one is on Tue 27 Oct 2026",
    ),
    "cancelled in the week that every other week skips": (
        WEEKLY.replace("every: ", "every: other ") + "    cancelled: 15 Sep 2026",
        "cancelled: 15 Sep 2026 -> error: cancelled: no session of C-1 is planned on Tue 15 Sep 2026. "
        "The nearest one is on Tue 8 Sep 2026",
    ),
    "cancelled by its new date": (
        WEEKLY + "    moved:\n      - 13 Oct 2026: Wed 14 Oct 2026 18:00-19:30\n    cancelled: 14 Oct 2026",
        "cancelled: 14 Oct 2026 -> error: cancelled: no session of C-1 is planned on Wed 14 Oct 2026. "
        "One was moved to that day: write the date as first planned, Tue 13 Oct 2026",
    ),
    "cancelled although it was only added": (
        WEEKLY + "    added:\n      - Sat 5 Dec 2026 9am-1pm: Exam\n    cancelled: 5 Dec 2026",
        "cancelled: 5 Dec 2026 -> error: cancelled: no session of C-1 is planned on Sat 5 Dec 2026. "
        "One was added on that day: take its line out of added:",
    ),
    "moved from a day without a session": (
        WEEKLY + "    moved:\n      - 12 Oct 2026: Wed 14 Oct 2026 18:00-19:30",
        "- 12 Oct 2026: Wed 14 Oct 2026 18:00-19:30 -> error: moved: no session of C-1 is planned on Mon 12 Oct 2026. "
        "The nearest one is on Tue 13 Oct 2026",
    ),
    "moved and cancelled": (
        WEEKLY + "    moved:\n      - 13 Oct 2026: Wed 14 Oct 2026 18:00-19:30\n    cancelled: 13 Oct 2026",
        "- 13 Oct 2026: Wed 14 Oct 2026 18:00-19:30 -> error: moved: the session of Tue 13 Oct 2026 is cancelled too "
        "(line: cancelled: 13 Oct 2026); keep one of the two",
    ),
    "a session after the course": (
        "format: hybrid\nlive_sessions:\n  - on: Sat 9 Jan 2027 10:00-14:00",
        "- on: Sat 9 Jan 2027 10:00-14:00 -> warning: on: Sat 9 Jan 2027 is not within C-1, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. Is the date right?",
    ),
    "a session in the wrong year": (
        "format: hybrid\nlive_sessions:\n  - on: Sun 3 Oct 2027 10:00-14:00",
        "- on: Sun 3 Oct 2027 10:00-14:00 -> warning: on: Sun 3 Oct 2027 is not within C-1, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. If the year is wrong, write  Sat 3 Oct 2026",
    ),
    "cancelled in the wrong year": (
        WEEKLY + "    cancelled: 13 Oct 2027",
        "cancelled: 13 Oct 2027 -> error: cancelled: no session of C-1 is planned on Wed 13 Oct 2027. "
        "If the year is wrong, write  Tue 13 Oct 2026",
    ),
    "moved out of the course": (
        WEEKLY + "    moved:\n      - 15 Dec 2026: Tue 22 Dec 2026 18:00-19:30",
        "- 15 Dec 2026: Tue 22 Dec 2026 18:00-19:30 -> warning: moved: Tue 22 Dec 2026 is not within C-1, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. Is the date right?",
    ),
    "the last day before the first": (
        WEEKLY + "    from: 3 Nov 2026\n    until: 6 Oct 2026",
        "until: 6 Oct 2026 -> error: until: the last day (Tue 6 Oct 2026) comes before the first (Tue 3 Nov 2026)",
    ),
    "before dawn": (
        "format: synchronous\nlive_sessions:\n  - every: Tue 6:00-7:30 am",
        "- every: Tue 6:00-7:30 am -> warning: every: a live session at 06:00? "
        "If the afternoon or evening is meant, write  18:00",
    ),
    "half a day long": (
        "format: synchronous\nlive_sessions:\n  - every: Tue 9:00-20:30",
        "- every: Tue 9:00-20:30 -> warning: every: a session of 11 hours 30 minutes? "
        "If not, see whether am and pm are right",
    ),
    "twice at once": (
        WEEKLY + "  - every: Tue and Thu 19:00-20:00",
        "- every: Tue and Thu 19:00-20:00 -> warning: every: C-1 has another session at the same time "
        "on Tue 8 Sep 2026 (line: - every: Tue 18:00-19:30)",
    ),
    "moved onto another session": (
        WEEKLY + "    moved:\n      - 13 Oct 2026: Tue 20 Oct 2026 18:00-19:30",
        "- 13 Oct 2026: Tue 20 Oct 2026 18:00-19:30 -> warning: moved: C-1 has another session at the same time "
        "on Tue 20 Oct 2026 (line: - every: Tue 18:00-19:30)",
    ),
    "added onto another session": (
        WEEKLY + "    added:\n      - Tue 20 Oct 2026 17:00-18:30: Exam",
        "- Tue 20 Oct 2026 17:00-18:30: Exam -> warning: added: C-1 has another session at the same time "
        "on Tue 20 Oct 2026 (line: - every: Tue 18:00-19:30)",
    ),
    "a time that comes twice": (
        "format: hybrid\nlive_sessions:\n  - on: Sun 1 Nov 2026 1:30-3:00 am",
        "- on: Sun 1 Nov 2026 1:30-3:00 am -> warning: on: clocks go back over 01:30 on Sun 1 Nov 2026, "
        "so that time comes twice, and the first counts. Choose another",
    ),
    "a time that does not exist": (
        "format: hybrid\ntimezone: Australia/Sydney\nlive_sessions:\n  - every: Sun 2:30-4:00 am",
        "- every: Sun 2:30-4:00 am -> warning: every: clocks go forward over 02:30 on Sun 4 Oct 2026, "
        "so there is no such time on that day. Choose another",
    ),
}

DEADLINES = {
    "after the term": (
        "name: Essay\ndue: Fri 8 Jan 2027",
        "due: Fri 8 Jan 2027 -> warning: due: Fri 8 Jan 2027 is not within C-1, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. Is the date right?",
    ),
    "begins before the term": (
        "name: Post\ndue: every Sunday\nfrom: 1 Sep 2026",
        "from: 1 Sep 2026 -> warning: from: Tue 1 Sep 2026 is not within C-1, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. Is the date right?",
    ),
    "skips a day on which it is not due": (
        "name: Post\ndue: every Sunday\nskip: [28 Nov 2026]",
        'skip: [28 Nov 2026] -> error: skip: "Post" is not due on Sat 28 Nov 2026. '
        "The nearest one is on Sun 29 Nov 2026",
    ),
    "a time that comes twice": (
        "name: Post\ndue: every Sunday 1:15 am",
        "due: every Sunday 1:15 am -> warning: due: clocks go back over 01:15 on Sun 1 Nov 2026, "
        "so that time comes twice, and the first counts. Choose another",
    ),
}

GOOD = {
    "nothing but deadlines": "format: async\ndeadlines:\n  - name: A\n    due: every Sunday\n    skip: [29 Nov 2026]",
    "optional by attendance": "format: async\nattendance: optional\nlive_sessions:\n  - every: Tue 18:00-19:30",
    "cancelled in a break": WEEKLY.replace("Tue", "Wed") + "    cancelled: 25 Nov 2026",
    "moved out of a break": WEEKLY.replace("Tue", "Wed")
    + "    moved:\n      - 25 Nov 2026: Tue 24 Nov 2026 18:00-19:30",
    "onto a session that is cancelled": WEEKLY
    + "    moved:\n      - 13 Oct 2026: Tue 20 Oct 2026 18:00-19:30\n    cancelled: 20 Oct 2026",
    "one after the other": WEEKLY + "  - every: Tue 19:30-20:30",
    "from seven": "format: synchronous\nlive_sessions:\n  - every: Tue 7:00-13:00",
    "on the first and the last day": "format: hybrid\nlive_sessions:\n  - on: Tue 8 Sep 2026 18:00-19:00\n"
    "  - on: Fri 18 Dec 2026 18:00-19:00",
    "at another hour of the day on which clocks change": "format: hybrid\nlive_sessions:\n  - on: Sun 1 Nov 2026 9:00",
}


@pytest.mark.parametrize(("course", "expected"), SESSIONS.values(), ids=SESSIONS)
def test_live_sessions(course: str, expected: str) -> None:
    assert judged(course) == [expected]


@pytest.mark.parametrize(("lines", "expected"), DEADLINES.values(), ids=DEADLINES)
def test_deadlines(lines: str, expected: str) -> None:
    item = lines.replace("\n", "\n    ")
    assert judged(f"format: async\ndeadlines:\n  - {item}") == [expected]


@pytest.mark.parametrize("course", GOOD.values(), ids=GOOD)
def test_what_is_right_is_not_told(course: str) -> None:
    assert judged(course) == []


def test_a_deadline_that_stands_twice() -> None:
    one, other = "  - name: Essay\n    due: Fri 2 Oct 2026\n", "  - name: essay\n    due: 2 Oct\n"
    assert judged(f"format: async\ndeadlines:\n{one}{other}") == [
        '- name: essay -> warning: name: "essay" with the same date stands in line: - name: Essay too; keep one of them'
    ]
    assert judged(f"format: async\ndeadlines:\n{one}{other.replace('2 Oct', '9 Oct')}") == []


def test_a_course_that_ends_long_after_its_term_is_in_the_wrong_year() -> None:
    assert judged("format: async\nends: Sat 18 Dec 2027") == [
        "ends: Sat 18 Dec 2027 -> warning: ends: Sat 18 Dec 2027 is not within Fall, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. If the year is wrong, write  Fri 18 Dec 2026"
    ]
    assert judged("format: async\nstarts: Mon 24 Aug 2026\nends: Fri 15 Jan 2027") == []


def test_a_break_outside_of_its_term() -> None:
    text = courses_file("format: async").replace("25 Nov 2026 to 29 Nov 2026:", "25 Nov 2025 to 29 Nov 2025:")
    reading = read_courses(text.encode())
    assert reading.value is not None
    findings = Findings("courses.yaml", reading.places)
    judge_courses(reading.value, findings)
    assert told(findings.problems, courses=text) == [
        "- 25 Nov 2025 to 29 Nov 2025: Thanksgiving -> warning: no_class: Tue 25 Nov 2025 is not within Fall, "
        "which runs from Tue 8 Sep 2026 to Fri 18 Dec 2026. If the year is wrong, write  Wed 25 Nov 2026"
    ]


@pytest.mark.parametrize(
    ("course", "offered"),
    [
        (WEEKLY + "    cancelled: 13 Oct 2026, 21 Oct 2026", "cancelled: 13 Oct 2026, Tue 20 Oct 2026"),
        (WEEKLY + "    cancelled:\n      - 13 Oct 2027: Storm, high water", "- Tue 13 Oct 2026: Storm, high water"),
        (WEEKLY + "  - on: 'Sun 3 Oct 2027 9:00-10:00'", "- on: 'Sat 3 Oct 2026 9:00-10:00'"),
        (WEEKLY + "deadlines:\n  - name: A\n    due: 2 Oct 2027 5pm  # soon", "due: Fri 2 Oct 2026 5pm  # soon"),
        (WEEKLY + "deadlines:\n  - name: A\n    due: every Sun\n    skip: [28 Nov 2026]", "skip: [Sun 29 Nov 2026]"),
        (WEEKLY + "    moved:\n      - 14 Oct 2026: Fri 16 Oct 2026 9:00", "- Tue 13 Oct 2026: Fri 16 Oct 2026 9:00"),
    ],
)
def test_the_right_date_is_offered(tmp_path: Path, course: str, offered: str) -> None:
    (tmp_path / "faq.yaml").write_text("questions:\n  - question: Who?\n    answer: We.\n", encoding="utf-8")
    text = courses_file(course)
    (tmp_path / "courses.yaml").write_text(text, encoding="utf-8")
    (problem,) = load(tmp_path).problems
    assert problem.fix is not None
    assert problem.fix.strip() == offered
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].lstrip("'")[:1].isalnum()
    (tmp_path / "courses.yaml").write_text(
        "\n".join([*text.split("\n")[: problem.line - 1], problem.fix, *text.split("\n")[problem.line :]]),
        encoding="utf-8",
    )
    assert load(tmp_path).problems == ()


def test_two_courses_on_one_channel() -> None:
    assert judged("format: async\nchannel: pm", "format: async\nchannel: '#PM'") == [
        "channel: '#PM' -> warning: channel: \"PM\" is the channel of C-1 too (line: channel: pm), "
        "so it cannot tell which of the two is meant. Give each course its own, or leave it out"
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "also_called: [pm, excel]",
            "also_called: Excel",
            'also_called: Excel -> warning: "Excel" stands for C-1 too (line: also_called: [pm, excel])',
        ),
        (
            "also_called: [c2]",
            "about: It is C-2",
            'also_called: [c2] -> warning: "c2" stands for C-2 too (line: - code: C-2)',
        ),
        (
            "title: Data Analysis",
            "also_called: data-analysis",
            'also_called: data-analysis -> warning: "data-analysis" stands for C-1 too (line: title: Data Analysis)',
        ),
    ],
)
def test_a_name_that_two_courses_share(one: str, other: str, expected: str) -> None:
    assert judged(f"format: async\n{one}", f"format: async\n{other}") == [
        f"{expected}, so who says it will be asked which of the two is meant. "
        "If that is not wanted, take it out of one of them"
    ]


def test_two_sections_may_share_their_title() -> None:
    assert judged("format: async\ntitle: Algebra", "format: async\ntitle: Algebra") == []
