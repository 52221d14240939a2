"""What an edit has changed, in a few words for staff."""

from __future__ import annotations

import pytest

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.knowledge.changes import changes
from tests.knowledge.files import courses_file

FAQ = """\
if_no_match: Ask {contact}
questions:
  - question: Do I have to log in at a specific time?
    id: login-time
    answer: No.
  - question: What happens if I miss a live session?
    id: missed
    answer: It depends.
tips:
  - title: Start early
    text: Monday is best.
elsewhere:
  - topic: Tuition
examples:
  - ask: set times?
    expect: login-time
"""
COURSES = courses_file(
    """
    code: PM-101
    format: synchronous
    live_sessions:
      - every: Tue 18:00-19:30
        until: 6 Oct 2026
        cancelled: 15 Sep 2026
    deadlines:
      - name: Essay
        due: Fri 2 Oct 2026
    """,
    "code: WR-110\nformat: async",
)


def base(faq: str, courses: str) -> KnowledgeBase:
    faq_read, courses_read = read_faq(faq.encode()), read_courses(courses.encode())
    assert faq_read.value is not None, faq_read.problems
    assert courses_read.value is not None, courses_read.problems
    return KnowledgeBase.build(faq_read.value, courses_read.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("questions:\n", "questions:  # of students\n\n", ""),
        ("answer: No.", "answer: Never.", "1 question changed"),
        ("id: missed", "id: absent", "1 question added, 1 removed"),
        ("answer: No.\n", "answer: Never.\n  - question: New?\n    answer: Yes\n", "1 question added, 1 changed"),
        ("Monday", "Tuesday", "1 tip changed"),
        ("topic: Tuition", "topic: Fees\n  - topic: Parking", "2 elsewhere topics added, 1 removed"),
        ("set times?", "hours?", "1 example added, 1 removed"),
        ("Ask {contact}", "Write to {contact}", "if_no_match changed"),
        ("every: Tue 18:00-19:30", "every: Tue 17:00-18:30", "5 sessions moved"),
        ("every: Tue 18:00-19:30", "every: Tue 18:00-19:00", "5 sessions moved"),
        ("cancelled: 15 Sep 2026", "cancelled: 22 Sep 2026", "1 session cancelled, 1 brought back"),
        ("cancelled: 15 Sep 2026", "cancelled: 15 Sep 2026\n        optional: yes", "5 sessions changed"),
        ("until: 6 Oct 2026", "until: 13 Oct 2026", "1 session added"),
        ("due: Fri 2 Oct 2026", "due: Fri 9 Oct 2026", "1 deadline moved"),
        ("due: Fri 2 Oct 2026", "due: Fri 2 Oct 2026\n        note: PDF", "1 deadline changed"),
        ("name: Essay", "name: Paper", "1 deadline added, 1 removed"),
        ("title: Course C-1", "title: Project Management", "1 course changed"),
        ("code: WR-110", "code: WR-111", "1 course added, 1 removed"),
        ("in_short: Live", "in_short: Live, together", "1 format changed"),
        ("name: School", "name: Great School", "school changed"),
        ("ends: Fri 18 Dec 2026", "ends: Fri 11 Dec 2026", "1 term changed"),
        ("25 Nov 2026 to 29 Nov 2026", "23 Nov 2026 to 29 Nov 2026", "1 term changed"),
        ("      - 25 Nov 2026 to 29 Nov 2026: T", "      - 22 Sep 2026: T", "1 session removed, 1 term changed"),
    ],
)
def test_changes_in_words(old: str, new: str, expected: str) -> None:
    assert old in FAQ + COURSES
    after = base(FAQ.replace(old, new), COURSES.replace(old, new))
    assert changes(base(FAQ, COURSES), after) == expected


def test_moved_courses_in_the_file_are_no_change() -> None:
    one, other = COURSES.split("  - code: PM-101")
    first, second = f"  - code: PM-101{other}".split("  - code: WR-110")
    assert changes(base(FAQ, COURSES), base(FAQ, f"{one}  - code: WR-110{second}{first}")) == ""
