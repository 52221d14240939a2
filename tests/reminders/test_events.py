"""Which scheduled events a server should have, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.model import Attendance, Course, LiveSession
from bot.reminders.events import (
    AHEAD,
    MOST,
    SOON,
    Cancel,
    Create,
    Edit,
    Found,
    Note,
    Step,
    mark,
    mark_in,
    steps,
    wanted,
)
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


@dataclass
class Server:
    """A server's events, what the bot remembers of them, and what people removed."""

    live: dict[int, EventText] = field(default_factory=dict)
    records: dict[str, ScheduledEvent] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    made: int = 0

    def look(self, texts: dict[str, EventText], now: int, crash_at: int | None = None) -> None:
        """Do what is to be done; the process may die after so many steps, when one is done and not remembered."""
        self.live = {number: said for number, said in self.live.items() if said.ends_at > now}
        found = [
            Found(event=number, mark=mark_in(said.description), active=said.starts_at <= now)
            for number, said in self.live.items()
        ]
        for index, step in enumerate(steps(texts, self.records, found, (), now)):
            record = self._act(step)
            if index == crash_at:
                return
            if record:
                self.records[record.occurrence] = record

    def _act(self, step: Step) -> ScheduledEvent | None:
        match step:
            case Create(occurrence=key, text=said, made=made):
                self.made += made is None
                number = made or self.made
                self.live[number] = said
                return ScheduledEvent(guild=1, occurrence=key, event=number, state=EventState.UP, written=said)
            case Edit(record=record, text=said, fields=fields):
                self.live[record.event] = replace(self.live[record.event], **fields)
                return replace(record, written=said)
            case Cancel(event=number, record=known):
                del self.live[number]
                return replace(known, state=EventState.CANCELLED) if known else None
            case Note(record=record, state=state):
                return replace(record, state=state)


OPERATION = st.tuples(
    st.sampled_from(["move", "call off", "remove", "crash", "wait"]), st.integers(0, 4), st.integers(1, 30)
)


@settings(max_examples=150)
@given(st.lists(OPERATION, max_size=25))
def test_whatever_happens_there_is_one_event_a_session_and_none_that_a_person_removed(
    operations: list[tuple[str, int, int]],
) -> None:
    server, now = Server(), NOW
    sessions = {f"PM-101/s{number}": NOW + (number + 1) * 86400 for number in range(5)}
    for operation, which, amount in [*operations, ("wait", 0, 1)]:
        key = f"PM-101/s{which}"
        crash_at = None
        match operation:
            case "move":
                sessions[key] = now + amount * 43200
            case "call off":
                sessions.pop(key, None)
            case "remove" if key in server.records and server.records[key].event in server.live:
                del server.live[server.records[key].event]
                if sessions.get(key, now) > now:
                    server.removed.add(key)
            case "crash":
                crash_at = amount % 5
            case "wait":
                now += amount * 3600
        texts = {one: marked(one, starts) for one, starts in sessions.items() if starts > now}
        server.look(texts, now, crash_at)
        marks = [mark_in(said.description) for said in server.live.values()]
        assert len(set(marks)) == len(marks)
        assert not {mark(key) for key in server.removed} & set(marks)
        if crash_at is None:
            server.look(texts, now)
            wished = {key: said for key, said in texts.items() if now + SOON <= said.starts_at < now + AHEAD}
            for key, said in wished.items():
                state = server.records[key].state if key in server.records else None
                assert (said in server.live.values()) is (state is EventState.UP)
                assert state is EventState.UP or key in server.removed
            assert all(said in texts.values() or said.starts_at <= now for said in server.live.values())


def marked(key: str, starts_at: int) -> EventText:
    return text(starts_at, description=f"About it\n\nSchoolbell {mark(key)}")
