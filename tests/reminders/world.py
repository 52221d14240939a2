"""A stateful model of everything that happens to reminders, against the plain oracle and real components.

Processes die between any two steps or stand still while another takes over, answers get lost, clocks jump, students and
staff change their minds in between. Only Discord is a stand-in, behind the protocol that the bot's own door implements.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from bot.reminders.board import Board
from bot.reminders.delivery import Courier, Timing
from bot.reminders.desk import Desk, RefusedError
from bot.reminders.pace import Pace
from bot.reminders.post import Letter, PersonClosed
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.store import Connection
from bot.store.database import Database
from bot.store.deliveries import read_delivery
from bot.store.occurrences import read_occurrences
from bot.store.people import read_told
from bot.store.records import Delivery, QuietHours, State, To, Told
from bot.store.tables import delivery, metadata
from bot.store.uptime import beat
from tests.reminders.discord import Discord, Fate, Line
from tests.reminders.oracle import Bulletin, Key, Moment, Student, course_of, wanted
from tests.reminders.school import KEYS, School, instant

GUILD, CHANNEL, ROLE = 700, 900, 800
STUDENTS = (1, 2)
LEASE = Timing().lease
QUIET = (None, QuietHours(starts=time(22), ends=time(8)), QuietHours(starts=time(12), ends=time(15)))
ZONES = ("America/New_York", "Asia/Kathmandu")
COURSES = ("ESSAY", "LIVE")


@dataclass(frozen=True, kw_only=True)
class Work:
    """How the bot works: so many seconds after the next moment, or now (None); what becomes of its requests.

    `aside` happens before the unit of work number `at`, or when the process stands still, for `still` seconds. The gaps
    are seconds between this and further rounds.
    """

    late: int | None
    fates: list[Fate]
    planning: bool
    aside: str
    at: int
    still: int
    gaps: list[int]


LATER = 1000
"""Not before any unit of work, but when the process is stopped."""
ASIDES = ("rival", "opt out", "move", "close", "back")

WORK = st.builds(
    Work,
    late=st.sampled_from([0, 0, 1, 30, 2_000, 7_300, 10_800, None, None]),
    fates=st.lists(st.sampled_from(Fate), max_size=3),
    planning=st.sampled_from([True, True, False]),
    aside=st.sampled_from(["nothing", "nothing", "crash", *ASIDES]),
    at=st.integers(0, 7),
    still=st.sampled_from([5, 61, 130]),
    gaps=st.lists(st.sampled_from([1, 2, 20, 61, 600]), max_size=3),
)
STOPS = (Fate.PAUSE_BEFORE, Fate.PAUSE_AFTER, Fate.CRASH_BEFORE, Fate.CRASH_AFTER)
students = st.sampled_from(STUDENTS)
courses = st.sampled_from(COURSES)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


@cache
def _database() -> Database:
    database = Database.open(Path(tempfile.mkdtemp()) / "reminders.db")
    # Processes die here, the machine does not: what was committed is there, on the disk or not.
    database._connection.connection.execute("PRAGMA synchronous=OFF")
    database._connection.rollback()
    return database


def _emptied(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())


class Steps:
    """The database as one process uses it; before each unit of work something else may happen.

    It works in this thread, so that a run can be repeated exactly.
    """

    def __init__(
        self,
        database: Database,
        before_each: Callable[[], Awaitable[None]],
        world: World | None = None,
    ) -> None:
        self._database = database
        self._before_each = before_each
        self._world = world

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(0)
        await self._before_each()
        result = self._database.unit(work, *args, **kwargs)
        if work is take_up and self._world:
            self._world.taken_up(*args)
        if work is beat and self._world:
            self._world.bulletin.is_up(args[0])
        return result


async def _nothing() -> None:
    pass


class Process:
    """One run of the bot."""

    def __init__(self, world: World, name: str) -> None:
        self.name = name
        self.line = Line(
            discord=world.discord,
            fates=deque(),
            begins=lambda letter: world.begins(self, letter),
            ends=lambda letter, result: world.ends(self, letter, result),
            pause=world.pause,
            crash=world.crash,
        )
        self.courier = Courier(
            cast(Database, Steps(world.database, lambda: world.between(self), world)),
            self.line,
            owner=name,
            clock=world.clock,
            escape=str,
            requests=Pace(most=1, seconds=0),
            opens=Pace(most=1, seconds=0),
        )


class World(RuleBasedStateMachine):
    """The rules are what may happen; `violations` is what must not."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = _loop()
        self.database = _database()
        self.database.unit(_emptied)
        self.true = instant("2026-10-06 04:00").timestamp()
        self.skew = 0
        self.school = School()
        self.schedule = self.school.schedule()
        self.students = {number: Student(number=number) for number in STUDENTS}
        self.channel_since = self.now
        self.discord = Discord(lambda: self.true)
        self.bulletin = Bulletin()
        self.in_calendars: dict[str, tuple[int, Told]] = {}
        self.board = Board(cast(Database, Steps(self.database, _nothing)), lambda: self.schedule)
        self.desk = Desk(cast(Database, Steps(self.database, _nothing)), lambda: self.schedule)
        self.posted: set[Key] = set()
        self.keys: dict[int, Key] = {}
        self.recorded: set[int] = set()
        self.failed: set[Key] = set()
        self.in_flight: dict[int, tuple[str, float]] = {}
        self.violations: list[str] = []
        self.aside, self.aside_at, self.still = "nothing", 0, 0
        self.upsets = 0
        self.set_at = 0.0
        self.settled = False
        self.standing: Process | None = None
        self.processes = 0
        self.crashed = asyncio.Event()
        self.process = self.new_process()

    # --- The clockwork ----------------------------------------------------------------------------

    @property
    def now(self) -> int:
        return int(self.true + self.skew)

    def clock(self) -> datetime:
        return datetime.fromtimestamp(self.true + self.skew, UTC)

    def new_process(self) -> Process:
        self.processes += 1
        process = Process(self, f"process {self.processes}")
        process.courier.schedule = self.schedule
        return process

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        result = self.loop.run_until_complete(work)
        assert not self.violations, "\n".join(self.violations)
        return result

    async def between(self, process: Process) -> None:
        """Runs before each unit of work of the process under test."""
        while self.standing is process:  # noqa: ASYNC110 - nothing but another turn of the loop can end it
            await asyncio.sleep(0)
        if process is not self.process or self.aside == "nothing":
            return
        self.aside_at -= 1
        if self.aside_at < 0:
            await self.happen()

    async def pause(self) -> None:
        self.standing = self.process
        self.true += self.still
        if self.aside in ("nothing", "crash"):
            self.aside = "rival"
        self.upsets += 1
        await self.happen()
        self.standing = None

    async def happen(self) -> None:
        """Let what is drawn happen once, in the middle of something else."""
        aside, self.aside = self.aside, "nothing"
        self.upsets += 1
        match aside:
            case "rival":
                await self.rival()
            case "opt out":
                await self._unfollow(self.students[1], "ESSAY")
            case "move":
                await self._move("ESSAY", timedelta(hours=3))
            case "close":
                await self.rival()
                self.discord.closed |= {1, 2}
            case "back":
                self.set_clock(-7200)
            case "crash":
                await self.crash()

    def set_clock(self, seconds: int) -> None:
        self.skew = max(-7200, min(7200, self.skew + seconds))
        self.set_at = self.true

    async def rival(self) -> None:
        rival = self.new_process()
        await rival.courier.deliver()
        await rival.courier.finish()
        self.recorded |= {number for number, state in self.database.unit(_states) if state == State.SENT}

    async def crash(self) -> None:
        self.upsets += 1
        if self.aside == "back":
            await self.happen()
        self.crashed.set()
        await asyncio.Future()

    async def _tick(self, process: Process, *, planning: bool) -> None:
        process.courier.schedule = self.schedule
        self.crashed.clear()
        work = asyncio.create_task(self._work(process, planning=planning))
        crash = asyncio.create_task(self.crashed.wait())
        await asyncio.wait([work, crash], return_when=asyncio.FIRST_COMPLETED)
        crash.cancel()
        if self.crashed.is_set():
            remains = [work, *process.courier._tasks.values()]
            for task in remains:
                task.cancel()
            await asyncio.gather(*remains, return_exceptions=True)
            self.in_flight.clear()
            self.standing = None
            self.process = self.new_process()
        else:
            await work

    async def _work(self, process: Process, *, planning: bool) -> None:
        if planning:
            await process.courier.reconcile()
        await process.courier.deliver()
        await process.courier.finish()

    # --- What is watched --------------------------------------------------------------------------

    def taken_up(self, schedule: Schedule, now: int) -> None:
        found = {course: schedule.find(key) for course, key in KEYS.items()}
        self.bulletin.take_up({course: (one.starts_at, one.cancelled) for course, one in found.items() if one}, now)

    def wanted(self, told: Iterable[Key]) -> dict[Key, Moment]:
        return wanted(self.school, self.students.values(), self.channel_since, told, self.bulletin)

    async def begins(self, process: Process, letter: Letter) -> None:
        """A request begins: is it one that should be sent at this moment?"""
        row, told = self.database.unit(_row_and_told, letter, self.now)
        if row is None:
            return
        key = _key(row)
        wishes = self.wanted(told)
        moment = wishes.get(key)
        if moment is None:
            self.violations.append(f"not wanted: {key}")
        elif not moment.fire_at <= self.now < moment.expires_at:
            self.violations.append(f"at the wrong time: {key} {moment} now={self.now}")
        other, since = self.in_flight.get(letter.delivery, (process.name, 0))
        # A lease from before the clock was set is void; then the nonce alone must do.
        if other != process.name and self.true - since < LEASE <= self.true - self.set_at:
            self.violations.append(f"sent by two at once: {key}")
        self.in_flight[letter.delivery] = (process.name, self.true)
        self.posted.add(key)
        self.keys[letter.delivery] = key

    def ends(self, process: Process, letter: Letter, result: object) -> None:
        self.in_flight.pop(letter.delivery, None)
        if isinstance(result, PersonClosed):
            self.failed |= {key for key in self.posted if key.to == letter.recipient}

    def check_messages(self) -> None:
        """No two messages of one reminder, ever; no message that was recorded is forgotten."""
        keys = [self.keys[message.letter.delivery] for message in self.discord.messages]
        doubled = {key for key in keys if keys.count(key) > 1}
        assert not doubled, f"sent twice: {doubled}"
        there = {message.letter.delivery for message in self.discord.messages}
        for number, state in self.database.unit(_states):
            if state == State.SENT:
                assert number in there, f"recorded as sent, but lost: {self.keys.get(number)}"
                self.recorded.add(number)
            assert state == State.SENT or number not in self.recorded, f"sent, but recorded as {state}"

    def check_calendars(self) -> None:
        """Whoever imports a calendar again gets what changed, as its number is higher."""
        for row in self.database.unit(read_occurrences).values():
            sequence, told = self.in_calendars.get(row.uid, (-1, None))
            assert told == row.told or row.sequence > sequence, f"an old time stays in calendars: {row.uid}"
            self.in_calendars[row.uid] = (row.sequence, row.told)

    def teardown(self) -> None:
        if not self.violations and not self.settled:
            self.settle()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()

    # --- What happens -----------------------------------------------------------------------------

    @initialize(skew=st.sampled_from([0, 0, 7200, -7200]), quiet=st.sampled_from(QUIET), zone=st.sampled_from(ZONES))
    def begin(self, skew: int, quiet: QuietHours | None, zone: str) -> None:
        self.skew = skew
        self.channel_since = self.now
        self.run(self.desk.set_channel(GUILD, "LIVE", CHANNEL, ROLE, self.clock()))
        for number in STUDENTS:
            self.run(self.desk.direct_messages_opened(number, number, self.clock()))
            for course in COURSES:
                self.follow(self.students[number], course)
        self.rest(self.students[2], quiet, zone)

    @rule(
        who=students,
        course=courses,
        wish=st.sampled_from(["in", "in", "out", "offsets", "offsets", "mute", "speak", "off", "on", "rest", "rest"]),
        minutes=st.sampled_from([None, (1440,), (2880, 60), (120, 15)]),
        quiet=st.sampled_from(QUIET),
        zone=st.sampled_from(ZONES),
    )
    def says(
        self, who: int, course: str, wish: str, minutes: tuple[int, ...] | None, quiet: QuietHours | None, zone: str
    ) -> None:
        """A student changes a setting."""
        student = self.students[who]
        match wish:
            case "in":
                self.follow(student, course)
            case "out":
                self.run(self._unfollow(student, course))
            case "offsets" if course in student.follows:
                self.run(self.desk.set_offsets(who, course, minutes, self.clock()))
                before = student.offsets.pop(course, {})
                if minutes is not None:
                    student.offsets[course] = {offset: before.get(offset, self.now) for offset in minutes}
            case "mute" | "speak" if course in student.follows:
                until = self.now + (30 * 3600 if wish == "mute" else 0)
                self.run(self.desk.mute(who, course, datetime.fromtimestamp(until, UTC), self.clock()))
                student.muted[course] = until
            case "rest":
                self.rest(student, quiet, zone)
            case "on" | "off":
                self.run(self.desk.set_direct_messages(who, self.clock(), on=wish == "on"))
                if student.on != (wish == "on"):
                    student.on, student.on_since = not student.on, self.now

    def follow(self, student: Student, course: str) -> None:
        if self.run(self.desk.follow(student.number, course, self.clock())):
            student.follows[course] = self.now

    def rest(self, student: Student, quiet: QuietHours | None, zone: str) -> None:
        self.run(self.desk.set_zone(student.number, zone, self.clock()))
        self.run(self.desk.set_quiet_hours(student.number, quiet, self.clock()))
        student.quiet, student.zone = quiet, ZoneInfo(zone)

    async def _unfollow(self, student: Student, course: str) -> None:
        await self.desk.unfollow(student.number, course, self.clock())
        for wishes in (student.follows, student.offsets, student.muted):
            wishes.pop(course, None)

    @rule(who=students, weekday=st.sampled_from([None, 1, 2, 3]), at=st.sampled_from([time(5), time(16, 30)]))
    def asks_for_weeks(self, who: int, weekday: int | None, at: time) -> None:
        """A student wishes a weekly overview on this weekday, or (None) no more."""
        if weekday is None:
            self.run(self.desk.stop_digest(who, self.clock()))
            self.students[who].week = None
        else:
            self.run(self.desk.set_digest(who, weekday, at, self.clock()))
            self.students[who].week = (weekday, at, self.now)

    @precondition(lambda self: self.discord.messages)
    @rule(which=st.integers(0, 3), minutes=st.sampled_from([None, 10, 60, 600]))
    def presses(self, which: int, minutes: int | None) -> None:
        """A student presses Snooze, for so many minutes, or Done (None) on one of the last messages."""
        letter = self.discord.messages[-1 - which % len(self.discord.messages)].letter
        if letter.to is To.CHANNEL:
            return
        student, course = self.students[letter.recipient], course_of(letter.occurrence)
        if minutes is None:
            self.run(self.desk.done(student.number, letter.delivery, self.clock()))
            student.done.add(course)
            return
        try:
            until = self.run(self.desk.snooze(student.number, letter.delivery, minutes, self.clock()))
        except RefusedError:
            return
        student.snoozed[course] = (self.keys[letter.delivery].starts_at, int(until.timestamp()))

    @rule(course=courses, minutes=st.sampled_from([0, 0, 5, 11, 180, -180, 1440, -1440]), again=st.booleans())
    def edits(self, course: str, minutes: int, again: bool) -> None:
        """Staff move something, or (0) cancel the session or hold it again."""
        if minutes:
            self.run(self._move(course, timedelta(minutes=minutes)))
        else:
            self.cancel(again=again)
        self.run(self.process.courier.reconcile())

    async def _move(self, course: str, by: timedelta) -> None:
        moved = self.school.moved(course, by)
        if moved.starts_at(course) > self.now:
            self.school = moved
            self.schedule = moved.schedule()
            self.process.courier.schedule = self.schedule

    def cancel(self, *, again: bool) -> None:
        self.school = replace(self.school, live_cancelled=not again)
        self.schedule = self.school.schedule()
        self.process.courier.schedule = self.schedule

    @rule(hold=st.booleans())
    def decides(self, hold: bool) -> None:
        """Staff look at what is about to be told, and hold it or let it go."""
        batches = self.run(self.board.pending(self.clock()))
        self.taken_up(self.schedule, self.now)
        for batch in batches:
            assert set(batch.courses) <= self.bulletin.pending.keys(), "shown, but not wanted"
            decide = self.board.hold if hold else self.board.send_now
            assert self.run(decide(batch.mark, self.clock()))
            if hold:
                self.bulletin.held |= set(batch.courses)
            else:
                self.bulletin.tell(batch.courses, self.now)

    @rule(who=students, what=st.sampled_from(["shut", "shut", "open", "back", "ahead", "outage", "long outage"]))
    def turns(self, who: int, what: str) -> None:
        """The world turns: direct messages are closed and opened, clocks are set, the bot is down for hours."""
        match what:
            case "shut":
                self.discord.closed.add(who)
            case "open":
                self.discord.closed.discard(who)
                self.discord.refusals = [one for one in self.discord.refusals if one[0] != who]
                self.run(self.desk.direct_messages_opened(who, who, self.clock()))
            case "back" | "ahead":
                self.set_clock(7200 if what == "ahead" else -7200)
            case "outage" | "long outage":
                self.true += 2 * 3600 if what == "outage" else 20 * 3600

    @rule(how=WORK)
    def works(self, how: Work) -> None:
        """Work at the next moment at which something should be sent, or now, and again after each gap."""
        wishes = self.wanted(self.posted)
        ahead = sorted({moment.fire_at for moment in wishes.values() if moment.fire_at > self.now})
        if ahead and how.late is not None:
            self.run(self.process.courier.reconcile())
            self.true += ahead[0] - self.now + how.late
        self.process.line.fates.extend(how.fates)
        self.aside, self.aside_at, self.still = how.aside, how.at, how.still
        self.tick(planning=how.planning)
        for gap in how.gaps:
            self.true += gap
            self.tick(planning=how.planning)
        self.process.line.fates.clear()

    @rule(how=WORK)
    def works_on(self, how: Work) -> None:
        """Rules are drawn evenly, and this is the one that matters."""
        self.works(how)

    @rule(how=WORK, late=st.sampled_from([0, 10_800]), fate=st.sampled_from(STOPS), aside=st.sampled_from(ASIDES))
    def is_stopped(self, how: Work, late: int, fate: Fate, aside: str) -> None:
        """Work, and be stopped in the middle of sending, for good or for longer than a lease, as something happens."""
        self.works(replace(how, late=late, fates=[fate, *how.fates], aside=aside, at=LATER, still=130))

    def tick(self, *, planning: bool) -> None:
        self.run(self._tick(self.process, planning=planning))
        self.aside = "nothing"
        self.check_messages()
        self.check_calendars()

    @rule()
    def settle(self) -> None:
        """Let the bot work undisturbed for some minutes: then all that is due has been sent."""
        for seconds in (2, 61, 61):
            self.tick(planning=True)
            self.true += seconds
        self.tick(planning=True)
        there = {self.keys[message.letter.delivery] for message in self.discord.messages}
        wishes = self.wanted(there)
        due = {key for key, moment in wishes.items() if moment.fire_at <= self.now < moment.expires_at}
        lost = {key for key in due - there - self.failed if key.to not in self.discord.closed}
        assert not lost, f"lost: {lost}"
        for who in STUDENTS:
            refused = sum(one == who for one, _ in self.discord.refusals)
            assert refused <= 1 + self.upsets, f"tried again with closed direct messages: {who}"


def _key(row: Delivery) -> Key:
    to = 0 if row.to is To.CHANNEL else row.recipient
    return Key(to=to, course=course_of(row.occurrence), starts_at=row.starts_at, rule=row.rule)


def _states(connection: Connection) -> list[tuple[int, str]]:
    return [(row.id, row.state) for row in connection.execute(select(delivery.c.id, delivery.c.state))]


def _row_and_told(connection: Connection, letter: Letter, now: int) -> tuple[Delivery | None, list[Key]]:
    told = read_told(connection, letter.to, [letter.recipient], now).get(letter.recipient, {})
    to = 0 if letter.to is To.CHANNEL else letter.recipient
    keys = [
        Key(to=to, course=course_of(occurrence), starts_at=starts_at, rule=rule)
        for (occurrence, rule), starts in told.items()
        for starts_at in starts
    ]
    return read_delivery(connection, letter.delivery), keys
