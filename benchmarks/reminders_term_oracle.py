"""A simulated term, told twice: as the values that the bot works with, and as what ought to be sent when.

The second shares no code with the plan: it goes through the term stretch by stretch, in each of which nobody changes
anything, and asks for the first minute in which the bot is up and a reminder is due.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.content.model import Course, Deadline, Format, LiveSession, Span, Term, Weekly
from bot.store.records import QuietHours

NEW_YORK = ZoneInfo("America/New_York")
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu")
QUIETS = (None, None, QuietHours(starts=time(22, 7), ends=time(7, 7)), QuietHours(starts=time(0, 7), ends=time(8, 32)))
"""Never the very minute of a reminder, so that the few seconds of its spread make no difference."""
Offsets: TypeAlias = tuple[int, ...] | None
Follow: TypeAlias = tuple[int, Offsets]
"""Since when, and how many minutes before, or None for what the file says."""
OFFSETS: tuple[Offsets, ...] = (None, None, (30,), (300, 30), (2880, 180))
FIRST = date(2026, 9, 7)
WEEKS = 16
MINUTE, HOUR, DAY = 60, 3600, 86400
AFTER_SESSION = 600
LATE = 300


def instant(wall: datetime, zone: ZoneInfo = NEW_YORK) -> int:
    return int(wall.replace(tzinfo=zone).timestamp())


BEGINS = instant(datetime.combine(FIRST, time())) - 2 * DAY
ENDS = BEGINS + (7 * WEEKS + 4) * DAY


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A course with one thing: weekly, or only at `due`. `moved` and `cancelled` go by the date as first planned."""

    code: str
    session: bool
    weekday: int
    at: time
    before: tuple[int, ...]
    every: int = 1
    due: datetime | None = None
    moved: dict[date, datetime] = field(default_factory=dict)
    cancelled: frozenset[date] = frozenset()

    def dates(self) -> Iterator[tuple[str, int, bool]]:
        """Yield key, start and whether it is cancelled."""
        if self.due:
            yield f"{self.code}/project", instant(self.due), False
            return
        first = FIRST + timedelta(days=self.weekday)
        for week in range(0, WEEKS, self.every):
            day = first + timedelta(weeks=week)
            wall = self.moved.get(day, datetime.combine(day, self.at))
            yield f"{self.code}/{'class' if self.session else 'work'}@{day}", instant(wall), day in self.cancelled

    def course(self) -> Course:
        term = Term(name="Fall", starts=FIRST, ends=FIRST + timedelta(days=7 * WEEKS - 1))
        weekly = Weekly(weekdays=(self.weekday,), at=self.at, interval=self.every, minutes=75 if self.session else None)
        session = LiveSession(
            title="Class",
            when=weekly,
            where="Room 1",
            moved={day: Span(starts=wall, minutes=75) for day, wall in self.moved.items()},
            cancelled=dict.fromkeys(self.cancelled),
        )
        name = "Project" if self.due else "Work"
        return Course(
            code=self.code,
            title=self.code,
            format=Format.SYNCHRONOUS if self.session else Format.ASYNCHRONOUS,
            term=term,
            starts=term.starts,
            ends=term.ends,
            timezone=NEW_YORK,
            live_sessions=(session,) if self.session else (),
            deadlines=() if self.session else (Deadline(name=name, due=self.due or weekly, remind_before=self.before),),
            remind_before_sessions=self.before if self.session else (),
        )


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A person's own study time, every week."""

    id: int
    weekday: int
    at: time
    before: int
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a person wishes in one stretch. `follows` and `muted`, until when, are by course."""

    zone: ZoneInfo
    quiet: QuietHours | None
    follows: dict[str, Follow]
    muted: dict[str, int] = field(default_factory=dict)


@dataclass(kw_only=True)
class Student:
    """`story`: what they wish, from when on. `tidy`: they tick off whatever they are reminded of."""

    id: int
    story: list[tuple[int, Wishes]]
    slot: Slot | None = None
    tidy: bool = False


@dataclass(kw_only=True)
class Tale:
    """The whole term. `versions`: the timetable, from when on. `outages`: when the bot is down, from and until."""

    versions: list[tuple[int, dict[str, Subject]]]
    students: list[Student]
    outages: list[tuple[int, int]]

    def up(self, lo: int, hi: int) -> int | None:
        """Return the first whole minute in lo <= minute < hi in which the bot is up."""
        minute = -(-lo // MINUTE) * MINUTE
        index = bisect_right(self.outages, (minute, 1 << 62)) - 1
        if index >= 0 and minute < self.outages[index][1]:
            minute = self.outages[index][1]
        return minute if minute < hi else None

    def subjects(self, at: int) -> dict[str, Subject]:
        return self.versions[bisect_right([start for start, _ in self.versions], at) - 1][1]


@dataclass(frozen=True, kw_only=True)
class Ring:
    """One reminder that ought to be sent, or was: to whom, of what at which start, and when."""

    who: int
    key: str
    start: int
    at: int


def write(people: int, seed: int) -> Tale:
    """Make up a term: most join before it, some later; people and staff change their minds, and the bot has outages."""
    chance = random.Random(seed)
    subjects = {one.code: one for one in _subjects()}
    outages = _outages(chance)
    tale = Tale(versions=[(BEGINS, subjects)], students=[], outages=outages)
    for number in range(people // 10):
        _edit(tale, chance, BEGINS + DAY + (ENDS - BEGINS - 10 * DAY) * number // max(1, people // 10))
    codes = list(subjects)
    tale.students = [_student(tale, chance, 1_000 + number, codes) for number in range(people)]
    return tale


def _subjects() -> Iterator[Subject]:
    for number in range(8):
        yield Subject(
            code=f"WORK{number}", session=False, weekday=(6 - number) % 7, at=time(23, 59), before=(1440, 120)
        )
        yield Subject(
            code=f"LIVE{number}", session=True, weekday=number % 5, at=time(7 + number, 30), before=(60, 15), every=1
        )
        yield Subject(code=f"HALF{number}", session=True, weekday=number % 5, at=time(18), before=(1440, 30), every=2)
        due = datetime.combine(FIRST + timedelta(days=30 + 8 * number), time(17))
        yield Subject(code=f"PROJ{number}", session=False, weekday=0, at=time(17), before=(4320, 1440, 180), due=due)


def _outages(chance: random.Random) -> list[tuple[int, int]]:
    """Six of a minute, four of 50 minutes, four of three hours and two of three days, each in a part of the term.

    Those of 50 minutes end just after a session has begun, when a reminder of it is still of use.
    """
    starts = sorted(start for subject in _subjects() if subject.session for _, start, _ in subject.dates())
    lengths = [MINUTE] * 6 + [50 * MINUTE] * 4 + [3 * HOUR] * 4 + [3 * DAY] * 2
    chance.shuffle(lengths)
    room = (ENDS - BEGINS - 14 * DAY) // len(lengths)
    found = []
    for index, length in enumerate(lengths):
        spare = room - length - 3 * DAY if length < DAY else room - length - HOUR
        begins = BEGINS + 7 * DAY + index * room + chance.randrange(0, spare) // MINUTE * MINUTE
        if length == 50 * MINUTE:
            begins = next(start for start in starts if start > begins) + 5 * MINUTE - length
        found.append((begins, begins + length))
    return found


def _edit(tale: Tale, chance: random.Random, about: int) -> None:
    """Let staff move or cancel something that is a few hours or days ahead."""
    at = about // MINUTE * MINUTE + chance.randrange(0, 600) * MINUTE
    at = max(at, tale.versions[-1][0] + MINUTE)
    subjects = dict(tale.versions[-1][1])
    subject = subjects[chance.choice([code for code in subjects if not code.startswith("WORK")])]
    if subject.due:
        by = chance.choice([timedelta(minutes=5), timedelta(minutes=-5), timedelta(days=1), timedelta(hours=-9)])
        if at + HOUR < min(instant(subject.due), instant(subject.due + by)):
            subjects[subject.code] = replace(subject, due=subject.due + by)
    else:
        ahead = [start for _, start, cancelled in subject.dates() if start > at + HOUR and not cancelled]
        if not ahead:
            return
        soon = next(n for n, (_, start, gone) in enumerate(subject.dates()) if start == ahead[0] and not gone)
        day = FIRST + timedelta(days=subject.weekday, weeks=soon * subject.every)
        wall = subject.moved.get(day, datetime.combine(day, subject.at))
        by = timedelta(minutes=chance.choice([5, 90, -45, 1440, 2 * 1440]))
        if chance.random() < 0.3:
            subjects[subject.code] = replace(subject, cancelled=subject.cancelled | {day})
        elif instant(wall + by) > at + HOUR:
            subjects[subject.code] = replace(subject, moved={**subject.moved, day: wall + by})
    tale.versions.append((at, subjects))


def _student(tale: Tale, chance: random.Random, number: int, codes: list[str]) -> Student:
    zone = ZoneInfo(chance.choice(ZONES))
    chosen = chance.sample(codes, chance.choice([1, 1, 2, 3]))
    joined = BEGINS if chance.random() < 0.8 else _moment(tale, chance)
    follows: dict[str, Follow] = {code: (joined, chance.choice(OFFSETS)) for code in chosen}
    wishes = Wishes(zone=zone, quiet=chance.choice(QUIETS), follows=follows)
    student = Student(id=number, story=[(joined, wishes)], tidy=chance.random() < 0.05)
    if chance.random() < 0.05:
        at = time(chance.randrange(8, 21), 30)
        student.slot = Slot(id=0, weekday=chance.randrange(7), at=at, before=10, zone=zone)
    for _ in range(chance.choice([0, 0, 1, 2])):
        moment = _moment(tale, chance)
        if moment > student.story[-1][0]:
            student.story.append((moment, _other(student.story[-1][1], chance, moment, codes)))
    return student


def _moment(tale: Tale, chance: random.Random) -> int:
    """A minute in the term in which the bot hears what people say."""
    at = chance.randrange(BEGINS + DAY, ENDS - 7 * DAY) // MINUTE * MINUTE
    return tale.up(at, ENDS) or at


def _other(wishes: Wishes, chance: random.Random, at: int, codes: list[str]) -> Wishes:
    """Change one's mind about one thing."""
    follows = dict(wishes.follows)
    match chance.choice(["leave", "join", "mute", "quiet"]):
        case "leave" if follows:
            code = chance.choice(list(follows))
            del follows[code]
            return replace(wishes, follows=follows, muted={c: until for c, until in wishes.muted.items() if c != code})
        case "join":
            code = chance.choice(codes)
            follows.setdefault(code, (at, None))
            return replace(wishes, follows=follows)
        case "mute" if follows:
            code = chance.choice(list(follows))
            return replace(wishes, muted={**wishes.muted, code: at + chance.choice([2 * HOUR, 3 * DAY, 10 * DAY])})
    return replace(wishes, quiet=chance.choice([quiet for quiet in QUIETS if quiet != wishes.quiet]))


