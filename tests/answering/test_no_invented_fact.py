"""No answer names a fact that the files do not state: every course, every entry, three moments of its term.

What is allowed is worked out here from the model alone, day by day, and not with the code that composes answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.answering.answers import About, compose
from bot.answering.courses import course_card, courses_compared, schedule
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer
from bot.content.model import Course, Span, Weekly

STAMP = re.compile(r"<t:(\d+):[tTdDfFR]>")
DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4}\b")
ADDRESS = re.compile(r"https?://[^\s)>,]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]m\b")
CODE = re.compile(r"\b[A-Z]{2,4}-\d{3}\b")


def moments(course: Course) -> list[datetime]:
    """A week before the course, its middle, and a week after it."""
    middle = course.starts + (course.ends - course.starts) / 2
    days = [course.starts - timedelta(weeks=1), middle, course.ends + timedelta(weeks=1)]
    return [datetime.combine(day, time(12), UTC) for day in days]


def weekly_dates(when: Weekly, first: date, last: date) -> Iterator[date]:
    """The days of a repeating item; the weeks count from the first day on which it takes place."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    hits = [day for day in days if day.weekday() in when.weekdays]
    for day in hits:
        monday = hits[0] - timedelta(days=hits[0].weekday())
        if ((day - monday).days // 7) % when.interval == 0:
            yield day


def stated_instants(course: Course) -> tuple[set[int], set[int]]:
    """Epoch seconds at which something of this course takes place, and at which something was called off."""
    on: set[int] = set()
    off: set[int] = set()

    def seconds(wall: datetime) -> int:
        return int(wall.replace(tzinfo=course.timezone).timestamp())

    def meet(span: Span, into: set[int]) -> None:
        into |= {seconds(span.starts), seconds(span.starts + timedelta(minutes=span.minutes))}

    for session in course.live_sessions:
        if isinstance(session.when, Span):
            planned = [session.when]
        else:
            first, last = session.starts or course.starts, session.ends or course.ends
            planned = [
                Span(starts=datetime.combine(day, session.when.at), minutes=session.when.minutes or 0)
                for day in weekly_dates(session.when, first, last)
                if not any(pause.first <= day <= pause.last for pause in course.term.no_class)
            ]
        for span in planned:
            day = span.starts.date()
            meet(span, off if day in session.cancelled or day in session.moved else on)
        for span in [*session.moved.values(), *(added.span for added in session.added)]:
            meet(span, on)
    for deadline in course.deadlines:
        if isinstance(deadline.due, datetime):
            on.add(seconds(deadline.due))
        else:
            first, last = deadline.starts or course.starts, deadline.ends or course.ends
            on |= {
                seconds(datetime.combine(day, deadline.due.at))
                for day in weekly_dates(deadline.due, first, last)
                if day not in deadline.skip
            }
    return on, off


def texts_of(course: Course, base: KnowledgeBase) -> str:
    """All that staff wrote which an answer about this course may repeat."""
    return "\n".join(
        [
            repr(course),
            repr(base.faq),
            repr(base.school.formats),
            repr(base.school.comparison),
            repr(base.school.school),
        ]
    )


def assert_only_stated(answer: Answer, course: Course, base: KnowledgeBase, now: datetime) -> None:
    text, written = answer.text, texts_of(course, base)
    on, off = stated_instants(course)
    for line in text.splitlines():
        called_off = "cancelled" in line or "No session on" in line or "moved from" in line
        for found in STAMP.findall(line):
            assert int(found) in on or (called_off and int(found) in off), f"no such moment in the files: {line}"
    days = {course.starts, course.ends, *(day for pause in course.term.no_class for day in (pause.first, pause.last))}
    stated_days = {f"{day:%a} {day.day} {day:%b %Y}" for day in days}
    for found in DAY.findall(text):
        assert found in stated_days, f"no such day in the files: {found}"
    for found in ADDRESS.findall(text):
        assert found.rstrip(".,") in written, f"no such address in the files: {found}"
    for found in CLOCK.findall(STAMP.sub("", text)):
        assert found in written, f"no such time in the files: {found}"
    for found in CODE.findall(text):
        assert found == course.code or found in repr(base.faq), f"another course's code: {found}"
    for link in answer.links:
        assert link.url in written
    if "**Recordings:** yes" in text:
        assert course.recordings is True
    if re.search(r"\*\*Recordings:\*\* no\b", text):
        assert course.recordings is False
    if found_attendance := re.search(r"\*\*Attendance:\*\* (required|expected|optional)", text):
        only_optional = all(session.optional for session in course.live_sessions)
        assert found_attendance[1] == (course.attendance or ("optional" if only_optional else None))
    if "has no live sessions." in text or "has no live sessions;" in text:
        assert not course.live_sessions
    if "no live sessions left" in text or "no deadlines left" in text:
        assert now.date() > course.starts


@pytest.mark.parametrize("when", [0, 1, 2], ids=["before", "middle", "after"])
def test_every_entry_for_every_course_states_only_what_the_files_state(shipped: KnowledgeBase, when: int) -> None:
    walked = 0
    for course in shipped.courses.values():
        now = moments(course)[when]
        for entry in shipped.entries.values():
            answer = compose(entry, About(courses=[course], format_asked=True), shipped, now)
            assert isinstance(answer, Answer)
            assert "{" not in answer.text
            assert_only_stated(answer, course, shipped, now)
            walked += 1
    assert walked == len(shipped.courses) * len(shipped.entries)


@pytest.mark.parametrize("when", [0, 1, 2], ids=["before", "middle", "after"])
def test_every_card_and_schedule_states_only_what_the_files_state(shipped: KnowledgeBase, when: int) -> None:
    for course in shipped.courses.values():
        now = moments(course)[when]
        assert_only_stated(course_card(course, shipped, now), course, shipped, now)
        for days in (7, 30, None):
            assert_only_stated(schedule([course], days, shipped, now), course, shipped, now)


def test_next_session_and_next_deadline_are_the_first_ones_ahead(shipped: KnowledgeBase) -> None:
    for course in shipped.courses.values():
        for now in moments(course):
            card = course_card(course, shipped, now).text
            ahead = {moment for moment in stated_instants(course)[0] if moment >= now.timestamp()}
            shown = {int(found) for found in STAMP.findall(card)} & ahead
            assert bool(shown) == bool(ahead)
            if ahead:
                assert min(ahead) in shown


def test_two_courses_side_by_side_keep_their_own_facts(shipped: KnowledgeBase) -> None:
    one, other = shipped.courses["PMP-200"], shipped.courses["DA-120"]
    now = moments(one)[1]
    text = courses_compared([one, other], shipped, now).text
    first, second = text.split(f"### {other.code}")
    for part, course in ((first, one), (second, other)):
        on, off = stated_instants(course)
        assert {int(found) for found in STAMP.findall(part)} <= on | off
