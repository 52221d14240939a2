"""What staff wrote for a course, and the sessions and deadlines that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.model import Added, Course, Deadline, LiveSession, Span, Weekly
from bot.content.zones import zone
from bot.timetable.occurrences import Kind, Occurrence, Status, occurrences
from bot.timetable.wall_time import instant
from tests.timetable.courses import FRI, MON, NEW_YORK, SAT, SUN, THU, TUE, WED, at, course, every, on, span


def days(found: tuple[Occurrence, ...]) -> list[str]:
    return [f"{occurrence.starts:%a} {occurrence.starts.day} {occurrence.starts:%b}" for occurrence in found]


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (LiveSession(when=every(FRI)), "Fri 11 Sep, Fri 18 Sep, Fri 25 Sep, Fri 2 Oct, Fri 9 Oct"),
        (
            LiveSession(when=every(THU, TUE), ends=on("17 Sep")),
            "Tue 8 Sep, Thu 10 Sep, Tue 15 Sep, Thu 17 Sep",
        ),
        (LiveSession(when=every(WED), starts=on("23 Sep")), "Wed 23 Sep, Wed 30 Sep, Wed 7 Oct"),
        (LiveSession(when=every(WED, interval=2)), "Wed 9 Sep, Wed 23 Sep, Wed 7 Oct"),
        (LiveSession(when=every(WED, interval=2), starts=on("16 Sep")), "Wed 16 Sep, Wed 30 Sep"),
        (LiveSession(when=every(WED, interval=3), starts=on("10 Sep")), "Wed 16 Sep, Wed 7 Oct"),
        # Weeks begin on Monday: after Wed 9 Sep the next Monday that counts is the one of the week after next.
        (
            LiveSession(when=every(MON, WED, interval=2)),
            "Wed 9 Sep, Mon 21 Sep, Wed 23 Sep, Mon 5 Oct, Wed 7 Oct",
        ),
        (
            LiveSession(when=every(SUN, MON, interval=2), starts=on("13 Sep")),
            "Sun 13 Sep, Mon 21 Sep, Sun 27 Sep, Mon 5 Oct",
        ),
        # A session cannot begin before its course, but "every other" counts from where staff said.
        (LiveSession(when=every(WED, interval=2), starts=on("2 Sep")), "Wed 16 Sep, Wed 30 Sep"),
        (
            LiveSession(when=every(MON), starts=on("1 Sep"), ends=on("31 Dec")),
            "Mon 14 Sep, Mon 21 Sep, Mon 28 Sep, Mon 5 Oct",
        ),
        (LiveSession(when=every(FRI), starts=on("10 Oct")), ""),
        (LiveSession(when=span("24 Dec 10:00")), "Thu 24 Dec"),
    ],
)
def test_sessions_fall_on_the_days_that_staff_named(session: LiveSession, expected: str) -> None:
    assert ", ".join(days(occurrences(course(session)))) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (LiveSession(when=every(TUE)), "Tue 8 Sep, Tue 29 Sep, Tue 6 Oct"),
        (LiveSession(when=every(MON, THU)), "Thu 10 Sep, Mon 14 Sep, Mon 28 Sep, Thu 1 Oct, Mon 5 Oct, Thu 8 Oct"),
        # The week of the break counts, also when it is the first one.
        (LiveSession(when=every(TUE, interval=2)), "Tue 8 Sep, Tue 6 Oct"),
        (LiveSession(when=every(TUE, interval=2), starts=on("15 Sep")), "Tue 29 Sep"),
        (LiveSession(when=span("16 Sep 18:00")), "Wed 16 Sep"),
        (Deadline(name="Post", due=every(TUE)), "Tue 8 Sep, Tue 15 Sep, Tue 22 Sep, Tue 29 Sep, Tue 6 Oct"),
        (Deadline(name="Essay", due=at("16 Sep 17:00")), "Wed 16 Sep"),
    ],
)
def test_a_break_drops_weekly_sessions_and_nothing_else(item: LiveSession | Deadline, expected: str) -> None:
    """The break is from Tue 15 to Sun 27 September, first and last day included."""
    found = occurrences(course(item, breaks=[(on("15 Sep"), on("22 Sep")), (on("23 Sep"), on("27 Sep"))]))

    assert ", ".join(days(found)) == expected


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (Deadline(name="Post", due=every(SUN), skip=(on("20 Sep"),)), "Sun 13 Sep, Sun 27 Sep, Sun 4 Oct"),
        (Deadline(name="Post", due=every(SUN, interval=2), starts=on("14 Sep")), "Sun 20 Sep, Sun 4 Oct"),
        (Deadline(name="Post", due=every(SUN), skip=(on("19 Sep"),), ends=on("20 Sep")), "Sun 13 Sep, Sun 20 Sep"),
        (Deadline(name="Late essay", due=at("20 Dec 17:00")), "Sun 20 Dec"),
    ],
)
def test_deadlines_fall_on_the_days_that_staff_named(deadline: Deadline, expected: str) -> None:
    assert ", ".join(days(occurrences(course(deadline)))) == expected


def test_an_occurrence_says_all_that_staff_wrote() -> None:
    clinic = LiveSession(when=every(WED, minutes=90), title="Clinic", where="Room 5", optional=True, ends=on("9 Sep"))
    essay = Deadline(name="Essay", due=at("11 Sep 17:00"), link="https://x.edu", note="One PDF.", remind_before=(60,))

    session, deadline = occurrences(course(clinic, essay, remind=(1440, 15)))

    assert session == Occurrence(
        key="PM-101/clinic@2026-09-09",
        course="PM-101",
        kind=Kind.SESSION,
        title="Clinic",
        starts=datetime(2026, 9, 9, 18, tzinfo=NEW_YORK),
        ends=datetime(2026, 9, 9, 19, 30, tzinfo=NEW_YORK),
        status=Status.PLANNED,
        planned=datetime(2026, 9, 9, 18, tzinfo=NEW_YORK),
        optional=True,
        where="Room 5",
        remind_before=(1440, 15),
    )
    assert deadline == Occurrence(
        key="PM-101/essay",
        course="PM-101",
        kind=Kind.DEADLINE,
        title="Essay",
        starts=datetime(2026, 9, 11, 17, tzinfo=NEW_YORK),
        ends=None,
        status=Status.PLANNED,
        planned=datetime(2026, 9, 11, 17, tzinfo=NEW_YORK),
        link="https://x.edu",
        note="One PDF.",
        remind_before=(60,),
    )


def test_an_occurrence_without_a_zone_is_refused() -> None:
    (essay,) = occurrences(course(Deadline(name="Essay", due=at("11 Sep 17:00"))))

    with pytest.raises(ValueError, match="carries no zone"):
        replace(essay, starts=at("11 Sep 17:00"))


# --- Cancelled, moved, added ----------------------------------------------------------------------

BREAK = (on("21 Sep"), on("27 Sep"))


def told(found: tuple[Occurrence, ...]) -> list[str]:
    """Say of each occurrence what is not as planned: "22 Sep" is one that goes as planned."""
    lines = []
    for occurrence in found:
        words = f"{occurrence.starts.day} {occurrence.starts:%b}"
        if occurrence.status is Status.MOVED:
            words += f" {occurrence.starts:%H:%M} (moved from {occurrence.planned.day} {occurrence.planned:%b})"
        if occurrence.cancelled:
            words += f" (cancelled: {occurrence.reason})"
        lines.append(words)
    return lines


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (
            LiveSession(when=every(TUE), cancelled={on("15 Sep"): "ill"}),
            ["8 Sep", "15 Sep (cancelled: ill)", "29 Sep", "6 Oct"],
        ),
        (
            LiveSession(when=every(TUE), cancelled={on("15 Sep"): None}),
            ["8 Sep", "15 Sep (cancelled: None)", "29 Sep", "6 Oct"],
        ),
        (
            LiveSession(when=every(TUE), moved={on("15 Sep"): span("17 Sep 20:00")}),
            ["8 Sep", "17 Sep 20:00 (moved from 15 Sep)", "29 Sep", "6 Oct"],
        ),
        # Sorted by where it went to.
        (
            LiveSession(when=every(TUE), moved={on("8 Sep"): span("7 Oct 18:00")}),
            ["15 Sep", "29 Sep", "6 Oct", "7 Oct 18:00 (moved from 8 Sep)"],
        ),
        # Into a break and out of one: it takes place.
        (
            LiveSession(when=every(TUE), moved={on("15 Sep"): span("21 Sep 18:00")}),
            ["8 Sep", "21 Sep 18:00 (moved from 15 Sep)", "29 Sep", "6 Oct"],
        ),
        (
            LiveSession(when=every(TUE), moved={on("22 Sep"): span("28 Sep 18:00")}),
            ["8 Sep", "15 Sep", "28 Sep 18:00 (moved from 22 Sep)", "29 Sep", "6 Oct"],
        ),
        # Out of the course's dates as well.
        (
            LiveSession(when=every(TUE), moved={on("6 Oct"): span("13 Oct 18:00")}),
            ["8 Sep", "15 Sep", "29 Sep", "13 Oct 18:00 (moved from 6 Oct)"],
        ),
        # Another length is no move.
        (
            LiveSession(when=every(TUE), moved={on("15 Sep"): span("15 Sep 18:00", minutes=30)}),
            ["8 Sep", "15 Sep", "29 Sep", "6 Oct"],
        ),
        # Dates on which there is no session change nothing.
        (
            LiveSession(
                when=every(TUE),
                cancelled={on("16 Sep"): "ill", on("22 Sep"): "break"},
                moved={on("1 Oct"): span("2 Oct 18:00")},
            ),
            ["8 Sep", "15 Sep", "29 Sep", "6 Oct"],
        ),
        (
            LiveSession(when=every(TUE), added=(Added(span=span("23 Sep 18:00")), Added(span=span("20 Dec 18:00")))),
            ["8 Sep", "15 Sep", "23 Sep", "29 Sep", "6 Oct", "20 Dec"],
        ),
        (LiveSession(when=span("22 Sep 18:00"), cancelled={on("22 Sep"): "ill"}), ["22 Sep (cancelled: ill)"]),
        (
            LiveSession(when=span("22 Sep 18:00"), moved={on("22 Sep"): span("24 Sep 20:00")}),
            ["24 Sep 20:00 (moved from 22 Sep)"],
        ),
    ],
)
def test_sessions_are_cancelled_moved_and_added(session: LiveSession, expected: list[str]) -> None:
    """There is a break from 21 to 27 September."""
    assert told(occurrences(course(session, breaks=[BREAK]))) == expected


def test_a_session_that_was_moved_and_then_cancelled_is_cancelled_where_it_was_moved_to() -> None:
    day = on("15 Sep")
    session = LiveSession(when=every(TUE), ends=day, moved={day: span("17 Sep 20:00")}, cancelled={day: "ill"})

    assert told(occurrences(course(session))) == ["8 Sep", "17 Sep (cancelled: ill)"]


def test_a_moved_session_has_its_new_length() -> None:
    session = LiveSession(when=every(TUE, minutes=90), ends=on("8 Sep"), moved={on("8 Sep"): span("9 Sep 9:00", 240)})

    (moved,) = occurrences(course(session))

    assert moved.ends == datetime(2026, 9, 9, 13, tzinfo=NEW_YORK)


def test_an_added_session_has_its_own_title_or_that_of_the_others() -> None:
    exam, clinic = Added(span=span("7 Sep 9:00"), title="Mock exam"), Added(span=span("6 Sep 9:00"))
    session = LiveSession(when=every(TUE), title="Clinic", where="Room 5", ends=on("8 Sep"), added=(exam, clinic))

    found = occurrences(course(session))

    assert [occurrence.title for occurrence in found] == ["Clinic", "Mock exam", "Clinic"]
    assert {occurrence.where for occurrence in found} == {"Room 5"}
    assert {occurrence.status for occurrence in found} == {Status.PLANNED}


# --- Keys -----------------------------------------------------------------------------------------

ONCE = on("13 Sep")
"""The last day of the first week: a weekly item that ends here happens once."""


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([Deadline(name="Final project plan", due=at("11 Sep 17:00"))], ["final-project-plan"]),
        ([Deadline(name="Weekly post", due=every(SUN), ends=ONCE)], ["weekly-post@2026-09-13"]),
        ([LiveSession(when=every(TUE), ends=ONCE)], ["session@2026-09-08"]),
        ([LiveSession(when=span("12 Sep 10:00"), title="Lab 1: Boards")], ["lab-1-boards"]),
        ([LiveSession(when=span("12 Sep 10:00"))], ["session"]),
        ([Deadline(name="Prüfung – Übung", due=at("11 Sep 17:00"))], ["prufung-ubung"]),
        ([Deadline(name="Сочинение", due=at("11 Sep 17:00"))], ["сочинение"]),
        ([Deadline(name="???", due=at("11 Sep 17:00"))], ["deadline"]),
        # A moved session keeps the date that was planned first.
        (
            [LiveSession(when=every(TUE), ends=ONCE, moved={on("8 Sep"): span("10 Sep 20:00")})],
            ["session@2026-09-08"],
        ),
        (
            [LiveSession(when=span("12 Sep 10:00"), title="Lab", moved={on("12 Sep"): span("13 Sep 10:00")})],
            ["lab"],
        ),
        # An added one belongs to the others of its item, whatever its title.
        (
            [LiveSession(when=every(TUE), ends=ONCE, added=(Added(span=span("12 Sep 9:00"), title="Mock exam"),))],
            ["session@2026-09-08", "session@2026-09-12"],
        ),
        # The weekly one keeps its key when another is added on that day.
        (
            [LiveSession(when=every(TUE), ends=ONCE, added=(Added(span=span("8 Sep 9:00")),))],
            ["session@2026-09-08T09:00", "session@2026-09-08"],
        ),
        (
            [
                LiveSession(
                    when=span("7 Sep 10:00"),
                    title="Lab",
                    added=(Added(span=span("8 Sep 9:00")), Added(span=span("8 Sep 13:00"))),
                )
            ],
            ["lab", "lab@2026-09-08T09:00", "lab@2026-09-08T13:00"],
        ),
        # Untitled sessions of one course differ by day, and by time when they share a day.
        (
            [LiveSession(when=every(TUE), ends=ONCE), LiveSession(when=every(THU), ends=ONCE)],
            ["session@2026-09-08", "session@2026-09-10"],
        ),
        (
            [LiveSession(when=every(TUE, SAT), ends=ONCE), LiveSession(when=every(TUE, clock="09:00"), ends=ONCE)],
            ["session@2026-09-08T09:00", "session@2026-09-08T18:00", "session@2026-09-12"],
        ),
        (
            [LiveSession(when=span("12 Sep 10:00")), LiveSession(when=span("19 Sep 10:00"))],
            ["session@2026-09-12", "session@2026-09-19"],
        ),
        (
            [LiveSession(when=span("8 Sep 10:00")), LiveSession(when=every(TUE), ends=ONCE)],
            ["session", "session@2026-09-08"],
        ),
        (
            [LiveSession(when=span("11 Sep 10:00"), title="Midterm"), Deadline(name="Midterm", due=at("12 Sep 17:00"))],
            ["midterm", "midterm-deadline"],
        ),
        # The same twice is a slip of the copying hand.
        (
            [Deadline(name="Essay", due=at("11 Sep 17:00")), Deadline(name="Essay", due=at("11 Sep 17:00"))],
            ["essay"],
        ),
    ],
)
def test_keys_come_from_what_an_occurrence_means(items: list[LiveSession | Deadline], expected: list[str]) -> None:
    keys = [occurrence.key for occurrence in occurrences(course(*items))]

    assert keys == [f"PM-101/{key}" for key in expected]


def test_two_that_differ_only_in_a_note_keep_their_own_keys_whatever_their_order() -> None:
    first = Deadline(name="Essay", due=at("11 Sep 17:00"), note="Group A")
    second = replace(first, note="Group B")

    one_way = {occurrence.note: occurrence.key for occurrence in occurrences(course(first, second))}
    other_way = {occurrence.note: occurrence.key for occurrence in occurrences(course(second, first))}

    assert one_way == other_way
    assert len(set(one_way.values())) == 2


# --- For all courses ------------------------------------------------------------------------------

FIRST, LAST = date(2026, 2, 1), date(2026, 12, 20)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Kiritimati")

some_day = st.dates(FIRST, LAST)
some_time = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
some_wall = st.builds(datetime.combine, some_day, some_time)
some_span = st.builds(Span, starts=some_wall, minutes=st.integers(1, 600))
some_title = st.sampled_from([None, "Lab", "lab", "Lab 1"])
some_week = st.builds(
    Weekly,
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(tuple),
    at=some_time,
    minutes=st.integers(1, 600),
    interval=st.integers(1, 3),
)
some_session = st.builds(
    LiveSession,
    when=some_week | some_span,
    title=some_title,
    starts=st.none() | some_day,
    ends=st.none() | some_day,
    cancelled=st.dictionaries(some_day, st.none(), max_size=20),
    moved=st.dictionaries(some_day, some_span, max_size=20),
    added=st.lists(st.builds(Added, span=some_span, title=some_title), max_size=3).map(tuple),
)
some_deadline = st.builds(
    Deadline,
    name=some_title.map(str),
    due=some_week.map(lambda weekly: replace(weekly, minutes=None)) | some_wall,
    starts=st.none() | some_day,
    ends=st.none() | some_day,
    skip=st.lists(some_day, max_size=10).map(tuple),
)
some_dates = st.tuples(some_day, some_day).map(lambda pair: (min(pair), max(pair)))


@st.composite
def some_course(draw: st.DrawFn) -> Course:
    return course(
        *draw(st.lists(some_session | some_deadline, max_size=5)),
        zone=zone(draw(st.sampled_from(ZONES))),
        dates=draw(some_dates),
        breaks=draw(st.lists(some_dates, max_size=2)),
    )


def test_what_is_said_twice_in_different_ways_counts_once_and_has_the_same_key_in_any_order() -> None:
    once = LiveSession(when=span("8 Sep 18:00"), title="lab")
    twice = LiveSession(when=span("15 Sep 18:00"), title="lab", added=(Added(span=span("8 Sep 18:00")),))
    keys = [[found.key for found in occurrences(course(*order))] for order in ((once, twice), (twice, once))]

    assert keys[0] == keys[1]
    assert len(keys[0]) == len(set(keys[0])) == 2


def test_what_is_added_in_two_places_alike_has_the_same_key_in_any_order() -> None:
    lab = LiveSession(when=every(TUE), title="Lab", added=(Added(span=span("10 Sep 18:00")),))
    untitled = LiveSession(when=every(WED), added=(Added(span=span("10 Sep 18:00"), title="Lab"),))

    assert occurrences(course(lab, untitled)) == occurrences(course(untitled, lab))


@settings(max_examples=60)
@given(some_course())
def test_every_course_has_sorted_occurrences_with_keys_of_their_own(taught: Course) -> None:
    found = occurrences(taught)

    assert list(found) == sorted(found, key=lambda occurrence: instant(occurrence.starts))
    assert len({occurrence.key for occurrence in found}) == len(found)
    assert all(occurrence.starts.tzinfo is taught.timezone for occurrence in found)
    for occurrence in found:
        assert occurrence.ends is None or timedelta() < instant(occurrence.ends) - instant(occurrence.starts)

    backwards = replace(
        taught,
        live_sessions=tuple(replace(session, added=session.added[::-1]) for session in reversed(taught.live_sessions)),
        deadlines=taught.deadlines[::-1],
    )
    assert occurrences(backwards) == found


@settings(max_examples=60)
@given(some_course())
def test_what_repeats_stays_within_the_dates_of_its_course_and_out_of_breaks(taught: Course) -> None:
    sessions = tuple(replace(session, added=()) for session in taught.live_sessions if isinstance(session.when, Weekly))
    deadlines = tuple(deadline for deadline in taught.deadlines if isinstance(deadline.due, Weekly))

    for occurrence in occurrences(replace(taught, live_sessions=sessions, deadlines=deadlines)):
        # A time at midnight that a clock change skips is still on its day.
        day = occurrence.planned.date()
        assert taught.starts <= day <= taught.ends
        if occurrence.kind is Kind.SESSION and occurrence.status is Status.PLANNED:
            moved = {day for session in sessions for day in session.moved}
            assert day in moved or not any(pause.first <= day <= pause.last for pause in taught.term.no_class)
