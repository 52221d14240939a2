"""Courses in words: a card, two side by side, and a list of dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answering.facts import (
    HELD,
    NO_SESSIONS,
    attendance_line,
    breaks,
    contact_rows,
    deadline_in_words,
    format_line,
    in_order,
    next_session,
    recordings_line,
    session_in_words,
    zone_in_words,
)
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.moments import day_in_words, stamp
from bot.answering.outcomes import Answer, CourseChoice, Link
from bot.content.model import Course
from bot.timetable.occurrences import Kind, Occurrence, clashes

MANY_DATES = 30

NEXT_DEADLINE = "**Next deadline:** {deadline}"
NO_DEADLINE = "**Next deadline:** none that I know of"
DATES = "**Dates:** {first} to {last} ({term})"
ZONE = "**Taught in:** {zone} time. Times here are shown in yours."
NOT_STATED = "not stated"
NOTHING_COMING = "Nothing is on the calendar {period}."
NEXT_UP = "The next date is {date}"
MORE = "- …and {count} more. The calendar file has all of them."
CLASH = "⚠️ at the same time as {other}"


def choice(course: Course) -> CourseChoice:
    """Offer a course as a button or in a list."""
    return CourseChoice(code=course.code, title=course.title)


def links(courses: Sequence[Course]) -> tuple[Link, ...]:
    """Take the courses' links as buttons; named after the course where there are several courses."""
    several = len(courses) > 1
    return tuple(
        Link(label=f"{course.code}: {label}" if several else label, url=url)
        for course in courses
        for label, url in course.links.items()
    )


def course_card(course: Course, base: KnowledgeBase, now: datetime) -> Answer:
    """Tell what a busy student wants to know of a course at a glance."""
    return Answer(
        entry=None,
        title=f"{course.code} · {course.title}",
        text="\n".join(filter(None, [course.about and f"{course.about.strip()}\n", *_rows(course, base, now)])),
        courses=(course.code,),
        format=course.format,
        links=links([course]),
    )


def courses_compared(courses: Sequence[Course], base: KnowledgeBase, now: datetime) -> Answer:
    """Show several courses under each other with the same rows, which a phone can show."""
    sections = ["\n".join([f"### {course.code} · {course.title}", *_rows(course, base, now)]) for course in courses]
    return Answer(
        entry=None,
        title=" and ".join(course.code for course in courses),
        text="\n".join(sections),
        courses=tuple(course.code for course in courses),
        links=links(courses),
    )


def schedule(courses: Sequence[Course], days: int | None, base: KnowledgeBase, now: datetime) -> Answer:
    """List sessions and deadlines of these courses by date, from now for so many days; None = to the end of term."""
    codes = tuple(course.code for course in courses)
    until = now + timedelta(days=days if days is not None else 3660)
    found = base.timetable.between(now, until, set(codes))
    several = len(courses) > 1
    clashing: dict[str, list[str]] = {}
    for one, other in clashes(found):
        clashing.setdefault(one.key, []).append(other.course)
        clashing.setdefault(other.key, []).append(one.course)
    dated = [(one.starts, _date_line(one, named=several, clash=clashing.get(one.key, ()))) for one in found]
    if days is not None:
        pauses = {text: day for one in courses if one.live_sessions for day, text in breaks(one, now, until)}
        dated += [(day, f"- {text}") for text, day in pauses.items()]
    lines = in_order(dated)
    if len(lines) > MANY_DATES:
        lines[MANY_DATES:] = [MORE.format(count=len(lines) - MANY_DATES)]
    if not found:
        lines = [_nothing(codes, days, base, now), *lines]
    period = f"next {days} days" if days is not None else "all dates"
    return Answer(
        entry=None,
        title=f"Schedule: {', '.join(codes)}, {period}",
        text="\n".join(lines),
        courses=codes,
        format=courses[0].format if len(courses) == 1 else None,
    )


def _rows(course: Course, base: KnowledgeBase, now: datetime) -> list[str]:
    due = base.timetable.next(course.code, Kind.DEADLINE, now)
    rows = [
        format_line(course, base),
        next_session(course, base, now) if course.live_sessions else NO_SESSIONS.format(course=course.code),
        NEXT_DEADLINE.format(deadline=deadline_in_words(due)) if due else NO_DEADLINE,
    ]
    if course.live_sessions:
        rows.append(attendance_line(course) or f"**Attendance:** {NOT_STATED}")
        rows.append(recordings_line(course) or f"**Recordings:** {NOT_STATED}")
    elif course.recordings is not None:
        rows.append(recordings_line(course))
    rows.append(DATES.format(first=day_in_words(course.starts), last=day_in_words(course.ends), term=course.term.name))
    rows.append(ZONE.format(zone=zone_in_words(course.timezone)))
    return [*rows, *contact_rows(course, base)]


def _date_line(occurrence: Occurrence, *, named: bool, clash: Sequence[str] = ()) -> str:
    course = f"{occurrence.course} " if named else ""
    if occurrence.kind is Kind.DEADLINE:
        return f"- 📌 {course}{deadline_in_words(occurrence)}"
    if occurrence.cancelled:
        reason = f": {occurrence.reason}" if occurrence.reason else ""
        held = f" · {HELD}" if occurrence.held else ""
        return f"- ~~{course}{stamp(occurrence.starts)}~~ cancelled{reason}{held}"
    line = f"- 🔴 {course}{session_in_words(occurrence)}"
    return f"{line} {CLASH.format(other=', '.join(clash))}" if clash else line


def _nothing(codes: Sequence[str], days: int | None, base: KnowledgeBase, now: datetime) -> str:
    period = f"in the next {days} days" if days is not None else "from today on"
    said = NOTHING_COMING.format(period=period)
    later = base.timetable.between(now, now + timedelta(days=3660), set(codes))
    return f"{said} {NEXT_UP.format(date=_date_line(later[0], named=len(codes) > 1)[2:])}" if later else said
