"""What is on, and when: the questions that an answer asks of all courses at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.content.model import Deadline, LiveSession, Span
from bot.content.zones import zone
from bot.timetable.occurrences import Kind, Occurrence, Timetable, clashes, occurrences
from tests.timetable.courses import NEW_YORK, SUN, TUE, WED, at, course, every, on, span

LOS_ANGELES = zone("America/Los_Angeles")
TIMETABLE = Timetable.of(
    [
        course(
            LiveSession(when=every(TUE, minutes=90), cancelled={on("15 Sep"): "ill"}),
            Deadline(name="Post", due=every(SUN, clock="23:59")),
            code="PM-101",
        ),
        course(LiveSession(when=every(TUE, clock="16:00", minutes=60)), code="NP-210", zone=LOS_ANGELES),
        course(Deadline(name="Essay", due=at("15 Sep 18:00")), code="WR-110"),
    ]
)


def ny(text: str) -> datetime:
    return at(text).replace(tzinfo=NEW_YORK)


def lines(found: list[Occurrence]) -> list[str]:
    return [f"{item.course} {item.starts.astimezone(NEW_YORK):%d %H:%M}" for item in found]


@pytest.mark.parametrize(
    ("lo", "hi", "expected"),
    [
        ("8 Sep 18:00", "8 Sep 19:00", ["PM-101 08 18:00"]),
        ("8 Sep 00:00", "8 Sep 18:00", []),
        ("8 Sep 00:00", "8 Sep 19:01", ["PM-101 08 18:00", "NP-210 08 19:00"]),
        # Running at the beginning, until its very end
        ("8 Sep 19:29", "8 Sep 20:00", ["PM-101 08 18:00", "NP-210 08 19:00"]),
        ("8 Sep 19:30", "8 Sep 20:00", ["NP-210 08 19:00"]),
        ("8 Sep 20:00", "13 Sep 23:59", []),
        ("13 Sep 23:59", "14 Sep 00:00", ["PM-101 13 23:59"]),
        # A cancelled one is shown too.
        ("15 Sep 00:00", "16 Sep 00:00", ["PM-101 15 18:00", "WR-110 15 18:00", "NP-210 15 19:00"]),
        ("15 Sep 18:30", "15 Sep 18:30", []),
        ("16 Sep 00:00", "15 Sep 00:00", []),
        ("1 Jan 00:00", "8 Sep 00:00", []),
    ],
)
def test_between_two_moments(lo: str, hi: str, expected: list[str]) -> None:
    assert lines(TIMETABLE.between(ny(lo), ny(hi))) == expected


def test_between_two_moments_for_some_courses() -> None:
    day = ny("15 Sep 00:00"), ny("16 Sep 00:00")

    assert lines(TIMETABLE.between(*day, {"NP-210", "WR-110", "XX-999"})) == ["WR-110 15 18:00", "NP-210 15 19:00"]
    assert TIMETABLE.between(*day, ()) == []


@pytest.mark.parametrize(
    ("kind", "now", "expected"),
    [
        (Kind.SESSION, "1 Jan 00:00", "8 Sep 18:00"),
        (Kind.SESSION, "8 Sep 18:00", "8 Sep 18:00"),
        (Kind.SESSION, "8 Sep 19:29", "8 Sep 18:00"),
        # Over, and next week's is cancelled
        (Kind.SESSION, "8 Sep 19:30", "22 Sep 18:00"),
        (Kind.SESSION, "15 Sep 18:30", "22 Sep 18:00"),
        (Kind.SESSION, "6 Oct 19:30", None),
        (Kind.DEADLINE, "13 Sep 23:59", "13 Sep 23:59"),
        (Kind.DEADLINE, "14 Sep 00:00", "20 Sep 23:59"),
        (Kind.DEADLINE, "5 Oct 00:00", None),
    ],
)
def test_the_next_one_is_running_or_ahead_and_takes_place(kind: Kind, now: str, expected: str | None) -> None:
    found = TIMETABLE.next("PM-101", kind, ny(now))

    assert (found and found.starts) == (expected and ny(expected))


def test_the_next_few() -> None:
    assert lines(TIMETABLE.upcoming("PM-101", Kind.SESSION, ny("9 Sep 00:00"), limit=2)) == [
        "PM-101 22 18:00",
        "PM-101 29 18:00",
    ]


def test_a_course_that_is_not_there_has_nothing() -> None:
    assert TIMETABLE.next("XX-999", Kind.SESSION, ny("1 Jan 00:00")) is None
    assert TIMETABLE.of_course("XX-999") == ()


def test_all_of_a_course() -> None:
    assert lines(list(TIMETABLE.of_course("WR-110"))) == ["WR-110 15 18:00"]


def test_a_long_session_is_found_behind_short_ones() -> None:
    workshop = LiveSession(when=span("8 Sep 9:00", minutes=600), title="Workshop")
    talk = LiveSession(when=span("8 Sep 10:00", minutes=30), title="Talk")
    timetable = Timetable.of([course(workshop, talk)])

    assert [item.title for item in timetable.between(ny("8 Sep 12:00"), ny("8 Sep 13:00"))] == ["Workshop"]


def test_the_hour_that_comes_twice_is_not_mistaken() -> None:
    """On 1 November 01:30 comes twice in New York: the first half past is over at the second quarter past."""
    timetable = Timetable.of([course(Deadline(name="Essay", due=at("1 Nov 01:30")))])
    second_quarter_past = ny("1 Nov 01:15").replace(fold=1)

    assert timetable.next("PM-101", Kind.DEADLINE, second_quarter_past) is None
    assert timetable.between(second_quarter_past, second_quarter_past + timedelta(days=1)) == []


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="carries no zone"):
        TIMETABLE.next("PM-101", Kind.SESSION, at("8 Sep 18:00"))


def test_sessions_that_overlap_clash() -> None:
    """18:00-19:30 in New York overlaps 16:00-17:00 in Los Angeles, except where it is cancelled."""
    found = TIMETABLE.between(ny("8 Sep 00:00"), ny("23 Sep 00:00"))

    assert [tuple(lines(list(pair))) for pair in clashes(found)] == [
        ("PM-101 08 18:00", "NP-210 08 19:00"),
        ("PM-101 22 18:00", "NP-210 22 19:00"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (span("8 Sep 18:00", minutes=60), span("8 Sep 19:00", minutes=60), False),
        (span("8 Sep 18:00", minutes=61), span("8 Sep 19:00", minutes=60), True),
        (span("8 Sep 18:00", minutes=180), span("8 Sep 19:00", minutes=60), True),
        (span("8 Sep 18:00", minutes=60), span("8 Sep 18:00", minutes=60), True),
    ],
)
def test_sessions_one_after_the_other_do_not_clash(first: Span, second: Span, clash: bool) -> None:
    taught = course(LiveSession(when=first, title="A"), LiveSession(when=second, title="B"))

    assert bool(clashes(occurrences(taught))) is clash


def test_three_at_once_are_three_clashes() -> None:
    sessions = [LiveSession(when=every(WED, minutes=90), title=name, ends=on("9 Sep")) for name in ("A", "B", "C")]

    assert len(clashes(occurrences(course(*sessions)))) == 3