# --- What ought to be sent ------------------------------------------------------------------------


def ought(tale: Tale) -> dict[Ring, int]:
    """Return all that ought to be sent, with the moment for which it was meant."""
    return {ring: fire for student in tale.students for ring, fire in _to(tale, student)}


def ought_to_know(tale: Tale) -> Iterator[tuple[int, str, int]]:
    """Yield whom a notice ought to reach, of what, and when, if each edit is told at once; not for tidy students."""
    known = {code: set(one.dates()) for code, one in tale.versions[0][1].items()}
    for at in dict.fromkeys(tale.up(at, ENDS) for at, _ in tale.versions):
        if at is None:
            return
        for code, subject in tale.subjects(at).items():
            dates = set(subject.dates())
            changed = {key.partition("@")[0] for key, start, gone in known[code] ^ dates if start > at and not gone}
            known[code] = dates
            for student in tale.students if changed else ():
                wishes = next((wish for since, wish in reversed(student.story) if since <= at), None)
                follows = wishes is not None and code in wishes.follows and wishes.follows[code][0] < at
                if wishes and follows and wishes.muted.get(code, 0) <= at and not student.tidy:
                    yield from ((student.id, thing, at) for thing in changed)


def _to(tale: Tale, student: Student) -> Iterator[tuple[Ring, int]]:
    cuts = sorted({at for at, _ in student.story} | {at for at, _ in tale.versions} | {ENDS})
    cuts = cuts[bisect_left(cuts, student.story[0][0]) :]
    told: dict[tuple[str, int], list[int]] = {}
    ticked: dict[str, int] = {}
    for lo, hi in pairwise(cuts):
        wishes = next(wish for at, wish in reversed(student.story) if at <= lo)
        found = sorted(_due(tale, student, wishes, lo, hi), key=lambda one: one[0].at)
        for ring, fire, before in found:
            starts = told.setdefault((ring.key, before), [])
            if ring.start in starts or ticked.get(ring.key, ring.at) < ring.at:
                continue
            if any(abs(start - ring.start) < max(600, before * MINUTE / 10) for start in starts):
                continue
            if student.tidy:
                if ring.key in ticked:
                    continue
                ticked[ring.key] = ring.at
            starts.append(ring.start)
            yield ring, fire


