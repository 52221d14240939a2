"""What the wall says stays; a time that a clock change skips moves forward, of one that comes twice it is the first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.content.model import Deadline, LiveSession
from bot.content.zones import zone as find_zone
from bot.timetable.occurrences import occurrences
from bot.timetable.wall_time import instant, localize
from tests.timetable.courses import NEW_YORK, SUN, at, course, every, on, span


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("America/New_York", "8 Mar 02:30", "2026-03-08T03:30:00-04:00"),
        ("America/New_York", "1 Nov 01:30", "2026-11-01T01:30:00-04:00"),
        ("Europe/Berlin", "29 Mar 02:30", "2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", "25 Oct 02:30", "2026-10-25T02:30:00+02:00"),
        # Half an hour only
        ("Australia/Lord_Howe", "4 Oct 02:15", "2026-10-04T02:45:00+11:00"),
        ("Australia/Lord_Howe", "5 Apr 01:45", "2026-04-05T01:45:00+11:00"),
        # At midnight
        ("America/Santiago", "6 Sep 00:00", "2026-09-06T01:00:00-03:00"),
        ("America/Santiago", "4 Apr 23:30", "2026-04-04T23:30:00-03:00"),
        ("Africa/Cairo", "24 Apr 00:00", "2026-04-24T01:00:00+03:00"),
        ("Africa/Cairo", "29 Oct 23:30", "2026-10-29T23:30:00+03:00"),
        # Offsets that are no whole hours, and the farthest one
        ("America/St_Johns", "8 Mar 02:30", "2026-03-08T03:30:00-02:30"),
        ("America/St_Johns", "1 Nov 01:30", "2026-11-01T01:30:00-02:30"),
        ("Asia/Kathmandu", "1 Nov 18:00", "2026-11-01T18:00:00+05:45"),
        ("Pacific/Kiritimati", "1 Nov 18:00", "2026-11-01T18:00:00+14:00"),
    ],
)
def test_a_wall_time_is_one_moment(zone: str, wall: str, expected: str) -> None:
    assert localize(at(wall), find_zone(zone)).isoformat() == expected


@pytest.mark.parametrize(
    ("zone", "dates", "in_utc"),
    [
        ("America/New_York", ("1 Mar", "8 Mar"), ["1 Mar 23:00", "8 Mar 22:00"]),
        ("America/New_York", ("25 Oct", "1 Nov"), ["25 Oct 22:00", "1 Nov 23:00"]),
        ("Europe/Berlin", ("22 Mar", "29 Mar"), ["22 Mar 17:00", "29 Mar 16:00"]),
        ("Australia/Lord_Howe", ("27 Sep", "4 Oct"), ["27 Sep 07:30", "4 Oct 07:00"]),
        ("America/Santiago", ("30 Aug", "6 Sep"), ["30 Aug 22:00", "6 Sep 21:00"]),
        ("Africa/Cairo", ("19 Apr", "26 Apr"), ["19 Apr 16:00", "26 Apr 15:00"]),
        ("America/St_Johns", ("25 Oct", "1 Nov"), ["25 Oct 20:30", "1 Nov 21:30"]),
        ("Asia/Kathmandu", ("25 Oct", "1 Nov"), ["25 Oct 12:15", "1 Nov 12:15"]),
        ("Pacific/Kiritimati", ("25 Oct", "1 Nov"), ["25 Oct 04:00", "1 Nov 04:00"]),
    ],
)
def test_a_weekly_six_o_clock_stays_at_six(zone: str, dates: tuple[str, str], in_utc: list[str]) -> None:
    first, last = dates
    session = LiveSession(when=every(SUN, minutes=90))

    found = occurrences(course(session, zone=find_zone(zone), dates=(on(first), on(last))))

    assert [f"{occurrence.starts:%H:%M}" for occurrence in found] == ["18:00", "18:00"]
    assert [instant(occurrence.starts) for occurrence in found] == [at(text).replace(tzinfo=UTC) for text in in_utc]


def test_a_weekly_deadline_in_the_skipped_hour_keeps_its_day_and_its_key() -> None:
    deadline = Deadline(name="Post", due=every(SUN, clock="02:30"))

    found = occurrences(course(deadline, dates=(on("1 Mar"), on("15 Mar"))))

    assert [f"{occurrence.starts:%d %H:%M}" for occurrence in found] == ["01 02:30", "08 03:30", "15 02:30"]
    assert [occurrence.key[-10:] for occurrence in found] == ["2026-03-01", "2026-03-08", "2026-03-15"]
    assert all(occurrence.planned == occurrence.starts for occurrence in found)


@pytest.mark.parametrize("start", ["8 Mar 01:00", "1 Nov 00:30"])
def test_a_session_over_a_clock_change_lasts_as_long_as_staff_said(start: str) -> None:
    (session,) = occurrences(course(LiveSession(when=span(start, minutes=180))))

    assert session.ends is not None
    assert instant(session.ends) - instant(session.starts) == timedelta(hours=3)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="carries no zone"):
        instant(at("8 Sep 18:00"))


def test_an_instant_tells_the_two_half_past_ones_apart() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)

    assert instant(first.replace(fold=1)) - instant(first) == timedelta(hours=1)
