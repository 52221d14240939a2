"""A simulated term: 1,000 people, 16 weeks, staff's edits, changed minds and outages; is exactly the right thing sent?

python -m benchmarks.reminders_term [--small] [--seed N]

The clock is simulated and Discord answers at once, but plan, ledger, courier, desk and database are the bot's own. What
is sent, to whom, of what and in which minute, must be what the oracle says, and every text must be right at the moment
at which it is sent. Staff let every edit go at once, and each follower gets one notice of it. Outages: six of 1 min,
four of 50 min, four of 3 h and two of 3 d. Exits 1 otherwise. --small has 40 people.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from benchmarks.reminders_term_oracle import (
    AFTER_SESSION,
    BEGINS,
    DAY,
    ENDS,
    LATE,
    MINUTE,
    NEW_YORK,
    Ring,
    Slot,
    Student,
    Tale,
    Wishes,
    asleep,
    ought,
    ought_to_know,
    write,
)
from bot.chat.escape import escape
from bot.content.model import Weekly
from bot.reminders.board import Board
from bot.reminders.delivery import Courier, Timing
from bot.reminders.desk import Desk
from bot.reminders.pace import Pace
from bot.reminders.post import Letter, Missing, Opened, Post, Sent
from bot.reminders.schedule import Schedule
from bot.store import Connection
from bot.store.database import Database
from bot.store.records import ItemDraft, ItemKind, TextKind
from bot.store.uptime import beat
from bot.timetable.occurrences import Timetable

STAMP = re.compile(r"<t:(\d+):R>")
COMES_LATE = "comes late"


class Notebook(Post):
    """Takes every letter at once, and notes it with the moment."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.letters: list[tuple[int, Letter]] = []
        self.others: list[tuple[int, Letter]] = []
        self._now = now

    async def open(self, person: int) -> Opened:
        return Opened(person)

    async def send(self, letter: Letter) -> Sent:
        notes = self.letters if letter.kind is TextKind.REMINDER else self.others
        notes.append((self._now(), letter))
        return Sent(len(notes))

    async def find(self, letter: Letter, since: int) -> Missing:
        return Missing()