def _due(tale: Tale, student: Student, wishes: Wishes, lo: int, hi: int) -> Iterator[tuple[Ring, int, int]]:
    """Yield what becomes due in a stretch: the ring, when it was meant for, and how many minutes before."""
    subjects = tale.subjects(lo)
    for code, (since, own) in wishes.follows.items():
        subject = subjects[code]
        not_before = max(since, wishes.muted.get(code, 0))
        for key, start, cancelled in subject.dates():
            if not cancelled and lo - AFTER_SESSION <= start < hi + 4 * DAY:
                last = start + (AFTER_SESSION if subject.session else 0)
                fires = [(before, _fire(wishes, start, before, not_before)) for before in own or subject.before]
                yield from _first(tale, student.id, key, start, last, fires, lo, hi)
    if slot := student.slot:
        for week in range(-1, WEEKS + 2):
            day = FIRST + timedelta(days=slot.weekday, weeks=week)
            start = instant(datetime.combine(day, slot.at), slot.zone)
            fires = [(slot.before, _fire(wishes, start, slot.before, student.story[0][0]))]
            yield from _first(tale, student.id, f"own/{slot.id}@{day}", start, start + 900, fires, lo, hi)


def _first(
    tale: Tale, who: int, key: str, start: int, last: int, fires: list[tuple[int, int | None]], lo: int, hi: int
) -> Iterator[tuple[Ring, int, int]]:
    ends = last
    for before, fire in sorted(fires):
        if fire is None or fire >= ends:
            continue
        at = tale.up(max(fire, lo), min(ends, hi))
        if at is not None:
            yield Ring(who=who, key=key, start=start, at=at), fire, before
        ends = fire


