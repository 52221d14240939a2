"""Says by the plainest possible means what ought to be sent when: no index, no cache, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.store.records import QuietHours
from tests.reminders.school import KEYS, NEW_YORK, OFFSETS, TAILS, School


@dataclass(frozen=True, kw_only=True)
class Key:
    """One reminder: to whom (0 is the channel of LIVE), of what, at which start, by which rule."""

    to: int
    course: str
    starts_at: int
    rule: str


@dataclass(kw_only=True)
class Student:
    """What a student has said, as they know it."""

    number: int
    zone: ZoneInfo = NEW_YORK
    quiet: QuietHours | None = None
    follows: dict[str, int] = field(default_factory=dict)
    offsets: dict[str, dict[int, int]] = field(default_factory=dict)
    muted: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    snoozed: dict[str, tuple[int, int]] = field(default_factory=dict)
    on: bool = True
    on_since: int = 0


@dataclass(frozen=True, kw_only=True)
class Moment:
    fire_at: int
    expires_at: int


def wanted(school: School, students: Iterable[Student], channel_since: int, told: Iterable[Key]) -> dict[Key, Moment]:
    """Return all reminders that should be sent at some time, given which were sent before."""
    known = list(told)
    found: dict[Key, Moment] = {}
    for student in students:
        for course in student.follows if student.on else ():
            if course not in student.done and not _cancelled(school, course):
                found |= _kept(school, course, student.number, _of_student(school, student, course), known)
    if not school.live_cancelled:
        start = school.starts_at("LIVE")
        fires = [(m * 60, str(m), start - m * 60) for m in OFFSETS["LIVE"] if start - m * 60 >= channel_since]
        found |= _kept(school, "LIVE", 0, fires, known)
    return found


def _cancelled(school: School, course: str) -> bool:
    return course == "LIVE" and school.live_cancelled


def _of_student(school: School, student: Student, course: str) -> Iterator[tuple[int, str, int]]:
    """Yield seconds before, rule and moment."""
    start = school.starts_at(course)
    not_before = max(student.on_since, student.muted.get(course, 0))
    offsets = student.offsets.get(course, dict.fromkeys(OFFSETS[course], student.follows[course]))
    for minutes, since in offsets.items():
        fire = start - minutes * 60
        if fire >= max(since, not_before):
            yield minutes * 60, str(minutes), _loud(student, fire, start, max(since, not_before))
    starts_at, until = student.snoozed.get(course, (0, 0))
    if starts_at == start and until >= not_before:
        yield start - until, f"s{until}", until


def _loud(student: Student, fire: int, start: int, not_before: int) -> int:
    if not _asleep(student, fire):
        return fire
    end = fire
    while _asleep(student, end):
        end += 60
    beginning = fire
    while _asleep(student, beginning - 60):
        beginning -= 60
    if start - end >= 30 * 60:
        return end
    return beginning - 5 * 60 if beginning - 5 * 60 >= not_before else fire


def _asleep(student: Student, moment: int) -> bool:
    if student.quiet is None:
        return False
    clock = datetime.fromtimestamp(moment, UTC).astimezone(student.zone).time()
    starts, ends = student.quiet.starts, student.quiet.ends
    return starts <= clock < ends if starts <= ends else clock >= starts or clock < ends


def _kept(
    school: School, course: str, to: int, rules: Iterable[tuple[int, str, int]], told: list[Key]
) -> dict[Key, Moment]:
    start = school.starts_at(course)
    kept = {}
    end = start + TAILS[course]
    for seconds, rule, fire in sorted(rules):
        if fire >= end:
            continue
        key = Key(to=to, course=course, starts_at=start, rule=rule)
        if not any(_nearly(key, other, seconds) for other in told):
            kept[key] = Moment(fire_at=fire, expires_at=end)
        end = fire
    return kept


def _nearly(key: Key, other: Key, seconds: int) -> bool:
    same = (key.to, key.course, key.rule) == (other.to, other.course, other.rule)
    return same and 0 < abs(key.starts_at - other.starts_at) < max(600, seconds // 10)


def course_of(occurrence: str) -> str:
    return next(course for course, key in KEYS.items() if key == occurrence)
