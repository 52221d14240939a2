"""Sessions and deadlines of courses become occurrences: each with its moment, its state and a key that stays.

Keys: "<course>/<item>" for a dated deadline or a session held once, "<course>/<item>@YYYY-MM-DD" for each one of a
weekly item and for an added session, where the item is the slug of its name or title and the date is the one first
planned. So a new date, or a move, keeps the key. Only where two would share a key, a finer one tells them apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import islice, takewhile

from bot.content.model import Course, Deadline, LiveSession, Span, Weekly
from bot.timetable._keys import Candidates, settle, slug
from bot.timetable.wall_time import instant, later, localize


class Kind(StrEnum):
    SESSION = "session"
    DEADLINE = "deadline"


class Status(StrEnum):
    """An added session is planned, like any other."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One live session or one deadline, on one date. Every datetime is aware, in the course's zone.

    Compare moments with `wall_time.instant`, as datetimes of one zone compare by the wall.
    """

    key: str
    course: str
    """The course's code."""
    kind: Kind
    title: str | None
    """None: a live session without a title."""
    starts: datetime
    """A deadline's moment."""
    ends: datetime | None
    """None for a deadline."""
    status: Status
    planned: datetime
    """The start as first planned, which is `starts` unless it was moved."""
    reason: str | None = None
    """Why it is cancelled, if staff said so."""
    optional: bool = False
    where: str | None = None
    link: str | None = None
    note: str | None = None
    remind_before: tuple[int, ...] = ()
    """Minutes before the start."""
    held: bool = False
    """Staff have yet to confirm what is said here."""

    def __post_init__(self) -> None:
        for moment in (self.starts, self.ends, self.planned):
            if moment is not None and moment.tzinfo is None:
                msg = f"{moment!r} carries no zone"
                raise ValueError(msg)

    @property
    def cancelled(self) -> bool:
        return self.status is Status.CANCELLED


def occurrences(course: Course) -> tuple[Occurrence, ...]:
    """Return all sessions and deadlines of a course, cancelled ones too, by start and then by key.

    A session that falls into a break, or a deadline that is skipped, is not there at all. Items that say exactly
    the same twice count once.
    """
    unique: dict[Occurrence, _Draft] = {}
    for draft in _drafts(course):
        unique[draft.occurrence] = max(unique.get(draft.occurrence, draft), draft, key=_Draft.rank)
    drafts = list(unique.values())
    keys = settle([draft.candidates for draft in drafts])
    settled = (replace(draft.occurrence, key=key) for draft, key in zip(drafts, keys, strict=True))
    return tuple(sorted(settled, key=_by_start))


def clashes(among: Iterable[Occurrence]) -> list[tuple[Occurrence, Occurrence]]:
    """Return the pairs of sessions that overlap, by start; cancelled ones and deadlines clash with nothing."""
    running: list[Occurrence] = []
    pairs = []
    for session in sorted(among, key=_by_start):
        if session.kind is Kind.SESSION and not session.cancelled:
            running = [other for other in running if _end(other) > instant(session.starts)]
            pairs += [(other, session) for other in running]
            running.append(session)
    return pairs


@dataclass(frozen=True)
class _Agenda:
    """The occurrences of one course by start, with what makes finding them cheap."""

    occurrences: tuple[Occurrence, ...]
    starts: tuple[datetime, ...]
    longest: timedelta

    @classmethod
    def of(cls, course: Course) -> _Agenda:
        items = occurrences(course)
        starts = tuple(instant(item.starts) for item in items)
        longest = max((_end(item) - start for item, start in zip(items, starts, strict=True)), default=timedelta())
        return cls(items, starts, longest)

    def from_(self, now: datetime) -> Iterator[Occurrence]:
        """Yield by start what starts at `now` or later, or is running then."""
        moment = instant(now)
        for index in range(bisect_left(self.starts, moment - self.longest), len(self.starts)):
            if self.starts[index] >= moment or _end(self.occurrences[index]) > moment:
                yield self.occurrences[index]


@dataclass(frozen=True)
class Timetable:
    """All occurrences of all courses. Unknown course codes have none."""

    _agendas: Mapping[str, _Agenda]
    _held: Collection[str] = ()

    @classmethod
    def of(cls, courses: Iterable[Course]) -> Timetable:
        return cls({course.code: _Agenda.of(course) for course in courses})

    def of_course(self, course: str) -> tuple[Occurrence, ...]:
        """Return all occurrences of one course, by start."""
        agenda = self._agendas.get(course)
        return tuple(self._marked(agenda.occurrences)) if agenda else ()

    def between(self, lo: datetime, hi: datetime, courses: Collection[str] | None = None) -> list[Occurrence]:
        """Return what starts in lo <= start < hi or is running at `lo`, cancelled ones too, by start.

        `courses`: only these codes; None means all.
        """
        end = instant(hi)
        if instant(lo) >= end:
            return []
        found = [
            item
            for code, agenda in self._agendas.items()
            if courses is None or code in courses
            for item in takewhile(lambda item: instant(item.starts) < end, agenda.from_(lo))
        ]
        return sorted(self._marked(found), key=_by_start)

    def holding(self, keys: Collection[str]) -> Timetable:
        """Return the same timetable, in which the occurrences with these keys are held."""
        return replace(self, _held=keys)

    def next(self, course: str, kind: Kind, now: datetime) -> Occurrence | None:
        """Return the session or deadline that is next or running now, and not cancelled."""
        return next(iter(self.upcoming(course, kind, now, limit=1)), None)

    def upcoming(self, course: str, kind: Kind, now: datetime, limit: int) -> list[Occurrence]:
        """Return the next `limit` sessions or deadlines, by start: also one running now, none that is cancelled."""
        agenda = self._agendas.get(course)
        ahead = agenda.from_(now) if agenda else iter(())
        wanted = islice((item for item in ahead if item.kind is kind and not item.cancelled), limit)
        return list(self._marked(wanted))

    def _marked(self, found: Iterable[Occurrence]) -> Iterator[Occurrence]:
        return (replace(item, held=True) if item.key in self._held else item for item in found)


