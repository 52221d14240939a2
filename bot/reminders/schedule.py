"""The timetable as reminders need it: instants in seconds, found by course and by key."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.model import Course
from bot.store.records import ItemKind, PersonalItem
from bot.timetable.occurrences import Kind, Occurrence, Timetable
from bot.timetable.wall_time import localize

TAILS = {Kind.DEADLINE: 0, Kind.SESSION: 600, ItemKind.DEADLINE: 0, ItemKind.SLOT: 900}
"""For how many seconds after its start a reminder of it is still of use."""
LONGEST_TAIL = max(TAILS.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """Something to be reminded of. `starts_at` is in seconds since 1970; `remind_before` in minutes."""

    key: str
    course: str | None
    starts_at: int
    remind_before: tuple[int, ...]
    of: Occurrence | PersonalItem
    cancelled: bool = False

    @property
    def last(self) -> int:
        """The instant from which a reminder is of no use any more."""
        return self.starts_at + TAILS[self.of.kind]

    @property
    def lasts(self) -> int:
        """For how many seconds people are at it, if it is a session."""
        ends = self.of.ends if isinstance(self.of, Occurrence) else None
        return int(ends.timestamp()) - self.starts_at if ends else 0


@dataclass(frozen=True)
class Schedule:
    """All that the files give to remind of. Unknown courses and keys have nothing."""

    zone: ZoneInfo
    courses: Mapping[str, Course]
    _by_course: Mapping[str, tuple[Dated, ...]]
    _starts: Mapping[str, tuple[int, ...]]
    _by_key: Mapping[str, Dated]

    @classmethod
    def of(cls, courses: Iterable[Course], timetable: Timetable, zone: ZoneInfo) -> Schedule:
        """Derive it from a timetable of these courses; `zone` is for people who have not said theirs."""
        known = {course.code: course for course in courses}
        by_course = {code: tuple(_dated(occurrence) for occurrence in timetable.of_course(code)) for code in known}
        return cls(
            zone=zone,
            courses=known,
            _by_course=by_course,
            _starts={code: tuple(dated.starts_at for dated in all_of_it) for code, all_of_it in by_course.items()},
            _by_key={dated.key: dated for all_of_it in by_course.values() for dated in all_of_it},
        )

    def between(self, course: str, lo: int, hi: int) -> Iterator[Dated]:
        """Yield what starts in lo <= start < hi, by start."""
        starts = self._starts.get(course, ())
        for index in range(bisect_left(starts, lo), len(starts)):
            if starts[index] >= hi:
                return
            yield self._by_course[course][index]

    def farthest(self, course: str) -> int:
        """The longest time before a start, in minutes, at which the file has this course reminded."""
        return max((minutes for dated in self._by_course.get(course, ()) for minutes in dated.remind_before), default=0)

    def runs(self) -> dict[str, tuple[int, int]]:
        """Return when the first day of each course begins, and when its last one is over."""
        return {
            code: (
                _midnight(course.starts, course.timezone),
                _midnight(course.ends + timedelta(days=1), course.timezone),
            )
            for code, course in self.courses.items()
        }

    def all(self) -> Iterable[Dated]:
        """Return all of every course."""
        return self._by_key.values()

    def find(self, key: str) -> Dated | None:
        return self._by_key.get(key)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(localize(datetime.combine(day, time()), zone).timestamp())


def _dated(occurrence: Occurrence) -> Dated:
    return Dated(
        key=occurrence.key,
        course=occurrence.course,
        starts_at=int(occurrence.starts.timestamp()),
        remind_before=occurrence.remind_before,
        of=occurrence,
        cancelled=occurrence.cancelled,
    )
