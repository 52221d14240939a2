"""The two files that ship are good, and say what they seem to say."""

from datetime import date, datetime, time
from pathlib import Path

from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.model import Format, Show, Span, Weekly

ROOT = Path(__file__).parents[2]


def test_the_shipped_files_have_no_problem() -> None:
    faq, courses = read_faq((ROOT / "faq.yaml").read_bytes()), read_courses((ROOT / "courses.yaml").read_bytes())
    assert [str(problem) for problem in (*faq.problems, *courses.problems)] == []
    assert faq.value is not None
    assert courses.value is not None


def test_questions_are_read() -> None:
    faq = read_faq((ROOT / "faq.yaml").read_bytes()).value
    assert faq is not None
    missed = next(entry for entry in faq.entries if entry.id == "missed-session")
    assert missed.needs_course
    assert missed.show == (Show.ATTENDANCE, Show.RECORDINGS, Show.IF_YOU_MISS, Show.NEXT_SESSION)
    assert Format.ASYNCHRONOUS in missed.by_format
    assert "depends on the course" in missed.answer


def test_courses_are_read_with_their_defaults() -> None:
    courses = read_courses((ROOT / "courses.yaml").read_bytes()).value
    assert courses is not None
    by_code = {course.code: course for course in courses.courses}
    charter = next(item for item in by_code["PM-101"].deadlines if item.name == "Project charter")
    assert charter.due == datetime(2026, 10, 2, 23, 59)  # noqa: DTZ001 - wall time: the course carries the zone
    assert charter.remind_before == (10_080, 1_440, 120)
    clinic = by_code["DA-120"].live_sessions[0]
    assert clinic.when == Weekly(weekdays=(2,), at=time(19), minutes=90, interval=2)
    assert clinic.cancelled == {date(2026, 10, 28): "Guest lecture instead, see the course site"}
    live = by_code["PMP-200"].live_sessions[0]
    assert live.moved == {date(2026, 11, 12): Span(starts=datetime(2026, 11, 11, 18), minutes=90)}  # noqa: DTZ001 - wall time
    assert by_code["NP-210"].timezone.key == "America/Los_Angeles"
    assert by_code["WR-110"].starts == date(2026, 10, 26)
    assert by_code["HR-150"].recordings is False
    assert by_code["PM-101"].recordings is None


def test_places_lead_to_the_values() -> None:
    source = (ROOT / "courses.yaml").read_bytes()
    place = read_courses(source).places["courses", 2, "deadlines", 0, "due"]
    assert source.decode().splitlines()[place.line - 1][place.column - 1 :] == "Sun 28 Feb 2027"