# --- From what staff wrote to occurrences ---------------------------------------------------------


@dataclass(frozen=True)
class _Draft:
    """An occurrence whose key is not settled yet."""

    occurrence: Occurrence
    candidates: Candidates

    def rank(self) -> tuple[bool, int, tuple[str, ...]]:
        """Of two that say the same, the one with the higher rank gives the key, whichever comes first."""
        return self.candidates.regular, len(self.candidates.keys), self.candidates.keys


def _drafts(course: Course) -> Iterator[_Draft]:
    items = {slug(session.title, Kind.SESSION) for session in course.live_sessions}
    for session in course.live_sessions:
        yield from _sessions(course, session, slug(session.title, Kind.SESSION))
    for deadline in course.deadlines:
        item = slug(deadline.name, Kind.DEADLINE)
        yield from _deadlines(course, deadline, f"{item}-{Kind.DEADLINE}" if item in items else item)


def _sessions(course: Course, session: LiveSession, item: str) -> Iterator[_Draft]:
    regular = isinstance(session.when, Weekly)
    for planned in _planned(course, session):
        day = planned.starts.date()
        actual = session.moved.get(day, planned)
        occurrence = _session(course, session, session.title, actual)
        if actual is not planned and (at := localize(planned.starts, course.timezone)) != occurrence.starts:
            occurrence = replace(occurrence, planned=at, status=Status.MOVED)
        if day in session.cancelled:
            occurrence = replace(occurrence, status=Status.CANCELLED, reason=session.cancelled[day])
        yield _draft(occurrence, item, planned.starts, dated=not regular, regular=regular)
    for added in session.added:
        occurrence = _session(course, session, added.title or session.title, added.span)
        yield _draft(occurrence, item, added.span.starts, dated=False, regular=False)


def _planned(course: Course, session: LiveSession) -> Iterator[Span]:
    """Yield the meetings of a session as first planned, less those in a break, unless they were moved out of it."""
    if isinstance(session.when, Span):
        yield session.when
        return
    for day in planned_days(course, session.when, session.starts, session.ends):
        if day in session.moved or not any(pause.first <= day <= pause.last for pause in course.term.no_class):
            yield Span(starts=datetime.combine(day, session.when.at), minutes=session.when.minutes or 0)


def _session(course: Course, session: LiveSession, title: str | None, span: Span) -> Occurrence:
    starts = localize(span.starts, course.timezone)
    return Occurrence(
        key="",
        course=course.code,
        kind=Kind.SESSION,
        title=title,
        starts=starts,
        ends=later(starts, span.minutes),
        status=Status.PLANNED,
        planned=starts,
        optional=session.optional,
        where=session.where,
        remind_before=course.remind_before_sessions,
    )


def _deadlines(course: Course, deadline: Deadline, item: str) -> Iterator[_Draft]:
    due = deadline.due
    weekly = isinstance(due, Weekly)
    moments = (
        [datetime.combine(day, due.at) for day in planned_days(course, due, deadline.starts, deadline.ends)]
        if isinstance(due, Weekly)
        else [due]
    )
    for wall in moments:
        if wall.date() in deadline.skip:
            continue
        at = localize(wall, course.timezone)
        occurrence = Occurrence(
            key="",
            course=course.code,
            kind=Kind.DEADLINE,
            title=deadline.name,
            starts=at,
            ends=None,
            status=Status.PLANNED,
            planned=at,
            link=deadline.link,
            note=deadline.note,
            remind_before=deadline.remind_before,
        )
        yield _draft(occurrence, item, wall, dated=not weekly, regular=weekly)


def planned_days(course: Course, weekly: Weekly, starts: date | None, ends: date | None) -> Iterator[date]:
    """Yield the dates of a weekly item, breaks included, within its own dates and its course's.

    Weeks begin on Monday, and "every other" counts them from that of the first date, whether or not one is held then.
    """
    last = min(ends or course.ends, course.ends)
    days = map(date.fromordinal, range((starts or course.starts).toordinal(), last.toordinal() + 1))
    first_week = None
    for day in days:
        if day.weekday() in weekly.weekdays:
            week = (day.toordinal() - 1) // 7
            first_week = week if first_week is None else first_week
            if (week - first_week) % weekly.interval == 0 and day >= course.starts:
                yield day


def _draft(occurrence: Occurrence, item: str, planned: datetime, *, dated: bool, regular: bool) -> _Draft:
    """Give an occurrence the keys that it could have; the last is as fine as all that it says."""
    name = f"{occurrence.course}/{item}"
    on_day = f"{name}@{planned:%Y-%m-%d}"
    keys = (on_day, f"{on_day}T{planned:%H:%M}")
    content = partial(_content, occurrence)
    return _Draft(occurrence, Candidates(keys=(name, *keys) if dated else keys, content=content, regular=regular))


def _content(occurrence: Occurrence) -> str:
    return "\n".join(str(getattr(occurrence, field.name)) for field in fields(occurrence))


def _end(occurrence: Occurrence) -> datetime:
    return instant(occurrence.ends or occurrence.starts)


def _by_start(occurrence: Occurrence) -> tuple[datetime, str]:
    return instant(occurrence.starts), occurrence.key
