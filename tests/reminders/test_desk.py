"""What students can ask for, and the sentences in which it is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.content.model import Weekly
from bot.content.zones import zone
from bot.reminders.desk import Desk, RefusedError, Route
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.store import Connection, deliveries
from bot.store.database import Database
from bot.store.records import ItemDraft, ItemKind
from bot.timetable.occurrences import Timetable
from tests.reminders.school import School, instant

NOW = instant("2026-10-05 12:00")
ANA = 17
NEW_YORK = zone("America/New_York")
MON, WED = 0, 2


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(tmp_path / "schoolbell.db")) as database:
        yield database


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, School().schedule)


def deadline(title: str = "Draft", day: int = 9, offsets: tuple[int, ...] = (60,), year: int = 2026) -> ItemDraft:
    when = datetime(year, 10, day, 17, 0)  # noqa: DTZ001 - a wall time
    return ItemDraft(kind=ItemKind.DEADLINE, title=title, when=when, zone=NEW_YORK, offsets=offsets)


def slot(until: date | None = None, offsets: tuple[int, ...] = (10,)) -> ItemDraft:
    daily = Weekly(weekdays=tuple(range(7)), at=time(19), minutes=60)
    first = date(2026, 10, 5)
    return ItemDraft(
        kind=ItemKind.SLOT,
        title="Read",
        when=daily,
        zone=NEW_YORK,
        course="ESSAY",
        first=first,
        until=until,
        offsets=offsets,
    )


async def shown(desk: Desk, now: datetime = NOW, limit: int = 3) -> list[tuple[str, str]]:
    overview = await desk.overview(ANA, now, limit)
    return [
        (f"{datetime.fromtimestamp(one.reminder.fire_at, NEW_YORK):%a %H:%M}", one.dated.key)
        for one in overview.upcoming
    ]


async def test_the_next_reminders_and_where_they_go(desk: Desk) -> None:
    assert await desk.follow(ANA, "ESSAY", NOW)
    assert not await desk.follow(ANA, "ESSAY", NOW), "already"
    await desk.follow(ANA, "LIVE", NOW)
    own = await desk.add_item(ANA, slot(), NOW)
    assert await shown(desk, limit=5) == [
        ("Mon 18:50", f"own/{own}@2026-10-05"),
        ("Tue 17:00", "ESSAY/essay"),
        ("Tue 18:50", f"own/{own}@2026-10-06"),
        ("Wed 07:00", "LIVE/session"),
        ("Wed 15:00", "ESSAY/essay"),
    ]
    assert (await desk.overview(ANA, NOW)).route is Route.DIRECT
    await desk.direct_messages_closed(ANA, NOW)
    assert (await desk.overview(ANA, NOW)).route is Route.CLOSED
    await desk.direct_messages_opened(ANA, 5, NOW)
    await desk.set_direct_messages(ANA, NOW, on=False)
    assert (await desk.overview(ANA, NOW)).route is Route.OFF
    assert await shown(desk) == []


async def arrives(database: Database, now: datetime) -> int:
    """Let the one text that is due be sent, and return its number in the ledger."""

    def send(unit: Connection) -> int:
        [due] = deliveries.claim(unit, "bot", 9, 60, int(now.timestamp()))
        deliveries.sent(unit, due.id, "bot", 1, int(now.timestamp()))
        return due.id

    return await database.run(send)


async def test_who_had_a_weekly_overview_this_week_is_promised_the_next_one(desk: Desk, database: Database) -> None:
    await desk.add_item(ANA, slot(offsets=()), NOW)
    await desk.set_digest(ANA, MON, time(13), NOW)
    await arrives(database, later := NOW + timedelta(hours=1))
    await desk.set_digest(ANA, WED, time(13), later)
    assert (await desk.overview(ANA, later)).digest_at == instant("2026-10-14 13:00").timestamp()


async def test_own_items_are_edited_and_deleted_by_their_owner_only(desk: Desk) -> None:
    own = await desk.add_item(ANA, deadline(), NOW)
    with pytest.raises(RefusedError, match="not there any more"):
        await desk.edit_item(99, own, deadline("Mine"), NOW)
    assert not await desk.delete_item(99, own, NOW)
    await desk.edit_item(ANA, own, deadline(day=8), NOW)
    assert await shown(desk) == [("Thu 16:00", f"own/{own}")]
    assert await desk.delete_item(ANA, own, NOW)
    assert await shown(desk) == []


PutAside = Callable[[Desk, int, datetime], Awaitable[object]]


@pytest.mark.parametrize("before", [deadline(day=6), slot()])
@pytest.mark.parametrize(
    "put_aside",
    [lambda desk, text, now: desk.done(ANA, text, now), lambda desk, text, now: desk.snooze(ANA, text, 5, now)],
)
async def test_what_is_done_or_put_off_rings_as_it_is_edited(
    desk: Desk, database: Database, before: ItemDraft, put_aside: PutAside
) -> None:
    own = await desk.add_item(ANA, before, NOW)
    [first] = (await desk.overview(ANA, NOW, 1)).upcoming
    fires = datetime.fromtimestamp(first.reminder.fire_at, NEW_YORK)
    await put_aside(desk, await arrives(database, fires), fires)
    await desk.edit_item(ANA, own, before, fires)
    stored = await desk.export(ANA)
    assert not stored["done"]
    assert not stored["snooze"]
    await desk.edit_item(ANA, own, deadline(day=9), fires)
    assert await shown(desk, fires) == [("Fri 16:00", f"own/{own}")]


async def test_nothing_is_put_off_into_the_time_in_which_its_course_is_muted(desk: Desk, database: Database) -> None:
    await desk.follow(ANA, "ESSAY", NOW)
    [first] = (await desk.overview(ANA, NOW, 1)).upcoming
    fires = datetime.fromtimestamp(first.reminder.fire_at, NEW_YORK)
    text = await arrives(database, fires)
    await desk.mute(ANA, "ESSAY", fires + timedelta(hours=2), fires)
    with pytest.raises(RefusedError, match="ESSAY is muted until <t:"):
        await desk.snooze(ANA, text, 60, fires)
    await desk.snooze(ANA, text, 180, fires)
    assert await shown(desk, fires, limit=1) == [(f"{fires + timedelta(hours=3):%a %H:%M}", "ESSAY/essay")]


async def test_stop_all_leaves_nothing_that_rings(desk: Desk) -> None:
    await desk.follow(ANA, "ESSAY", NOW)
    await desk.follow(ANA, "LIVE", NOW)
    await desk.add_item(ANA, deadline(), NOW)
    assert await desk.stop_all(ANA, NOW) == (2, 1)
    overview = await desk.overview(ANA, NOW)
    assert overview.upcoming == ()
    assert len(overview.person.items) == 1, "it stays listed"
    await desk.follow(ANA, "ESSAY", NOW)
    assert [key for _, key in await shown(desk)] == ["ESSAY/essay", "ESSAY/essay"]


FALL, SPRING = (date(2026, 9, 8), date(2026, 12, 18)), (date(2027, 1, 12), date(2027, 5, 7))
LONGER, TOO_SHORT = (date(2026, 9, 8), date(2027, 1, 22)), (date(2026, 9, 8), date(2026, 9, 18))
A_YEAR_AHEAD, A_YEAR_BACK = ((date(year, 9, 8), date(year, 12, 18)) for year in (2027, 2025))


def run_of(days: tuple[date, date]) -> Schedule:
    courses = [replace(one, starts=days[0], ends=days[1]) for one in School().schedule().courses.values()]
    return Schedule.of(courses, Timetable.of(courses), NEW_YORK)


@pytest.mark.parametrize(
    ("edits", "follows"),
    [
        ([("2026-12-20", FALL)], True),
        ([("2027-01-05", SPRING)], False),
        ([("2026-12-10", SPRING)], True),
        ([("2026-12-10", SPRING), ("2026-12-19", SPRING)], False),
        ([("2026-12-10", LONGER), ("2027-01-13", LONGER)], True),
        *(([("2026-10-06", slip), ("2026-10-07", FALL)], True) for slip in (A_YEAR_AHEAD, A_YEAR_BACK, TOO_SHORT)),
    ],
)
async def test_who_took_a_course_is_not_reminded_of_its_next_run(
    database: Database, edits: list[tuple[str, tuple[date, date]]], follows: bool
) -> None:
    desk = Desk(database, lambda: run_of(FALL))
    await desk.follow(ANA, "ESSAY", NOW)
    for day, days in [("2026-10-05", FALL), *edits]:
        now = instant(f"{day} 12:00")
        await database.run(take_up, run_of(days), int(now.timestamp()))
    assert bool((await desk.overview(ANA, now)).person.follows) is follows


async def test_nobody_is_known_before_they_ask_and_after_they_are_forgotten(desk: Desk) -> None:
    assert (await desk.overview(ANA, NOW)).upcoming == ()
    assert not any((await desk.export(ANA)).values()), "looking stores nothing"
    await desk.follow(ANA, "ESSAY", NOW)
    assert [name for name, rows in (await desk.export(ANA)).items() if rows] == ["subscription", "person", "delivery"]
    await desk.forget(ANA)
    assert not any((await desk.export(ANA)).values())


Ask = Callable[[Desk], Awaitable[object]]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda desk: desk.add_item(ANA, deadline("  "), NOW), "needs a name"),
        (lambda desk: desk.add_item(ANA, deadline("x" * 81), NOW), "81 characters. Shorten it to 80"),
        (lambda desk: desk.add_item(ANA, deadline(year=2025), NOW), "passed already"),
        (lambda desk: desk.add_item(ANA, deadline(offsets=(4,)), NOW), "5 minutes to 30 days"),
        (lambda desk: desk.add_item(ANA, deadline(offsets=(43_201,)), NOW), "5 minutes to 30 days"),
        (lambda desk: desk.add_item(ANA, deadline(offsets=(5, 6, 7, 8, 9, 10)), NOW), "6 reminders for one thing"),
        (lambda desk: desk.add_item(ANA, slot(until=date(2026, 10, 4)), NOW), "later last day"),
        (lambda desk: desk.follow(ANA, "GONE-1", NOW), "no course GONE-1"),
        (lambda desk: desk.set_offsets(ANA, "ESSAY", [60], NOW), "not reminded of ESSAY"),
        (lambda desk: desk.mute(ANA, "ESSAY", NOW, NOW), "not reminded of ESSAY"),
        (lambda desk: desk.snooze(ANA, 1, 10, NOW), "not there any more"),
        (lambda desk: desk.done(ANA, 1, NOW), "not there any more"),
    ],
)
async def test_a_refusal_is_a_sentence(desk: Desk, ask: Ask, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        await ask(desk)


async def test_ten_an_hour_and_twenty_five_in_all(desk: Desk) -> None:
    now = NOW
    for number in range(10):
        own = await desk.add_item(ANA, deadline(f"Draft {number}"), now)
    await desk.delete_item(ANA, own, now)
    with pytest.raises(RefusedError, match="10 within an hour"):
        await desk.add_item(ANA, deadline(), now)
    for number in range(16):
        now += timedelta(minutes=6 if number else 60)
        own = await desk.add_item(ANA, deadline(f"Essay {number}"), now)
        assert await desk.add_item(ANA, deadline(f"Essay {number}"), now) == own, "a double click"
    now += timedelta(hours=2)
    with pytest.raises(RefusedError, match="25 of your own"):
        await desk.add_item(ANA, deadline("One more"), now)

    passed = instant("2026-10-09 17:00")
    late = await desk.add_item(ANA, deadline("One more", day=20), passed)
    assert len((await desk.overview(ANA, passed)).person.items) == 26, "what has passed stays listed for a while"
    for number in range(24):
        passed += timedelta(minutes=6)
        await desk.add_item(ANA, deadline(f"Test {number}", day=20), passed)
    with pytest.raises(RefusedError, match="25 of your own"):
        await desk.edit_item(ANA, own, deadline("Again", day=20), passed)
    await desk.edit_item(ANA, late, deadline("Later", day=21), passed)