class Simulation:
    """The bot, living through a tale minute by minute; minutes in which nothing is to be done are passed over."""

    def __init__(self, tale: Tale, database: Database) -> None:
        self.tale = tale
        self.at = BEGINS
        self.book = Notebook(lambda: self.at)
        self._database = database
        self._schedules: dict[int, Schedule] = {}
        self._courier = self._start()
        self._desk = Desk(database, lambda: self._courier.schedule)
        self._board = Board(database, lambda: self._courier.schedule)
        self._changes = sorted(
            ((at, student, index) for student in tale.students for index, (at, _) in enumerate(student.story)),
            key=lambda change: (change[0], change[1].id, change[2]),
        )
        self._tidy = {student.id for student in tale.students if student.tidy}
        self._read = 0

    async def live(self) -> None:
        """Go through the whole term."""
        planned = float("-inf")
        while self.at < ENDS:
            up = self.tale.up(self.at, ENDS)
            if up is None:
                return
            if up != self.at:
                await self._database.run(beat, self.at - MINUTE, ENDS)
                self.at = up
                self._courier = self._start()
                planned = float("-inf")
            schedule = self._schedule()
            if schedule is not self._courier.schedule:
                self._courier.schedule = schedule
                planned = float("-inf")
            if planned < 0:
                for batch in await self._board.pending(self._clock()):
                    await self._board.send_now(batch.mark, self._clock())
            while self._changes and self._changes[0][0] <= self.at:
                _, student, index = self._changes.pop(0)
                await self._change(student, index)
            if planned > 0:
                await self._database.run(beat, self.at, ENDS)
            if self.at - planned >= DAY:
                planned = self.at
                await self._courier.reconcile()
            while await self._courier.deliver():
                await self._courier.finish()
            for _, letter in self.book.letters[self._read :]:
                if letter.recipient in self._tidy:
                    await self._desk.done(letter.recipient, letter.delivery, self._clock())
            self._read = len(self.book.letters)
            self.at = max(self.at + MINUTE, await self._next(int(planned) + DAY))

    async def _next(self, planning: int) -> int:
        """The next minute in which there is something to do."""
        fire = await self._database.run(_next_fire)
        moments = [planning, *(at for at, _ in self.tale.versions if at > self.at)]
        moments += [begins for begins, _ in self.tale.outages if begins > self.at]
        moments += [at for at, _, _ in self._changes[:1]]
        if fire is not None:
            moments.append(fire)
        return min(-(-moment // MINUTE) * MINUTE for moment in moments)

    def _start(self) -> Courier:
        courier = Courier(
            self._database,
            self.book,
            owner=f"from {self.at}",
            clock=self._clock,
            escape=escape,
            timing=Timing(slots=64),
            requests=Pace(most=1, seconds=0),
            opens=Pace(most=1, seconds=0),
        )
        courier.schedule = self._schedule()
        return courier

    def _clock(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    def _schedule(self) -> Schedule:
        version = bisect_right([at for at, _ in self.tale.versions], self.at) - 1
        if version not in self._schedules:
            courses = [subject.course() for subject in self.tale.versions[version][1].values()]
            self._schedules[version] = Schedule.of(courses, Timetable.of(courses), NEW_YORK)
        return self._schedules[version]

    async def _change(self, student: Student, index: int) -> None:
        """Tell the desk what is different now in what a person wishes."""
        who, now, wishes = student.id, self._clock(), student.story[index][1]
        before = student.story[index - 1][1] if index else Wishes(zone=NEW_YORK, quiet=None, follows={})
        if not index:
            await self._desk.direct_messages_opened(who, who, now)
            await self._desk.set_zone(who, wishes.zone.key, now)
            if student.slot:
                student.slot = await self._add(who, student.slot, now)
        if wishes.quiet != before.quiet:
            await self._desk.set_quiet_hours(who, wishes.quiet, now)
        for code in before.follows.keys() - wishes.follows.keys():
            await self._desk.unfollow(who, code, now)
        for code in wishes.follows.keys() - before.follows.keys():
            await self._desk.follow(who, code, now)
            if own := wishes.follows[code][1]:
                await self._desk.set_offsets(who, code, own, now)
        for code, until in wishes.muted.items():
            if before.muted.get(code) != until:
                await self._desk.mute(who, code, datetime.fromtimestamp(until, UTC), now)

    async def _add(self, who: int, slot: Slot, now: datetime) -> Slot:
        draft = ItemDraft(
            kind=ItemKind.SLOT,
            title="Study",
            when=Weekly(weekdays=(slot.weekday,), at=slot.at, minutes=60),
            zone=slot.zone,
            offsets=(slot.before,),
        )
        return replace(slot, id=await self._desk.add_item(who, draft, now))


def _next_fire(connection: Connection) -> int | None:
    return connection.execute(text("SELECT min(fire_at) FROM delivery WHERE state = 'planned'")).scalar()


def ring(at: int, letter: Letter) -> Ring:
    """What a letter says that it is about."""
    stamp = STAMP.search(letter.text)
    return Ring(who=letter.recipient, key=letter.occurrence, start=int(stamp[1]) if stamp else 0, at=at)


def wrong(tale: Tale, student: Student, at: int, letter: Letter, fire: int | None) -> str | None:
    """Say what is wrong with a letter at the moment at which it was sent, or nothing."""
    start = ring(at, letter).start
    wishes = next(wish for since, wish in reversed(student.story) if since <= at)
    words = letter.text
    if not start or set(re.findall(r"<t:(\d+)", words)) != {str(start)}:
        return "its times differ"
    if letter.silent is not asleep(wishes, at):
        return "it rings in quiet hours, or does not outside of them"
    if fire is not None and abs(at - fire - LATE) > MINUTE and (COMES_LATE in words) is not (at - fire > LATE):
        return "it does not say that it is late, or does without reason"
    if letter.occurrence.startswith("own/"):
        return None if "**Study**" in words and ("has begun" in words) is (at >= start) else "its words are wrong"
    subject = tale.subjects(at)[letter.occurrence.partition("/")[0]]
    if subject.code not in wishes.follows:
        return "nobody wants it"
    if (letter.occurrence, start, False) not in subject.dates():
        return "its date is another, or cancelled"
    if f"**{subject.code}: " not in words:
        return "it names another course"
    if subject.session:
        fine = "Room 1" in words and ("has begun" in words) is (at >= start) and at < start + AFTER_SESSION
    else:
        fine = "is due" in words and "Nothing to attend" in words and at < start
    return None if fine else "its words are wrong"


def simulate(people: int, seed: int) -> tuple[int, list[str]]:
    """Live through a term; return how many reminders and notices ought to be sent, and all that went otherwise."""
    tale = write(people, seed)
    memory = Path("/dev/shm")  # noqa: S108 # nothing is to survive, and there is no disk to wait for
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        closing(Database.open(Path(folder, "bell.sqlite3"))) as database,
    ):
        simulation = Simulation(tale, database)
        asyncio.run(simulation.live())
    expected = ought(tale)
    sent = [ring(at, letter) for at, letter in simulation.book.letters]
    by_id = {student.id: student for student in tale.students}
    notices = Counter(
        (letter.recipient, letter.occurrence, at)
        for at, letter in simulation.book.others
        if letter.kind is TextKind.NOTICE and not by_id[letter.recipient].tidy
    )
    news = set(ought_to_know(tale))
    outages = Counter((letter.recipient, at) for at, letter in simulation.book.others if letter.kind is TextKind.MISSED)
    problems = [f"lost: {one}" for one in expected.keys() - set(sent)]
    problems += [f"unasked: {one}" for one in set(sent) - expected.keys()]
    problems += ["doubled"] * (len(sent) - len(set(sent)))
    problems += [f"lost: notice {one}" for one in news - notices.keys()]
    problems += [f"unasked: notice {one}" for one in notices.keys() - news]
    problems += ["doubled"] * sum((notices - Counter(set(notices))).values())
    problems += ["doubled"] * sum((outages - Counter(set(outages))).values())
    for one, (at, letter) in zip(sent, simulation.book.letters, strict=True):
        if what := wrong(tale, by_id[letter.recipient], at, letter, expected.get(one)):
            problems.append(f"wrong: {what}: {one}")
    return len(expected) + len(news), problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    people = 40 if given.small else 1_000
    began = time.perf_counter()
    expected, problems = simulate(people, given.seed)
    kinds = {kind: sum(one.startswith(kind) for one in problems) for kind in ("lost", "unasked", "doubled", "wrong")}
    print(
        f"{people:,} people, expected {expected:,}  " + "  ".join(f"{kind} {n}" for kind, n in kinds.items()), end="  "
    )
    print(f"seconds {time.perf_counter() - began:.0f}  load {os.getloadavg()[0]:.1f}")
    for problem in sorted(problems)[:10]:
        print("  " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
