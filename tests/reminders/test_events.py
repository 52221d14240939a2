"""Which scheduled events a server should have, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.model import Attendance, Course, LiveSession
from bot.reminders.events import AHEAD, MOST, SOON, Cancel, Create, Edit, Found, Note, mark, mark_in, steps, wanted
from bot.store.records import EventState, EventText, ScheduledEvent
from bot.timetable.occurrences import Timetable
from tests.timetable.courses import TUE, course, every, on, span

NOW = int(datetime(2026, 9, 8, 12, tzinfo=UTC).timestamp())
KEY = "PM-101/review"


def text(starts_at: int = NOW + 3600, **fields: str) -> EventText:
    said = {"name": "PM-101: Review", "description": "About it", "location": "Room 2", **fields}
    return EventText(starts_at=starts_at, ends_at=starts_at + 5400, **said)


def known(written: EventText, state: EventState = EventState.UP, event: int = 7) -> dict[str, ScheduledEvent]:
    return {KEY: ScheduledEvent(guild=1, occurrence=KEY, event=event, state=state, written=written)}


def in_server(event: int = 7, *, active: bool = False) -> list[Found]:
    return [Found(event=event, mark=mark(KEY), active=active)]


def texts(*of: Course) -> dict[str, EventText]:
    return wanted(Timetable.of(of), of, NOW)


def test_every_live_session_to_come_that_takes_place_is_wanted() -> None:
    weekly = LiveSession(when=every(TUE, minutes=90), where="Room 2", cancelled={on("15 Sep"): "Ill"})
    said = texts(replace(course(weekly), attendance=Attendance.EXPECTED))

    assert list(said) == [f"PM-101/session@2026-09-{day:02}" for day in (8, 22, 29)] + ["PM-101/session@2026-10-06"]
    assert said["PM-101/session@2026-09-08"] == EventText(
        name="PM-101: Live session",
        description="Live session of PM-101, Project Management.\nAttendance is expected.\n"
        f"Ask me about it with /course PM-101.\n\nSchoolbell {mark('PM-101/session@2026-09-08')}",
        location="Room 2",
        starts_at=1788904800,
        ends_at=1788904800 + 5400,
    )


@pytest.mark.parametrize(
    ("where", "channel", "location"),
    [
        (None, "pm-101", "#pm-101"),
        (None, None, "See /course PM-101"),
        ("https://x.example/" + "y" * 90, None, "See the description"),
    ],
)
def test_a_place_is_always_named_and_never_made_up(where: str | None, channel: str | None, location: str) -> None:
    session = LiveSession(when=span("10 Sep 18:00"), where=where)
    [said] = texts(replace(course(session), channel=channel)).values()

    assert said.location == location
    assert (where or "") in said.description or len(where or "") <= 100


def test_long_texts_keep_within_discords_limits_and_keep_their_mark() -> None:
    session = LiveSession(title="T" * 300, when=span("10 Sep 18:00"), where="w" * 2000)
    [(key, said)] = texts(replace(course(session), title="C" * 300)).items()

    assert (len(said.name), len(said.location) <= 100, len(said.description)) == (100, True, 1000)
    assert mark_in(said.description) == mark(key)


@pytest.mark.parametrize(("starts_in", "made"), [(SOON - 1, False), (SOON, True), (AHEAD - 1, True), (AHEAD, False)])
def test_an_event_is_made_two_weeks_ahead_and_before_it_begins(starts_in: int, made: bool) -> None:
    said = text(NOW + starts_in)

    assert steps({KEY: said}, {}, [], (), NOW) == ([Create(occurrence=KEY, text=said)] if made else [])


def test_what_is_there_and_says_the_same_is_left_alone() -> None:
    assert steps({KEY: text()}, known(text()), in_server(), (), NOW) == []


def test_only_what_the_session_says_otherwise_is_written_anew() -> None:
    before, after = text(), text(location="Room 3")
    [step] = steps({KEY: after}, known(before), in_server(), (), NOW)

    assert step == Edit(record=known(before)[KEY], text=after, fields={"location": "Room 3"})


@pytest.mark.parametrize("active", [False, True])
def test_an_event_goes_with_its_session(active: bool) -> None:
    record = known(text())[KEY]

    assert steps({}, {KEY: record}, in_server(active=active), (), NOW) == [
        Cancel(event=7, active=active, record=record)
    ]


def test_a_session_that_is_on_is_left_to_run() -> None:
    assert steps({}, known(text(NOW - 60)), in_server(active=True), (), NOW) == []


def test_a_session_that_is_moved_while_its_event_is_on_gets_a_new_one() -> None:
    written, later = text(NOW - 60), text(NOW + 86400)
    record = known(written)[KEY]
    assert steps({KEY: later}, {KEY: record}, in_server(active=True), (), NOW) == [
        Cancel(event=7, active=True, record=record)
    ]
    ended = known(written, EventState.CANCELLED)
    assert steps({KEY: later}, ended, [], (), NOW) == [Create(occurrence=KEY, text=later)]


@pytest.mark.parametrize(
    ("wanted_now", "written", "state"),
    [
        (True, text(), EventState.REMOVED),
        (False, text(), EventState.CANCELLED),
        (False, text(NOW - 5400), EventState.OVER),
        (True, text(NOW - 5400), EventState.OVER),
    ],
)
def test_why_an_event_is_not_there_any_more(wanted_now: bool, written: EventText, state: EventState) -> None:
    record = known(written)[KEY]

    assert steps({KEY: text()} if wanted_now else {}, {KEY: record}, [], (), NOW) == [Note(record=record, state=state)]


@pytest.mark.parametrize(
    ("state", "made_again"),
    [(EventState.REMOVED, False), (EventState.CANCELLED, True), (EventState.OVER, True)],
)
def test_only_what_a_person_removed_stays_away(state: EventState, made_again: bool) -> None:
    assert bool(steps({KEY: text()}, known(text(), state), [], (), NOW)) is made_again


def test_an_event_that_was_made_just_before_a_crash_is_taken_over_and_a_second_one_goes() -> None:
    twice = [*in_server(7), *in_server(8)]
    [step] = steps({KEY: text()}, {}, in_server(7), (), NOW)
    assert step == Create(occurrence=KEY, text=text(), made=7)

    assert steps({KEY: text()}, known(text()), twice, (), NOW) == [Cancel(event=8, active=False)]
    assert steps({}, {}, in_server(7), (), NOW) == [Cancel(event=7, active=False)]


def test_what_nobody_has_been_told_yet_changes_no_event() -> None:
    moved = {KEY: text(NOW + 7200)}

    assert steps(moved, known(text()), in_server(), {KEY}, NOW) == []
    assert steps({}, known(text()), in_server(), {KEY}, NOW) == []
    assert steps(moved, {}, in_server(), {KEY}, NOW) == []


def test_the_limit_of_a_server_is_kept_for_the_nearest_sessions() -> None:
    many = {f"PM-101/s{number}": text(NOW + 3600 * (number + 1)) for number in range(20)}
    others = [Found(event=100 + number, mark=None, active=False) for number in range(MOST - 3)]
    made = [step.occurrence for step in steps(many, {}, others, (), NOW) if isinstance(step, Create)]

    assert made == ["PM-101/s0", "PM-101/s1", "PM-101/s2"]
    assert steps(many, {}, [*others, *others[:13]], (), NOW)
