"""Who is reminded when: each rule of the plan by itself, in a table of moments."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.content.model import Course, Deadline, LiveSession, Weekly
from bot.reminders.plan import plan
from bot.reminders.schedule import Schedule
from bot.store.records import Follow, ItemKind, Person, PersonalItem, QuietHours, Reminder, Snooze
from bot.timetable.occurrences import Timetable
from tests.timetable.courses import NEW_YORK, SUN, at, course, every, on, span

LONG_AGO = 0
NIGHT = QuietHours(starts=time(22), ends=time(8))
ESSAY = Deadline(name="Essay", due=at("2 Oct 17:00"), remind_before=(1440, 120))
LIVE = LiveSession(when=span("1 Oct 18:00"))


def epoch(text: str, zone: ZoneInfo = NEW_YORK) -> int:
    """`epoch("2 Oct 17:00")` in New York, in 2026."""
    return int(at(text).replace(tzinfo=zone).timestamp())


def shown(moment: int, zone: ZoneInfo = NEW_YORK) -> str:
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(zone):%-d %b %H:%M}"


def schedule(*items: LiveSession | Deadline, zone: ZoneInfo = NEW_YORK, remind: tuple[int, ...] = ()) -> Schedule:
    return of(course(*items, zone=zone, remind=remind, dates=(on("1 Mar"), on("18 Dec"))))


def of(*courses: Course) -> Schedule:
    return Schedule.of(courses, Timetable.of(courses), NEW_YORK)


def planned(timetable: Schedule, person: Person, lo: str = "1 Sep 00:00", hi: str = "18 Dec 00:00") -> list[Reminder]:
    found = plan(timetable, [person], epoch(lo), epoch(hi), {"PM-101": 1})
    return sorted(found, key=lambda reminder: reminder.fire_at)


def moments(reminders: list[Reminder]) -> list[tuple[str, str, str]]:
    return [(one.rule, shown(one.fire_at), shown(one.expires_at)) for one in reminders]


def person(
    *,
    offsets: dict[int, int] | None = None,
    since: int = LONG_AGO,
    muted_until: int | None = None,
    quiet: QuietHours | None = None,
    snoozes: dict[str, Snooze] | None = None,
    told: dict[tuple[str, str], tuple[int, ...]] | None = None,
    number: int = 1,
) -> Person:
    follow = Follow(course="PM-101", since=since, offsets=offsets, muted_until=muted_until)
    return Person(id=number, follows=(follow,), quiet=quiet, snoozes=snoozes or {}, told=told or {})


def test_each_reminder_is_of_use_until_the_next_finer_one() -> None:
    assert moments(planned(schedule(ESSAY), person())) == [
        ("1440", "1 Oct 17:00", "2 Oct 15:00"),
        ("120", "2 Oct 15:00", "2 Oct 17:00"),
    ]
    assert moments(planned(schedule(LIVE, remind=(15,)), person())) == [("15", "1 Oct 17:45", "1 Oct 18:10")]


def test_own_offsets_replace_those_of_the_file_and_count_from_when_they_were_wished() -> None:
    wished = {60: LONG_AGO, 1440: epoch("1 Oct 18:00")}
    assert moments(planned(schedule(ESSAY), person(offsets=wished))) == [("60", "2 Oct 16:00", "2 Oct 17:00")]
    assert planned(schedule(ESSAY), person(offsets={})) == []


@pytest.mark.parametrize(
    ("who", "rules"),
    [
        (person(since=epoch("1 Oct 17:00")), ["1440", "120"]),
        (person(since=epoch("1 Oct 17:01")), ["120"]),
        (person(muted_until=epoch("1 Oct 20:00")), ["120"]),
        (Person(id=1, direct_messages=False, follows=person().follows), []),
        (Person(id=1, direct_messages_since=epoch("1 Oct 20:00"), follows=person().follows), ["120"]),
        (Person(id=1, dm_closed_at=epoch("24 Sep 20:00"), follows=person().follows), ["120"]),
        (Person(id=1, done=frozenset({"PM-101/essay"}), follows=person().follows), []),
        (Person(id=1), []),
    ],
    ids=["opted in just then", "opted in later", "muted", "off", "on again", "closed a week ago", "done", "nothing"],
)
def test_who_is_not_reminded(who: Person, rules: list[str]) -> None:
    assert [one.rule for one in planned(schedule(ESSAY), who)] == rules


@pytest.mark.parametrize(
    ("starts", "minutes", "since", "fires"),
    [
        ("2 Oct 17:00", 1440, "1 Sep 00:00", "1 Oct 17:00"),  # by day: as it is
        ("3 Oct 03:00", 1440, "1 Sep 00:00", "2 Oct 08:00"),  # in the night before: when it ends
        ("2 Oct 09:00", 120, "1 Sep 00:00", "2 Oct 08:00"),
        ("2 Oct 08:30", 120, "1 Sep 00:00", "2 Oct 08:00"),  # half an hour is just enough
        ("2 Oct 08:29", 120, "1 Sep 00:00", "1 Oct 21:55"),  # less is not: before the night begins
        ("2 Oct 07:00", 120, "1 Sep 00:00", "1 Oct 21:55"),  # an exam at seven
        ("2 Oct 23:30", 120, "1 Sep 00:00", "2 Oct 21:30"),
        ("2 Oct 23:59", 60, "1 Sep 00:00", "2 Oct 21:55"),
        ("2 Oct 07:00", 120, "1 Oct 23:00", "2 Oct 05:00"),  # opted in within the night: at night, without a sound
        ("2 Oct 10:00", 120, "1 Sep 00:00", "2 Oct 08:00"),  # the end itself is not quiet
        ("3 Oct 00:00", 120, "1 Sep 00:00", "2 Oct 21:55"),  # the beginning is
    ],
)
def test_quiet_hours(starts: str, minutes: int, since: str, fires: str) -> None:
    timetable = schedule(Deadline(name="Essay", due=at(starts), remind_before=(minutes,)))
    found = planned(timetable, person(quiet=NIGHT, since=epoch(since)))
    assert [shown(one.fire_at) for one in found] == [fires]


def test_a_moved_deadline_is_reminded_of_anew_unless_it_moved_a_little() -> None:
    before = epoch("2 Oct 17:00")
    told: dict[tuple[str, str], tuple[int, ...]] = {("PM-101/essay", rule): (before,) for rule in ("1440", "120")}
    for starts, rules in (
        ("2 Oct 17:00", ["1440", "120"]),
        ("2 Oct 17:09", []),
        ("2 Oct 17:12", ["120"]),  # a tenth of 120 minutes; of a day it is 144 minutes
        ("2 Oct 19:23", ["120"]),
        ("2 Oct 19:24", ["1440", "120"]),
        ("2 Oct 16:00", ["120"]),
    ):
        moved = schedule(Deadline(name="Essay", due=at(starts), remind_before=(1440, 120)))
        assert [one.rule for one in planned(moved, person(told=told))] == rules, starts


def test_a_snooze_is_one_more_rule_and_only_for_that_start() -> None:
    until = epoch("2 Oct 16:10")
    snoozed = person(snoozes={"PM-101/essay": Snooze(starts_at=epoch("2 Oct 17:00"), until=until)})
    assert moments(planned(schedule(ESSAY), snoozed))[-1] == (f"s{until}", "2 Oct 16:10", "2 Oct 17:00")
    moved = schedule(Deadline(name="Essay", due=at("3 Oct 17:00"), remind_before=(1440, 120)))
    assert [one.rule for one in planned(moved, snoozed)] == ["1440", "120"]


def test_cancelled_sessions_ring_for_nobody() -> None:
    called_off = LiveSession(when=span("1 Oct 18:00"), cancelled={on("1 Oct"): None})
    assert planned(schedule(called_off, remind=(15,)), person()) == []


def test_a_crowd_is_spread_before_the_moment() -> None:
    crowd = [person(number=number) for number in range(5_000)]
    found = plan(schedule(ESSAY), crowd, epoch("1 Sep 00:00"), epoch("18 Dec 00:00"), {"PM-101": 5_000})
    for rule, moment in (("1440", "1 Oct 17:00"), ("120", "2 Oct 15:00")):
        early = [epoch(moment) - one.fire_at for one in found if one.rule == rule]
        assert min(early) >= 0
        assert 100 < max(early) <= 8192 / 45
        busiest = max(early.count(second) for second in set(early))
        assert busiest <= 60, "about as many a second as may be sent"
    few = plan(schedule(ESSAY), crowd[:2], epoch("1 Sep 00:00"), epoch("18 Dec 00:00"), {"PM-101": 2})
    assert {shown(one.fire_at) for one in few} == {"1 Oct 17:00", "2 Oct 15:00"}


def test_planning_twice_gives_the_same_and_windows_add_up() -> None:
    timetable = schedule(
        ESSAY, LIVE, Deadline(name="Post", due=every(SUN), remind_before=(1440, 60)), remind=(1440, 15)
    )
    who = person(quiet=NIGHT)
    whole = planned(timetable, who)
    assert planned(timetable, who) == whole
    assert len({one.rkey for one in whole}) == len(whole) > 30
    day = 86400
    keys = {
        one.rkey
        for lo in range(epoch("1 Sep 00:00"), epoch("18 Dec 00:00"), day)
        for one in plan(timetable, [who], lo, lo + day, {})
    }
    assert keys == {one.rkey for one in whole}


DST = (
    # zone, first day, wall time, moments in UTC of each day's slot
    ("America/New_York", "7 Mar", "02:30", ["07:30", "07:30", "06:30"]),  # 8 March skips 02:30: it is 03:30
    ("America/New_York", "31 Oct", "01:30", ["05:30", "05:30", "06:30"]),  # 1 November has two: the first
    ("Europe/Berlin", "28 Mar", "09:00", ["08:00", "07:00", "07:00"]),
    ("Australia/Lord_Howe", "3 Apr", "09:00", ["22:00", "22:00", "22:30"]),  # half an hour
    ("America/Santiago", "4 Apr", "09:00", ["12:00", "13:00", "13:00"]),
    ("Africa/Cairo", "23 Apr", "00:15", ["22:15", "22:15", "21:15"]),  # midnight of the 24th is skipped
    ("Asia/Kathmandu", "7 Mar", "09:00", ["03:15", "03:15", "03:15"]),
    ("America/St_Johns", "7 Mar", "09:00", ["12:30", "11:30", "11:30"]),
    ("Pacific/Kiritimati", "7 Mar", "09:00", ["19:00", "19:00", "19:00"]),
)


@pytest.mark.parametrize(("name", "first", "wall", "instants"), DST, ids=[f"{row[0]} {row[1]}" for row in DST])
def test_a_daily_slot_keeps_its_wall_time_over_a_clock_change(
    name: str, first: str, wall: str, instants: list[str]
) -> None:
    zone = ZoneInfo(name)
    daily = Weekly(weekdays=tuple(range(7)), at=time.fromisoformat(wall), minutes=60)
    slot = PersonalItem(
        id=7, since=LONG_AGO, kind=ItemKind.SLOT, title="Read", when=daily, zone=zone, first=on(first), offsets=(10,)
    )
    start = epoch(f"{first} 00:00", zone)
    found = plan(schedule(), [Person(id=1, items=(slot,))], start, start + 3 * 86400, {})[:3]
    assert [f"{datetime.fromtimestamp(one.starts_at, UTC):%H:%M}" for one in found] == instants
    assert all(one.starts_at - one.fire_at == 600 and one.expires_at - one.starts_at == 900 for one in found)
    assert len({one.occurrence for one in found}) == 3
