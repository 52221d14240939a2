from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.mentions import CourseNames
from bot.content.model import Course, Format, FormatGuide, Term

TERM = Term(name="Fall", starts=date(2026, 9, 8), ends=date(2026, 12, 18))


def course(code: str, title: str, *also_called: str) -> Course:
    return Course(
        code=code,
        title=title,
        also_called=also_called,
        format=Format.HYBRID,
        term=TERM,
        starts=TERM.starts,
        ends=TERM.ends,
        timezone=ZoneInfo("America/New_York"),
    )


NAMES = CourseNames(
    [
        course("PM-101", "Project Management Foundations", "project management", "pm basics"),
        course("PMP-200", "PMP Exam Preparation", "pmp", "exam prep", "project exams"),
        course("DA-120", "Data Analysis 1: Working with Spreadsheets", "data analysis", "excel"),
        course("NP-210", "Non-profit Leadership Lab", "nonprofit", "leadership"),
        course("LD-300", "Leading Teams", "leadership"),
        course("HR-150", "HR Certification Prep", "hr"),
        course("MATH-7", "Statistics", "stats", "econ"),
    ],
    {
        Format.ASYNCHRONOUS: FormatGuide(also_called=("async", "on your own time")),
        Format.SYNCHRONOUS: FormatGuide(also_called=("sync", "live", "scheduled")),
    },
)


@pytest.mark.parametrize(
    ("text", "courses", "rest"),
    [
        ("is PM-101 async?", ["PM-101"], "is async?"),
        ("is pm101 async?", ["PM-101"], "is async?"),
        ("is pm 101's workload ok", ["PM-101"], "is workload ok"),
        ("PM_101", ["PM-101"], ""),
        ("what if i miss PMP tonight", ["PMP-200"], "what if i miss tonight"),
        ("what if i miss pnp tonight", [], "what if i miss tonight".replace("miss", "miss pnp")),
        ("pm102 or da121", [], "pm102 or da121"),
        ("does the Project Managment class meet", ["PM-101"], "does the class meet"),
        ("is a projct management class live", ["PM-101"], "is a class live"),
        ("is non profit online", ["NP-210"], "is online"),
        ("is Data Analysis 1: working with spreadsheets hard", ["DA-120"], "is hard"),
        ("Exel homework", ["DA-120"], "homework"),
        ("ex homework", [], "ex homework"),
        ("da-120 vs pm-101 vs DA120", ["DA-120", "PM-101"], "vs vs"),
        ("the leadership class", ["NP-210", "LD-300"], "the class"),
        ("the data analys i did", ["DA-120"], "the i did"),
        ("pro project management", ["PM-101"], "pro"),
        ("econ or ecion", ["MATH-7"], "or ecion"),
        ("is hr live or math7", ["HR-150", "MATH-7"], "is live or"),
        ("an hour of maths", [], "an hour of maths"),
        ("", [], ""),
    ],
)
def test_courses_are_found_however_they_are_spelt(text: str, courses: list[str], rest: str) -> None:
    mentions = NAMES.find(text)
    assert (list(mentions.courses), mentions.rest) == (courses, rest)


TAUGHT = CourseNames(
    [
        replace(course("PM-101", "Project Management"), instructor="Dr. Helen Price <h.price@school.edu>"),
        replace(course("PMP-200", "Exams"), instructor="Luis Ortega <l.ortega@school.edu>"),
        replace(course("DA-120", "Data"), instructor="Grace Okafor and Luis Ortega"),
        *(replace(course(f"HR-{n}", f"HR {n}"), instructor="Ann Lee") for n in (1, 2, 3)),
    ],
    {},
)


@pytest.mark.parametrize(
    ("text", "courses", "rest"),
    [
        ("email of helen price", ["PM-101"], "email of"),
        ("is prof. Price's class live", ["PM-101"], "is class live"),
        ("is mrs prices class live", ["PM-101"], "is class live"),
        ("what is the price", [], "what is the price"),
        ("how do i reach Grace Okafor", ["DA-120"], "how do i reach"),
        ("when does mr ortega meet", ["PMP-200", "DA-120"], "when does meet"),
        ("is PMP-200 of luis ortega live", ["PMP-200"], "is of luis ortega live"),
        ("when does ann lee meet", [], "when does ann lee meet"),
    ],
    ids=[
        "whole name",
        "title",
        "no apostrophe",
        "a word alone",
        "one of two",
        "two courses",
        "beside a code",
        "who teaches many",
    ],
)
def test_an_instructor_names_their_courses(text: str, courses: list[str], rest: str) -> None:
    found = TAUGHT.find(text)
    assert (list(found.courses), found.rest) == (courses, rest)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("async or sync?", [Format.ASYNCHRONOUS, Format.SYNCHRONOUS]),
        ("what does asyncronous mean", [Format.ASYNCHRONOUS]),
        ("what does sychronous mean", [Format.SYNCHRONOUS]),
        ("hybird", [Format.HYBRID]),
        ("can i do it on your own time", [Format.ASYNCHRONOUS]),
        ("is it alive", []),
        ("is it scheduled", [Format.SYNCHRONOUS]),
        ("where is my schedule", []),
    ],
)
def test_formats_are_found_and_stay_in_the_text(text: str, formats: list[Format]) -> None:
    mentions = NAMES.find(text)
    assert (list(mentions.formats), mentions.rest) == (formats, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("and DA-120?", "follow up"),
        ("what about pmp?", "follow up"),
        ("ok and how about in the excel class", "follow up"),
        ("same question for pm101 and da120", "follow up"),
        ("pm101", "bare"),
        ("PM-101 please", "bare"),
        ("tell me about pm101", "bare"),
        ("pm-101 da-120", "bare"),
        ("is pm101 live", ""),
        ("and what about deadlines in pm101", ""),
        ("what about deadlines", ""),
        ("and?", ""),
    ],
)
def test_a_course_without_a_question_is_followed_up_or_shown(text: str, kind: str) -> None:
    mentions = NAMES.find(text)
    assert (mentions.follow_up, mentions.bare) == (kind == "follow up", kind == "bare")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("pm101", ["PM-101"]),
        ("Excel", ["DA-120"]),
        ("excl", ["DA-120"]),
        ("PM", ["PM-101", "PMP-200"]),
        ("pmp", ["PMP-200"]),
        ("proj", ["PM-101", "PMP-200"]),
        ("Data Anal", ["DA-120"]),
        ("data anlys", ["DA-120"]),
        ("spreadsh", ["DA-120"]),
        ("leadership", ["NP-210", "LD-300"]),
        ("basket weaving", []),
        ("🎓", []),
        ("", []),
    ],
)
def test_a_typed_course_name_is_resolved(typed: str, codes: list[str]) -> None:
    assert NAMES.resolve(typed) == codes


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("pm-101 excel'’and ﷺ"))))
def test_any_text_can_be_searched_for_courses(text: str) -> None:
    assert set(NAMES.find(text).courses) <= {"PM-101", "PMP-200", "DA-120", "NP-210", "LD-300", "HR-150", "MATH-7"}
    NAMES.resolve(text)
