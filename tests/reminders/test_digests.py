"""Who gets a weekly overview, when, and what it says."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.chat.escape import escape
from bot.content.model import Course, Deadline, LiveSession
from bot.content.zones import zone
from bot.reminders.digest_words import digest
from bot.reminders.digests import LIFE, find_week, next_digest, plan_digests
from bot.reminders.plan import CLOSED_FOR
from bot.reminders.schedule import Schedule
from bot.store.records import Digest, Follow, ItemKind, Person, PersonalItem
from bot.timetable.occurrences import Timetable
from tests.timetable.courses import NEW_YORK, SUN, TUE, at, course, every, on, span

SUNDAY = datetime(2026, 9, 13, 22, tzinfo=UTC)
"""18:00 in New York."""
REVIEW = LiveSession(title="Review", when=every(TUE, clock="18:00", minutes=90), cancelled={on("15 Sep"): "Ill"})
ESSAY = Deadline(name="Essay", due=at("18 Sep 17:00"))


def schedule(*courses: Course) -> Schedule:
    return Schedule.of(courses, Timetable.of(courses), NEW_YORK)


def person(**fields: Any) -> Person:
    wish = Digest(weekday=SUN, at=time(18), since=0)
    return Person(**{"id": 1, "digest": wish, "follows": (Follow(course="PM-101", since=0),), **fields})


def own(title: str, kind: ItemKind = ItemKind.DEADLINE, when: str = "16 Sep 12:00") -> PersonalItem:
    return PersonalItem(id=5, since=0, kind=kind, title=title, when=at(when), zone=NEW_YORK)


def fires(school: Schedule, who: Person, lo: datetime, days: float) -> list[str]:
    """When overviews come, in the person's zone."""
    start = int(lo.timestamp())
    where = who.zone or NEW_YORK
    texts = plan_digests(school, [who], start, start + int(days * 86400))
    return [f"{datetime.fromtimestamp(text.fire_at, UTC).astimezone(where):%a %d %b %H:%M}" for text in texts]


def said(school: Schedule, who: Person, *, late: int = 0, changing: tuple[str, ...] = ()) -> str:
    fire = int(SUNDAY.timestamp())
    week = find_week(school, who, fire, changing)
    return digest(week, now=fire + late, escape=escape) if week else ""


def stamp(text: str, style: str = "F") -> str:
    return f"<t:{int(at(text).replace(tzinfo=NEW_YORK).timestamp())}:{style}>"


def test_the_week_is_listed_by_moment_with_what_is_cancelled_and_my_own() -> None:
    items = (own("*Draft*"), own("Read", ItemKind.SLOT, "20 Sep 17:59"), own("Later", when="20 Sep 18:00"))

    assert said(schedule(course(REVIEW, ESSAY)), person(items=items)).splitlines() == [
        f"**Your week from {stamp('13 Sep 18:00', 'D')} to <t:{int(SUNDAY.timestamp()) + 7 * 86400 - 1}:D>**",
        f"- ~~{stamp('15 Sep 18:00')} · PM-101: Review~~ cancelled: Ill",
        f"- ✏️ {stamp('16 Sep 12:00')} · your own deadline **\\*Draft\\***",
        f"- 📌 {stamp('18 Sep 17:00')} · **PM-101: Essay** is due",
        f"- ✏️ {stamp('20 Sep 17:59')} · your study time **Read**",
    ]


def test_a_moved_session_says_so_and_one_that_is_being_changed_has_no_time() -> None:
    moved = LiveSession(when=every(TUE, minutes=90), moved={on("15 Sep"): span("16 Sep 9:00")})
    school = schedule(course(moved, ESSAY))

    assert f"- 🔴 {stamp('16 Sep 09:00')} · **PM-101: Live session** (moved)" in said(school, person())
    assert said(school, person(), changing=("PM-101/essay",)).splitlines()[-1] == (
        "- **PM-101: Essay**: its time is just being changed. I tell you as soon as it is certain."
    )


def test_an_empty_week_says_what_comes_next_and_one_before_long_nothing_says_nothing() -> None:
    far = schedule(course(Deadline(name="Essay", due=at("2 Oct 17:00"))))
    [title, line] = said(far, person()).splitlines()
    assert title.startswith("**Nothing is on your calendar from <t:")
    assert line == f"- 📌 {stamp('2 Oct 17:00')} · **PM-101: Essay** is due"

    for nothing in (schedule(course()), schedule(course(Deadline(name="Essay", due=at("19 Oct 17:00"))))):
        assert plan_digests(nothing, [person()], int(SUNDAY.timestamp()), int(SUNDAY.timestamp()) + 60) == []
    assert plan_digests(far, [person(follows=())], int(SUNDAY.timestamp()), int(SUNDAY.timestamp()) + 60) == []


