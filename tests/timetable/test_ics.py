"""The calendar file, as a calendar program reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.content.model import Added, Course, Deadline, LiveSession
from bot.content.zones import zone as find_zone
from bot.timetable.ics import calendar
from bot.timetable.occurrences import occurrences
from tests.timetable.courses import NEW_YORK, SUN, TUE, at, course, every, on, span

STAMP = datetime(2026, 9, 1, 12, tzinfo=UTC)
TITLES = {"PM-101": "Project Management"}
DAY = on("8 Sep")


def written(taught: Course, stamp: datetime = STAMP) -> bytes:
    return calendar(occurrences(taught), name="PM-101", titles=TITLES, stamp=stamp)


def properties(file: bytes) -> list[dict[str, str]]:
    """Read the events by the rules of RFC 5545, each as its property lines by name: unfolded, values as written."""
    text = file.decode("utf-8").replace("\r\n ", "")
    blocks = text.split("BEGIN:VEVENT\r\n")[1:]
    events = []
    for block in blocks:
        lines = block.split("END:VEVENT")[0].removesuffix("\r\n").split("\r\n")
        assert len({line.partition(":")[0] for line in lines}) == len(lines)
        events.append(dict(line.split(":", 1) for line in lines))
    return events


def event(item: LiveSession | Deadline, zone: ZoneInfo = NEW_YORK) -> dict[str, str]:
    (only,) = properties(written(course(item, zone=zone)))
    return only


def test_a_live_session() -> None:
    session = LiveSession(when=every(TUE, minutes=90), title="Clinic", where="https://video.edu/pm", ends=DAY)

    assert event(session) == {
        "UID": "922dd22a-4c6a-5c34-b381-1d950a4cde3f",
        "DTSTAMP": "20260901T120000Z",
        "DTSTART": "20260908T220000Z",
        "DTEND": "20260908T233000Z",
        "SUMMARY": "PM-101: Clinic",
        "DESCRIPTION": r"Project Management\nStarts Tue 8 Sep 2026\, 18:00 New York time.",
        "LOCATION": "https://video.edu/pm",
        "URL": "https://video.edu/pm",
        "CATEGORIES": "PM-101",
        "SEQUENCE": "0",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
    }


def test_a_deadline() -> None:
    deadline = Deadline(name="Essay", due=at("8 Sep 23:59"), link="https://x.edu/essay", note="One PDF; no Word.")

    assert event(deadline, zone=find_zone("Asia/Kathmandu")) == {
        "UID": "22f8a4d9-5b43-5fd0-b4ba-cbf1104734d1",
        "DTSTAMP": "20260901T120000Z",
        # A minute long, so that it shows its time and does not reach into the next day
        "DTSTART": "20260908T181400Z",
        "DTEND": "20260908T181500Z",
        "SUMMARY": "PM-101: Essay due",
        "DESCRIPTION": r"Project Management\nDue Tue 8 Sep 2026\, 23:59 Kathmandu time.\nOne PDF\; no Word.\n"
        "https://x.edu/essay",
        "URL": "https://x.edu/essay",
        "CATEGORIES": "PM-101",
        "SEQUENCE": "0",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }


def test_a_cancelled_session_says_so_also_where_the_status_is_ignored() -> None:
    session = LiveSession(when=every(TUE, minutes=90), ends=DAY, cancelled={DAY: "Instructor at a conference"})

    found = event(session)

    assert found["STATUS"] == "CANCELLED"
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["SUMMARY"] == "Cancelled: PM-101: live session"
    assert found["DESCRIPTION"] == (
        r"Project Management\nCancelled: Instructor at a conference\nPlanned for Tue 8 Sep 2026\, 18:00 New York time."
    )


def test_a_moved_session_is_the_same_event_at_another_time() -> None:
    session = LiveSession(when=every(TUE, minutes=90), ends=DAY)
    moved = replace(session, moved={DAY: span("10 Sep 20:00", minutes=60)})

    before, after = event(session), event(moved)

    assert after["UID"] == before["UID"]
    assert (after["DTSTART"], after["DTEND"]) == ("20260911T000000Z", "20260911T010000Z")
    assert r"Moved from Tue 8 Sep 2026\, 18:00 New York time." in after["DESCRIPTION"]


def test_a_date_that_is_held_is_not_certain() -> None:
    held = [
        replace(occurrence, held=True) for occurrence in occurrences(course(Deadline(name="A", due=at("8 Sep 9:00"))))
    ]
    [found] = properties(calendar(held, name="PM-101", titles=TITLES, stamp=STAMP))

    assert found["STATUS"] == "TENTATIVE"


def test_an_optional_session_says_so() -> None:
    assert r"\nOptional." in event(LiveSession(when=span("8 Sep 18:00"), optional=True))["DESCRIPTION"]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "18:00 UTC"),
        ("America/Argentina/Buenos_Aires", "18:00 Buenos Aires time"),
        ("America/St_Johns", "18:00 St Johns time"),
    ],
)
def test_times_in_words_carry_their_zone(zone: str, words: str) -> None:
    assert words in event(LiveSession(when=span("8 Sep 18:00")), zone=find_zone(zone))["DESCRIPTION"]


@pytest.mark.parametrize("where", ["Room 5", "see https://video.edu", "https://video.edu/a b", "javascript:alert(1)"])
def test_a_place_that_is_no_web_address_is_no_link(where: str) -> None:
    found = event(LiveSession(when=span("8 Sep 18:00"), where=where))

    assert found["LOCATION"] == where
    assert "URL" not in found


@pytest.mark.parametrize(
    "title", ["A\r\nEND:VEVENT\r\nX", "A\x00\x07B", "Ünïcödé 🎓 " * 20, "a;b,c\\n", "{course}", ""]
)
def test_any_title_stays_one_property_of_one_event(title: str) -> None:
    file = written(course(LiveSession(when=span("8 Sep 18:00"), title=title, where=title)))

    assert len(properties(file)) == 1
    assert not any(ord(char) < 32 for char in file.decode().replace("\r\n", ""))
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


SOME_OF_ALL = course(
    LiveSession(
        when=every(TUE, minutes=90),
        title="Clinic",
        where="Room 5; left, then right",
        cancelled={on("15 Sep"): None},
        moved={on("22 Sep"): span("24 Sep 18:00")},
        added=(Added(span=span("22 Sep 9:00")),),
    ),
    Deadline(name="Post", due=every(SUN, clock="23:59")),
)


def test_a_calendar_program_reads_what_was_written() -> None:
    read = Calendar.from_ical(written(SOME_OF_ALL))

    found = occurrences(SOME_OF_ALL)
    assert [event.start for event in read.events] == [occurrence.starts for occurrence in found]
    assert [event.end for event in read.events if event["transp"] == "OPAQUE"] == [
        occurrence.ends for occurrence in found if occurrence.ends and not occurrence.cancelled
    ]
    assert {str(event["location"]) for event in read.events if "location" in event} == {"Room 5; left, then right"}
    assert not any(event.errors for event in read.events)
    assert (read.calendar_name, read["version"], read["method"]) == ("PM-101", "2.0", "PUBLISH")


def test_every_event_has_a_uid_of_its_own_that_does_not_depend_on_the_place_in_the_file() -> None:
    backwards = replace(
        SOME_OF_ALL, deadlines=SOME_OF_ALL.deadlines[::-1], live_sessions=SOME_OF_ALL.live_sessions[::-1]
    )
    later = replace(SOME_OF_ALL, starts=on("15 Sep"))

    uids = [found["UID"] for found in properties(written(SOME_OF_ALL))]

    assert len(set(uids)) == len(uids)
    assert [found["UID"] for found in properties(written(backwards))] == uids
    assert [found["UID"] for found in properties(written(later))] == uids[2:]


def test_the_same_twice_is_the_same_file() -> None:
    assert written(SOME_OF_ALL) == written(SOME_OF_ALL)
    assert written(SOME_OF_ALL) != written(SOME_OF_ALL, stamp=STAMP.replace(hour=13))


def test_nothing_planned_is_a_calendar_without_events() -> None:
    assert Calendar.from_ical(written(course())).events == []
