"""Live sessions as scheduled events of a server: which there should be, and what to do about it.

One event a session, made when the session is near, edited when the session changes and cancelled with it. What people
did in Discord is respected: an event that they removed stays away, and of one that they edited only that is written
anew which the session says otherwise than before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2s
from typing import Any

from bot.content.model import Attendance, Course
from bot.reminders import moves
from bot.reminders.digest_words import UNTITLED, cut
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.reminders.words import ATTENDANCE, WHERE
from bot.store import Connection
from bot.store.records import EventState, EventText, ScheduledEvent
from bot.timetable.occurrences import Kind, Occurrence, Timetable

AHEAD = 14 * 86400
"""So many seconds before its start a session gets its event."""
SOON = 60
"""Discord takes no event that has begun: what starts within so many seconds gets none."""
MOST = 90
"""Discord allows a server 100 events that are not over. The rest is left to people."""

NAME = "{course}: {title}"
ABOUT = "Live session of {course}, {title}."
ASK = "Ask me about it with /course {course}."
MARK = "Schoolbell {mark}"
IN_CHANNEL = "#{channel}"
SEE_CARD = "See /course {course}"
SEE_BELOW = "See the description"
LONGEST_NAME, LONGEST_LOCATION, LONGEST_DESCRIPTION = 100, 100, 1000

_MARK = re.compile(r"Schoolbell ([0-9a-f]{12})\s*$")


@dataclass(frozen=True, kw_only=True)
class Found:
    """An event that is in the server now and not over. `mark` is None if the bot did not make it."""

    event: int
    mark: str | None
    active: bool


@dataclass(frozen=True, kw_only=True)
class Create:
    """Make an event for a session, or take over one that was made just before a crash."""

    occurrence: str
    text: EventText
    made: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Write these fields of an event anew."""

    record: ScheduledEvent
    text: EventText
    fields: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Cancel an event, or end it if it is `active`. Without a record it is one that nobody knows of."""

    event: int
    active: bool
    record: ScheduledEvent | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """Remember what became of an event; there is nothing to do in Discord."""

    record: ScheduledEvent
    state: EventState


Step = Create | Edit | Cancel | Note


def wanted(timetable: Timetable, courses: Iterable[Course], now: int) -> dict[str, EventText]:
    """Return what the event of every live session to come says, by the key of the session."""
    return {
        session.key: _text(session, course)
        for course in courses
        for session in timetable.of_course(course.code)
        if session.kind is Kind.SESSION and not session.cancelled and session.starts.timestamp() > now
    }


def steps(
    texts: Mapping[str, EventText],
    records: Mapping[str, ScheduledEvent],
    found: Collection[Found],
    unsettled: Collection[str],
    now: int,
) -> list[Step]:
    """Return what to do so that a server has the events that are `wanted`, the next session first.

    `records` are this server's. `unsettled` are the keys of sessions whose change has not been told to anybody yet:
    their events stay as they are.
    """
    there = {one.event: one for one in found}
    up = {record.event for record in records.values() if record.state is EventState.UP}
    made = {one.mark: one for one in found if one.mark and one.event not in up}
    done: list[Step] = []
    for key, record in records.items():
        if record.state is EventState.UP and key not in unsettled:
            done += _of_known(record, texts.get(key), there.get(record.event), now)
    room = MOST - len(there)
    for key, text in sorted(texts.items(), key=lambda item: (item[1].starts_at, item[0])):
        due = now + SOON <= text.starts_at < now + AHEAD
        known = records.get(key)
        if not due or key in unsettled or (known and known.state in (EventState.UP, EventState.REMOVED)):
            continue
        adopted = made.pop(mark(key), None)
        if adopted or room > 0:
            done.append(Create(occurrence=key, text=text, made=adopted.event if adopted else None))
            room -= adopted is None
    waiting = {mark(key) for key in unsettled}
    done += [Cancel(event=one.event, active=one.active) for one in made.values() if one.mark not in waiting]
    return done


def unsettled(connection: Connection, schedule: Schedule, now: int) -> frozenset[str]:
    """A unit of work: the keys of what the files say differently from what the world was told so far."""
    known = take_up(connection, schedule, now).known
    return frozenset(key for key, row in known.items() if moves.differs(row, schedule.find(key)))


def mark(key: str) -> str:
    """The 12 characters by which the bot knows the event of a session again, at the end of its description."""
    return blake2s(key.encode(), digest_size=6).hexdigest()


def mark_in(description: str | None) -> str | None:
    """Find the mark in an event's description."""
    found = _MARK.search(description or "")
    return found[1] if found else None


def _of_known(record: ScheduledEvent, text: EventText | None, there: Found | None, now: int) -> Iterator[Step]:
    written = record.written
    if there is None:
        if written.ends_at <= now:
            yield Note(record=record, state=EventState.OVER)
        else:
            yield Note(record=record, state=EventState.REMOVED if text else EventState.CANCELLED)
    elif text is None:
        if written.starts_at > now:
            yield Cancel(event=record.event, active=there.active, record=record)
    elif there.active and text.starts_at != written.starts_at:
        yield Cancel(event=record.event, active=True, record=record)
    elif text != written:
        before, after = asdict(written), asdict(text)
        fields = {name: value for name, value in after.items() if value != before[name]}
        yield Edit(record=record, text=text, fields=fields)


def _text(session: Occurrence, course: Course) -> EventText:
    starts = int(session.starts.timestamp())
    where = session.where or (IN_CHANNEL.format(channel=course.channel) if course.channel else "")
    location = where or SEE_CARD.format(course=course.code)
    attendance = Attendance.OPTIONAL if session.optional else course.attendance
    lines = [
        ABOUT.format(course=course.code, title=course.title),
        ATTENDANCE[attendance] if attendance else "",
        WHERE.format(where=where) if len(where) > LONGEST_LOCATION else "",
        ASK.format(course=course.code),
    ]
    marked = MARK.format(mark=mark(session.key))
    said = cut("\n".join(filter(None, lines)), LONGEST_DESCRIPTION - len(marked) - 2)
    return EventText(
        name=cut(NAME.format(course=course.code, title=session.title or UNTITLED), LONGEST_NAME),
        description=f"{said}\n\n{marked}",
        location=location if len(location) <= LONGEST_LOCATION else SEE_BELOW,
        starts_at=starts,
        ends_at=max(int((session.ends or session.starts).timestamp()), starts + 60),
    )