def _fire(wishes: Wishes, start: int, before: int, not_before: int) -> int | None:
    """When it should ring; None if that was before it was wished."""
    fire = start - before * MINUTE
    if fire < not_before:
        return None
    if wishes.quiet is None or not asleep(wishes, fire):
        return fire
    today = datetime.fromtimestamp(fire, UTC).astimezone(wishes.zone).date()
    days = [today + timedelta(days=step) for step in (-1, 0, 1)]
    wakes = min(end for day in days if (end := instant(datetime.combine(day, wishes.quiet.ends), wishes.zone)) > fire)
    if wakes + 30 * MINUTE <= start:
        return wakes
    sleeps = max(
        beginning
        for day in days
        if (beginning := instant(datetime.combine(day, wishes.quiet.starts), wishes.zone)) <= fire
    )
    return sleeps - 5 * MINUTE if sleeps - 5 * MINUTE >= not_before else fire


def asleep(wishes: Wishes, at: int) -> bool:
    """Tell whether it is within a person's quiet hours."""
    if wishes.quiet is None:
        return False
    wall = datetime.fromtimestamp(at, UTC).astimezone(wishes.zone).time()
    after, until = wishes.quiet.starts <= wall, wall < wishes.quiet.ends
    return (after and until) if wishes.quiet.starts < wishes.quiet.ends else (after or until)
