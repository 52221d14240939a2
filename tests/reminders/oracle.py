"""Says by the plainest possible means what ought to be sent when: no index, no cache, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store.records import QuietHours
from tests.reminders.school import KEYS, LASTS, NEW_YORK, OFFSETS, TAILS, School


@dataclass(frozen=True, kw_only=True)
class Key:
    """One reminder: to whom (0 is the channel of LIVE), of what, at which start, by which rule.

    Or a notice, with the moment of telling as its start; or what was missed, of no course, with the outage's end; or
    a weekly overview, of no course, with the end of its calendar week.
    """

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
    week: tuple[int, time, int] | None = None
    """Weekday, time and since when a weekly overview is wished."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    fire_at: int
    expires_at: int


@dataclass(frozen=True, kw_only=True)
class News:
    """A change that was told: what had been told before, when it was seen, and when it was told."""

    before: tuple[int, bool]
    seen: int
    batch: int


@dataclass(kw_only=True)
class Bulletin:
    """What the world was last told of each course's one date, as start and whether it is cancelled."""

    told: dict[str, tuple[int, bool]] = field(default_factory=dict)
    pending: dict[str, tuple[tuple[int, bool], int]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    news: dict[str, News] = field(default_factory=dict)
    beat: int | None = None
    outage: tuple[int, int] | None = None

    def is_up(self, now: int) -> None:
        """The bot is at work."""
        if self.beat is not None and now - self.beat > 900:
            self.outage = (self.beat, now)
        self.beat = max(now, self.beat or 0)

    def take_up(self, says: Mapping[str, tuple[int, bool]], now: int) -> None:
        """The bot looks at what the files say."""
        for course, state in says.items():
            last = self.told.setdefault(course, state)
            waiting, seen = self.pending.pop(course, (None, now))
            if state == last:
                self.held.discard(course)
            elif all(cancelled or start + LASTS[course] <= now for start, cancelled in (state, last)):
                self.told[course] = state
                self.held.discard(course)
                self.news.pop(course, None)
            else:
                self.pending[course] = (state, min(seen, now) if waiting == state else now)
        free = self.pending.keys() - self.held
        if free:
            newest = max(self.pending[course][1] for course in free)
            left = [
                moment - newest
                for course in free
                for start, cancelled in (self.told[course], self.pending[course][0])
                for moment in (start, start + LASTS[course])
                if moment > newest and not cancelled
            ]
            if newest + min([120, *(seconds // 2 for seconds in left)]) <= now:
                self.tell(free, now)

    def tell(self, courses: Iterable[str], now: int) -> None:
        for course in list(courses):
            state, seen = self.pending.pop(course)
            self.news[course] = News(before=self.told[course], seen=seen, batch=now)
            self.told[course] = state
            self.held.discard(course)

    def is_open(self, school: School, course: str) -> bool:
        """Tell whether what is true now was not told yet."""
        return self.told.get(course, state_of(school, course)) != state_of(school, course)


def state_of(school: School, course: str) -> tuple[int, bool]:
    return school.starts_at(course), _cancelled(school, course)


def wanted(
    school: School, students: Iterable[Student], channel_since: int, told: Iterable[Key], bulletin: Bulletin
) -> dict[Key, Moment]:
    """Return all texts that should be sent at some time, given which were sent before."""
    known = list(told)
    found: dict[Key, Moment] = {}
    for student in students:
        for course in student.follows if student.on else ():
            if course in student.done:
                continue
            if not _cancelled(school, course) and not bulletin.is_open(school, course):
                found |= _kept(school, course, student.number, _of_student(school, student, course), known)
            if (news := bulletin.news.get(course)) and _is_news_to(student, course, news):
                found |= _notice(student.number, course, news, bulletin.told[course])
        found |= _missed(school, student, known, bulletin)
        found |= _weekly(school, student)
    news = bulletin.news.get("LIVE")
    if news and channel_since < news.seen:
        found |= _notice(0, "LIVE", news, bulletin.told["LIVE"])
    if not school.live_cancelled and not bulletin.is_open(school, "LIVE"):
        start = school.starts_at("LIVE")
        fires = [(m * 60, str(m), start - m * 60) for m in OFFSETS["LIVE"] if start - m * 60 >= channel_since]
        found |= _kept(school, "LIVE", 0, fires, known)
    return found


def _is_news_to(student: Student, course: str, news: News) -> bool:
    return student.follows[course] < news.seen and max(student.on_since, student.muted.get(course, 0)) <= news.batch


def _notice(to: int, course: str, news: News, now_told: tuple[int, bool]) -> dict[Key, Moment]:
    ends = max(start + LASTS[course] for start, cancelled in (news.before, now_told) if not cancelled)
    key = Key(to=to, course=course, starts_at=news.batch, rule="told")
    return {key: Moment(fire_at=news.batch, expires_at=min(ends, news.batch + 86400))}


def _missed(school: School, student: Student, told: list[Key], bulletin: Bulletin) -> dict[Key, Moment]:
    if bulletin.outage is None or not student.on:
        return {}
    began, ended = bulletin.outage
    for course in student.follows:
        if course in student.done or course in bulletin.pending or _cancelled(school, course):
            continue
        if school.starts_at(course) + TAILS[course] > ended:
            continue
        rings = _kept(school, course, student.number, _of_student(school, student, course), told)
        if any(began < ring.fire_at and ring.expires_at <= ended for key, ring in rings.items() if key not in told):
            key = Key(to=student.number, course="", starts_at=ended, rule="missed")
            return {key: Moment(fire_at=ended, expires_at=ended + 86400)}
    return {}


def _weekly(school: School, student: Student) -> dict[Key, Moment]:
    found: dict[Key, Moment] = {}
    if student.week is None or not student.on:
        return found
    weekday, at, since = student.week
    for day in (date(2026, 9, 28) + timedelta(days=number) for number in range(60)):
        fire = int(datetime.combine(day, at, student.zone).timestamp())
        seven_days_on = int(datetime.combine(day + timedelta(days=7), at, student.zone).timestamp())
        if day.weekday() != weekday or fire < max(since, student.on_since):
            continue
        if any(_is_worth_a_word(school, student, course, fire, seven_days_on) for course in student.follows):
            monday = day + timedelta(days=7 - day.weekday())
            ends = int(datetime.combine(monday, time(), UTC).timestamp())
            key = Key(to=student.number, course="", starts_at=ends, rule="weekly")
            found[key] = Moment(fire_at=fire, expires_at=fire + 6 * 3600)
    return found


def _is_worth_a_word(school: School, student: Student, course: str, fire: int, seven_days_on: int) -> bool:
    """What is in the week, cancelled or not; or, if nothing is, what follows it within four more."""
    start = school.starts_at(course)
    if course in student.done or start < max(fire, student.muted.get(course, 0)):
        return False
    return start < seven_days_on or (start < seven_days_on + 28 * 86400 and not _cancelled(school, course))


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
    return next((course for course, key in KEYS.items() if occurrence in (course, key)), "")
