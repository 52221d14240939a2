"""A calendar that imports the file again: what was moved moves, what was called off is struck out, nothing doubles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.content.model import Course, Deadline, LiveSession
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.store.database import Database
from bot.timetable.ics import calendar
from bot.timetable.occurrences import Timetable
from tests.reminders.school import instant
from tests.timetable.courses import NEW_YORK, TUE, at, course, every, on, span

CLINIC = LiveSession(title="Clinic", when=every(TUE, minutes=90))
ESSAY = Deadline(name="Essay", due=at("2 Oct 17:00"))
OTHER = course(*(Deadline(name=f"Paper {number}", due=at("7 Oct 12:00")) for number in range(40)), code="XY-1")


class Imported:
    """A calendar program, which keeps of each UID what has the highest number, and of the same the latest."""

    def __init__(self, database: Database) -> None:
        self.events: dict[str, dict[str, str]] = {}
        self._database = database
        self._minutes = 0

    async def after(self, taught: Course, *, settled: bool = True) -> dict[str, str]:
        """Staff save this, it is told, and the file is imported: what the calendar shows, by title."""
        schedule = Schedule.of([taught, OTHER], timetable := Timetable.of([taught, OTHER]), NEW_YORK)
        for _ in range(2 if settled else 1):
            self._minutes += 3
            now = int(instant("2026-09-21 12:00").timestamp()) + 60 * self._minutes
            taken_up = await self._database.run(take_up, schedule, now)
        file = calendar(
            [*timetable.of_course(taught.code), *taken_up.editions(schedule).gone],
            name=taught.code,
            titles={},
            stamp=datetime.fromtimestamp(now, UTC),
            editions=taken_up.editions(schedule),
        )
        found = Calendar.from_ical(file).events
        assert len({event["uid"] for event in found}) == len(found)
        for event in found:
            lines = event.to_ical().decode().replace("\r\n ", "").split("\r\n")
            new = {name: value for name, _, value in (line.partition(":") for line in lines)}
            old = self.events.setdefault(uid := new["UID"], new)
            if (int(new["SEQUENCE"]), new["DTSTAMP"]) > (int(old["SEQUENCE"]), old["DTSTAMP"]):
                self.events[uid] = new
        return {f"{one['SUMMARY']} {one['DTSTART']}": one["STATUS"] for one in self.events.values()}


@pytest.fixture
async def imported(tmp_path: Path) -> AsyncIterator[Imported]:
    database = Database.open(tmp_path / "schoolbell.db")
    yield Imported(database)
    database.close()


async def test_what_is_moved_called_off_renamed_and_removed_is_so_after_the_next_import(imported: Imported) -> None:
    first = await imported.after(course(CLINIC, ESSAY))
    assert len(first) == 6
    assert first["PM-101: Clinic 20260922T220000Z"] == "CONFIRMED"
    edited = replace(
        CLINIC, moved={on("22 Sep"): span("23 Sep 19:00")}, cancelled={on("29 Sep"): None}, title="Project clinic"
    )
    assert await imported.after(course(edited)) == {
        "PM-101: Project clinic 20260908T220000Z": "CONFIRMED",
        "PM-101: Project clinic 20260915T220000Z": "CONFIRMED",
        "PM-101: Project clinic 20260923T230000Z": "CONFIRMED",
        "Cancelled: PM-101: Project clinic 20260929T220000Z": "CANCELLED",
        "PM-101: Project clinic 20261006T220000Z": "CONFIRMED",
        "Cancelled: PM-101: Essay due 20261002T210000Z": "CANCELLED",
    }
    assert await imported.after(course(CLINIC, ESSAY)) == first, "and back again"


async def test_what_is_imported_before_it_settles_and_then_taken_back_is_right_again(imported: Imported) -> None:
    first = await imported.after(course(CLINIC, ESSAY))
    assert await imported.after(course(CLINIC, replace(ESSAY, due=at("3 Oct 9:00"))), settled=False) != first
    assert await imported.after(course(CLINIC, ESSAY), settled=False) == first


async def test_uids_stay_over_twenty_edits_and_numbers_only_rise(imported: Imported) -> None:
    await imported.after(course(CLINIC, ESSAY))
    uids, numbers, essay, day = set(imported.events), [0], ESSAY, on("29 Sep")
    for edit in range(20):
        if edit % 3:  # either its name or its date: with both, nobody could tell that it is the same
            essay = replace(essay, due=at(f"{edit % 5 + 1} Oct {10 + edit % 7}:00"))
        else:
            essay = replace(essay, name=f"Essay {edit}")
        called_off = {day: None} if edit % 3 == 0 else {}
        moved = {day: span(f"30 Sep {10 + edit // 5}:00")} if edit % 2 else {}
        clinic = replace(CLINIC, title=f"Clinic {edit // 4}", cancelled=called_off, moved=moved)
        await imported.after(course(clinic, essay))
        assert set(imported.events) == uids
        numbers.append(sum(int(event["SEQUENCE"]) for event in imported.events.values()))
    assert numbers == sorted(numbers)
    assert numbers[-1] > 20
