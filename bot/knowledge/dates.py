"""Judges the days of a course: exceptions that hit nothing, days outside the course, two sessions at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.content.model import Break, Course, Deadline, LiveSession, Term, Weekly
from bot.content.when import worded
from bot.knowledge.findings import Findings, Path
from bot.knowledge.hours import judge_hour, judge_weekly_hour
from bot.timetable.occurrences import planned_days

NO_SESSION = "{field}: no session of {course} is planned on {day}. {instead}"
NOT_DUE = 'skip: "{name}" is not due on {day}. {instead}'
NEAREST = "The nearest one is on {day}"
NO_DATES = "It never takes place at all"
MOVED_THERE = "One was moved to that day: write the date as first planned, {day}"
ADDED_THERE = "One was added on that day: take its line out of added:"
ALSO_CANCELLED = "moved: the session of {day} is cancelled too (line {line}); keep one of the two"
BACKWARDS = "until: the last day ({last}) comes before the first ({first})"
OUTSIDE = "{field}: {day} is not within {course}, which runs from {first} to {last}. {instead}"
IS_IT_RIGHT = "Is the date right?"
ANOTHER_YEAR = "If the year is wrong, write  {day}"
TWICE = 'name: "{name}" with the same date stands in line {line} too; keep one of them'
FAR = timedelta(days=31)
AT_ONCE = "{field}: {course} has another session at the same time on {day} (line {line})"


def judge_dates(course: Course, path: Path, findings: Findings) -> None:
    """Find what cannot be right, or hardly, in the sessions and deadlines of the course at this path."""
    _judge_own_days(course, path, findings)
    for index, session in enumerate(course.live_sessions):
        _judge_session(course, session, (*path, "live_sessions", index), findings)
    for index, deadline in enumerate(course.deadlines):
        _judge_deadline(course, deadline, (*path, "deadlines", index), findings)
    _judge_doubled(course, path, findings)
    _judge_clashes(course, path, findings)


def judge_term(term: Term, path: Path, findings: Findings) -> None:
    """Find breaks that lie outside their term."""
    for number, pause in enumerate(term.no_class):
        if pause.last < term.starts or pause.first > term.ends:
            item = findings.item((*path, "no_class"), number, len(term.no_class))
            _tell_outside(pause.first, term.name, term.starts, term.ends, item, findings)


def _judge_own_days(course: Course, path: Path, findings: Findings) -> None:
    """Find a course that begins long before its term or ends long after it: mostly the year is wrong."""
    for field, day in (("starts", course.starts), ("ends", course.ends)):
        if not course.term.starts - FAR <= day <= course.term.ends + FAR:
            _tell_outside(day, course.term.name, course.term.starts, course.term.ends, (*path, field), findings)


def _judge_session(course: Course, session: LiveSession, path: Path, findings: Findings) -> None:
    if not _bounds_are_right(course, session, path, findings):
        return
    planned = _planned_dates(course, session)
    if session.cancelled or session.moved:
        _judge_exceptions(course, session, planned, path, findings)
    if isinstance(session.when, Weekly):
        judge_weekly_hour(course, session.when, planned, (*path, "every"), findings)
    for meeting in _meetings_once(session, path, findings):
        _judge_within(course, meeting.starts.date(), meeting.path, findings)
        judge_hour(course, meeting.starts, meeting.minutes, meeting.path, findings)


def _judge_deadline(course: Course, deadline: Deadline, path: Path, findings: Findings) -> None:
    if not _bounds_are_right(course, deadline, path, findings):
        return
    planned, due = _planned_dates(course, deadline), (*path, "due")
    if isinstance(deadline.due, Weekly):
        judge_weekly_hour(course, deadline.due, planned, due, findings)
    else:
        _judge_within(course, deadline.due.date(), due, findings)
        judge_hour(course, deadline.due, None, due, findings)
    for number, day in enumerate(deadline.skip):
        if day not in planned:
            item = findings.item((*path, "skip"), number, len(deadline.skip))
            instead, meant = _nearest(day, planned)
            findings.error(item, NOT_DUE.format(name=deadline.name, day=worded(day), instead=instead), day=meant)


def _judge_doubled(course: Course, path: Path, findings: Findings) -> None:
    first: dict[tuple[str, Weekly | datetime], int] = {}
    for index, deadline in enumerate(course.deadlines):
        other = first.setdefault((deadline.name.casefold(), deadline.due), index)
        if other != index:
            line = findings.line((*path, "deadlines", other, "name"))
            sentence = TWICE.format(name=deadline.name, line=line)
            findings.warning((*path, "deadlines", index, "name"), sentence)


def _planned_dates(course: Course, item: LiveSession | Deadline) -> tuple[date, ...]:
    """Return the dates of an item before any exception, those in a break included."""
    when = item.when if isinstance(item, LiveSession) else item.due
    if isinstance(when, Weekly):
        return tuple(planned_days(course, when, item.starts, item.ends))
    return (when.date() if isinstance(when, datetime) else when.starts.date(),)


# --- Within the course ---------------------------------------------------------------------------


def _bounds_are_right(course: Course, item: LiveSession | Deadline, path: Path, findings: Findings) -> bool:
    if item.starts and item.ends and item.ends < item.starts:
        sentence = BACKWARDS.format(last=worded(item.ends), first=worded(item.starts))
        findings.error((*path, "until"), sentence)
        return False
    for field, day in (("from", item.starts), ("until", item.ends)):
        if day is not None:
            _judge_within(course, day, (*path, field), findings)
    return True


def _judge_within(course: Course, day: date, path: Path, findings: Findings) -> None:
    if course.starts <= day <= course.ends:
        return
    _tell_outside(day, course.code, course.starts, course.ends, path, findings)


def _tell_outside(day: date, whole: str, first: date, last: date, path: Path, findings: Findings) -> None:
    """Tell a day outside of a course or a term, and the same day of a year in which it is inside."""
    years = range(first.year, last.year + 1)
    meant = next((other for year in years if (other := _in_year(day, year)) and first <= other <= last), None)
    sentence = OUTSIDE.format(
        field=findings.field(path),
        day=worded(day),
        course=whole,
        first=worded(first),
        last=worded(last),
        instead=ANOTHER_YEAR.format(day=worded(meant)) if meant else IS_IT_RIGHT,
    )
    findings.warning(path, sentence, day=meant)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


# --- Exceptions ----------------------------------------------------------------------------------


def _judge_exceptions(
    course: Course, session: LiveSession, planned: Collection[date], path: Path, findings: Findings
) -> None:
    """Look for dates that are cancelled or moved although no session was planned on them.

    A session that falls into a break may be cancelled once more, or moved out of it.
    """
    held = [day for day in planned if not _in_break(day, course.term.no_class)]
    for field, dates in (("cancelled", tuple(session.cancelled)), ("moved", tuple(session.moved))):
        for number, day in enumerate(dates):
            item = findings.item((*path, field), number, len(dates))
            if day not in planned:
                instead, meant = _instead(session, day, held)
                sentence = NO_SESSION.format(field=field, course=course.code, day=worded(day), instead=instead)
                findings.error(item, sentence, day=meant)
            elif field == "moved" and day in session.cancelled:
                cancelled = list(session.cancelled)
                line = findings.line(findings.item((*path, "cancelled"), cancelled.index(day), len(cancelled)))
                findings.error(item, ALSO_CANCELLED.format(day=worded(day), line=line))


def _instead(session: LiveSession, day: date, held: Sequence[date]) -> tuple[str, date | None]:
    """Say what may be meant by a day without a session, and which date, where it is one."""
    for planned, span in session.moved.items():
        if span.starts.date() == day:
            return MOVED_THERE.format(day=worded(planned)), planned
    if any(added.span.starts.date() == day for added in session.added):
        return ADDED_THERE, None
    return _nearest(day, held)


def _nearest(day: date, days: Collection[date]) -> tuple[str, date | None]:
    if not days:
        return NO_DATES, None
    another_year = [other for other in days if (other.month, other.day) == (day.month, day.day)]
    if another_year:
        return ANOTHER_YEAR.format(day=worded(another_year[0])), another_year[0]
    nearest = min(days, key=lambda other: (abs(other - day), other))
    return NEAREST.format(day=worded(nearest)), nearest


def _in_break(day: date, breaks: Sequence[Break]) -> bool:
    return any(pause.first <= day <= pause.last for pause in breaks)


# --- Two at once ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Meeting:
    """One meeting by the wall, and where its time was written."""

    starts: datetime
    minutes: int
    path: Path

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def _meetings_once(session: LiveSession, path: Path, findings: Findings) -> Iterator[_Meeting]:
    """Yield the meetings that have a date of their own in the file."""
    if not isinstance(session.when, Weekly):
        yield _Meeting(starts=session.when.starts, minutes=session.when.minutes, path=(*path, "on"))
    for number, span in enumerate(session.moved.values()):
        item = findings.item((*path, "moved"), number, len(session.moved))
        yield _Meeting(starts=span.starts, minutes=span.minutes, path=(*item, "to"))
    for number, added in enumerate(session.added):
        item = findings.item((*path, "added"), number, len(session.added))
        yield _Meeting(starts=added.span.starts, minutes=added.span.minutes, path=item)


def _meetings(course: Course, session: LiveSession, path: Path, findings: Findings) -> Iterator[_Meeting]:
    """Yield all meetings that take place."""
    gone = {*session.cancelled, *session.moved}
    if isinstance(session.when, Weekly):
        for day in planned_days(course, session.when, session.starts, session.ends):
            if day not in gone and not _in_break(day, course.term.no_class):
                starts = datetime.combine(day, session.when.at)
                yield _Meeting(starts=starts, minutes=session.when.minutes or 0, path=(*path, "every"))
    for meeting in _meetings_once(session, path, findings):
        if meeting.path[-1] != "on" or meeting.starts.date() not in gone:
            yield meeting


def _judge_clashes(course: Course, path: Path, findings: Findings) -> None:
    """Tell once of each two lines by which the course meets twice at the same time, at the later one of them."""
    if len(course.live_sessions) < 2 and not any(item.moved or item.added for item in course.live_sessions):
        return
    meetings = [
        meeting
        for index, session in enumerate(course.live_sessions)
        for meeting in _meetings(course, session, (*path, "live_sessions", index), findings)
    ]
    told: set[tuple[Path, Path]] = set()
    running: list[_Meeting] = []
    for meeting in sorted(meetings, key=lambda meeting: meeting.starts):
        running = [other for other in running if other.ends > meeting.starts]
        for other in running:
            one, later = sorted((other.path, meeting.path), key=findings.place)
            if (one, later) not in told:
                told.add((one, later))
                field, day = findings.field(later), worded(meeting.starts.date())
                sentence = AT_ONCE.format(field=field, day=day, course=course.code, line=findings.line(one))
                findings.warning(later, sentence)
        running.append(meeting)