def test_what_is_done_or_muted_is_left_out() -> None:
    school = schedule(course(REVIEW, ESSAY))
    until = int(at("18 Sep 00:00").replace(tzinfo=NEW_YORK).timestamp())
    muted = person(follows=(Follow(course="PM-101", since=0, muted_until=until),))

    assert "Essay" not in said(school, person(done=frozenset({"PM-101/essay"})))
    assert "Review" not in said(school, muted)
    assert "Essay" in said(school, muted)


def test_a_full_week_fits_into_one_message_with_whole_lines() -> None:
    many = [
        LiveSession(
            title=f"{number} " + "T" * 300, when=every(number % 7, clock=f"{8 + number // 7:02}:00", minutes=50)
        )
        for number in range(60)
    ]
    text = said(schedule(course(*many)), person(), late=600)

    assert len(text) <= 2_000
    *lines, more, late = text.splitlines()
    assert more == f"- and {60 - len(lines) + 1} more: see `/schedule`."
    assert late.startswith("-# This comes late")
    assert all(line.startswith("- 🔴 <t:") and line.endswith("…**") for line in lines[1:])


@pytest.mark.parametrize(
    ("where", "wall", "around", "expected"),
    [
        ("America/New_York", time(18), "2026-10-25", ["Sun 25 Oct 18:00", "Sun 01 Nov 18:00", "Sun 08 Nov 18:00"]),
        ("America/New_York", time(1, 30), "2026-10-31", ["Sun 01 Nov 01:30", "Sun 08 Nov 01:30"]),
        ("Europe/Berlin", time(2, 30), "2027-03-27", ["Sun 28 Mar 03:30", "Sun 04 Apr 02:30"]),
        ("Asia/Kathmandu", time(0), "2026-10-24", ["Sun 25 Oct 00:00", "Sun 01 Nov 00:00"]),
        ("Pacific/Kiritimati", time(23, 59), "2026-10-24", ["Sun 25 Oct 23:59", "Sun 01 Nov 23:59"]),
    ],
)
def test_it_comes_at_the_same_wall_time_over_a_clock_change(
    where: str, wall: time, around: str, expected: list[str]
) -> None:
    every_day = Deadline(name="Log", due=every(*range(7), clock="12:00"))
    school = schedule(course(every_day, dates=(on("8 Sep"), on("8 Sep") + timedelta(days=300))))
    who = person(zone=zone(where), digest=Digest(weekday=SUN, at=wall, since=0))

    lo = datetime.fromisoformat(around).replace(tzinfo=UTC)
    assert fires(school, who, lo, 15)[: len(expected)] == expected


def test_weeks_join_without_a_gap_or_an_overlap_over_a_clock_change() -> None:
    daily = Deadline(name="Log", due=every(*range(7), clock="12:00"))
    school = schedule(course(daily, dates=(on("8 Sep"), on("18 Dec"))))
    lo = int(datetime(2026, 10, 25, 12, tzinfo=UTC).timestamp())
    texts = plan_digests(school, [person()], lo, lo + 20 * 86400)
    weeks = [week for text in texts if (week := find_week(school, person(), text.fire_at))]

    assert [(week.ends - week.begins) / 3600 for week in weeks] == [169, 168, 168]
    assert all(one.ends == other.begins for one, other in pairwise(weeks))


@pytest.mark.parametrize(("late", "wanted"), [(-1, False), (0, True), (LIFE - 1, True), (LIFE, False)])
def test_a_late_one_is_worth_sending_for_some_hours(late: int, wanted: bool) -> None:
    school, now = schedule(course(ESSAY)), int(SUNDAY.timestamp()) + late

    assert bool(plan_digests(school, [person()], now, now + 1)) is wanted


@pytest.mark.parametrize(
    "who",
    [
        person(digest=None),
        person(digest=Digest(weekday=SUN, at=time(18), since=int(SUNDAY.timestamp()) + 1)),
        person(direct_messages=False),
        person(direct_messages_since=int(SUNDAY.timestamp()) + 1),
        person(dm_closed_at=int(SUNDAY.timestamp()) - CLOSED_FOR + 1),
    ],
)
def test_who_does_not_want_it_or_cannot_get_it_gets_none(who: Person) -> None:
    now = int(SUNDAY.timestamp())

    assert plan_digests(schedule(course(ESSAY)), [who], now, now + 1) == []


def test_choosing_another_hour_of_the_same_week_is_the_same_overview() -> None:
    school, now = schedule(course(ESSAY, REVIEW)), int(SUNDAY.timestamp()) - 86400
    chosen = [Digest(weekday=SUN, at=time(18), since=0), Digest(weekday=SUN, at=time(20), since=0)]
    first, second = (plan_digests(school, [person(digest=wish)], now, now + 2 * 86400)[0] for wish in chosen)

    assert first.fire_at < second.fire_at
    assert first.rkey == second.rkey
    told = person(told={("digest", "weekly"): (first.starts_at,)})
    assert next_digest(school, person(), now) == first.fire_at
    assert next_digest(school, told, now) == first.fire_at + 7 * 86400
    assert next_digest(school, person(digest=None), now) is None
    assert next_digest(school, person(follows=()), now) is None, "it would be empty, and is not sent"
