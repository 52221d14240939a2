"""Builds the live sessions and the deadlines of one course, whose term tells the year of their dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.content import when
from bot.content._inherited import Inherited, lead_times
from bot.content.contacts import link
from bot.content.fields import DatedNote
from bot.content.model import Added, Deadline, LiveSession, Span, Weekly
from bot.content.record import Record
from bot.content.refusal import Refusal
from bot.content.sheet import Path, Sheet
from bot.content.when import Window

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Reads the dates of one course. `window` holds its days; None when its term is unknown or broken."""

    sheet: Sheet
    window: Window | None
    inherited: Inherited

    def read(self, path: Path, text: str | None, reader: Callable[[str], T]) -> T | None:
        return self.sheet.understand(path, text, reader, forgive_year=self.window is None)

    def date(self, path: Path, text: str | None) -> date | None:
        return self.read(path, text, lambda typed: when.read_date(typed, self.window))

    def parts(self, path: Path, text: str, *, alone: bool) -> list[tuple[Path, str]]:
        """Split a list of dates at its commas. Where it stands `alone` in its field, each is noted at its own place."""
        texts = when.split_dates(text)
        if not alone or len(texts) == 1:
            return [(path, part) for part in texts]
        places = [self.sheet.within(path, part) for part in texts]
        paths = [(*path[:-1], number) for number in range(len(texts))]
        self.sheet.places.update(zip(paths, places, strict=True))
        return list(zip(paths, texts, strict=True))

    def meeting(self, path: Path, text: str | None, minutes: int | None) -> Span | None:
        return self.read(path, text, lambda typed: when.read_meeting(typed, self.window, minutes))


def live_session(calendar: Calendar, record: Record) -> LiveSession | None:
    """Build a live session; None when one of its values could not be understood."""
    before = calendar.sheet.errors()
    meets = _meets(calendar, record)
    minutes = meets.minutes if meets else calendar.inherited.session_minutes or 60
    notes = record.notes("cancelled")
    cancelled = [pair for note in notes for pair in _cancelled(calendar, note, alone=len(notes) == 1)]
    moved = [_moved(calendar, note, minutes) for note in record.notes("moved")]
    added = [_added(calendar, note, minutes) for note in record.notes("added")]
    starts = calendar.date((*record.path, "from"), record.text("from"))
    ends = calendar.date((*record.path, "until"), record.text("until"))
    if calendar.sheet.errors() > before or meets is None:
        return None
    return LiveSession(
        when=meets,
        title=record.text("title"),
        where=record.text("where"),
        starts=starts,
        ends=ends,
        optional=bool(record.value("optional")),
        cancelled=dict(cancelled),
        moved=dict(pair for pair in moved if pair is not None),
        added=tuple(extra for extra in added if extra is not None),
    )


def deadline(calendar: Calendar, record: Record) -> Deadline | None:
    """Build a deadline; None when one of its values could not be understood."""
    sheet, path = calendar.sheet, record.path
    before = sheet.errors()
    at = calendar.inherited.deadline_time
    due: Weekly | datetime | None = calendar.read(
        (*path, "due"), record.text("due"), lambda text: when.read_due(text, calendar.window, at)
    )
    starts = calendar.date((*path, "from"), record.text("from"))
    ends = calendar.date((*path, "until"), record.text("until"))
    remind_before = calendar.inherited.remind_before_deadlines
    if "remind_before" in record:
        remind_before = lead_times(sheet, (*path, "remind_before"), record.texts("remind_before"))
    handed_in = link(sheet, (*path, "link"), record.text("link"))
    texts = record.texts("skip")
    skip = [
        calendar.date(part_path, part)
        for index, text in enumerate(texts)
        for part_path, part in calendar.parts((*path, "skip", index), text, alone=len(texts) == 1)
    ]
    name = record.text("name")
    if sheet.errors() > before or name is None or due is None:
        return None
    return Deadline(
        name=name,
        due=due,
        starts=starts,
        ends=ends,
        skip=tuple(day for day in skip if day is not None),
        remind_before=remind_before,
        link=handed_in,
        note=record.text("note"),
    )


def _meets(calendar: Calendar, record: Record) -> Weekly | Span | None:
    """Read `every` or `on`; there must be one of them."""
    minutes = calendar.inherited.session_minutes
    every, on = record.text("every"), record.text("on")
    if every and on:
        calendar.sheet.error((*record.path, "on"), "on: stands beside every: ; write one session after each dash")
    elif every:
        return calendar.read((*record.path, "every"), every, lambda text: when.read_every(text, minutes))
    elif on:
        return calendar.meeting((*record.path, "on"), on, minutes)
    elif not (record.is_broken("every") or record.is_broken("on") or record.has_strangers):
        message = "this live session has no time. Write  every: Tue 18:00-19:30  or  on: Sat 3 Oct 2026 10:00-14:00"
        calendar.sheet.error(record.path, message)
    return None


def _cancelled(calendar: Calendar, note: DatedNote, *, alone: bool) -> Iterator[tuple[date, str | None]]:
    if mistyped(calendar.sheet, note, lambda text: when.read_date(text, calendar.window)):
        return
    moved_to = re.sub(r"^(?:moved|postponed|rescheduled|shifted) (?:to|until) ", "", note.what or "")
    if _reads(moved_to, lambda text: when.read_meeting(text, calendar.window)):
        message = (
            f'cancelled: "{note.what}" is a new date, and no reason; if the session takes place then, write the line'
        )
        calendar.sheet.error((*note.path, "to"), f"{message} below  moved:")
        return
    parts = calendar.parts(note.path, note.when, alone=alone) if note.what is None else [(note.path, note.when)]
    for path, text in parts:
        day = calendar.date(path, text)
        if day is not None:
            yield day, note.what


def _moved(calendar: Calendar, note: DatedNote, minutes: int | None) -> tuple[date, Span] | None:
    if note.what is None:
        message = "moved: write the old date, a colon, and the new date and time, such as"
        calendar.sheet.error(note.path, f"{message}  12 Nov 2026: Wed 11 Nov 2026 18:00-19:30")
        return None
    day = calendar.date(note.path, note.when)
    span = calendar.meeting((*note.path, "to"), note.what, minutes) if day else None
    return (day, span) if day and span else None


def _added(calendar: Calendar, note: DatedNote, minutes: int | None) -> Added | None:
    if mistyped(calendar.sheet, note, lambda text: when.read_meeting(text, calendar.window, minutes)):
        return None
    span = calendar.meeting(note.path, note.when, minutes)
    return Added(span=span, title=note.what) if span else None


def mistyped(sheet: Sheet, note: DatedNote, reader: Callable[[str], object]) -> bool:
    """Tell of a note that has no colon between its date and the rest, or the date behind it."""
    if note.what is not None and _reads(note.what, reader) and not _reads(note.when, reader):
        message = f"the date comes first; write  {note.what}: {note.when}"
        sheet.error(note.path, f"{sheet.label(note.path)}{message}")
        return True
    better = when.with_colon(note.when, reader) if note.what is None else None
    if better is not None:
        place = sheet.place(note.path)
        beside = sheet.line(place.line)[: place.column - 1].strip(" -")
        where = f"below  {beside}  on a line of its own  - {better}" if beside else f" {better}"
        message = f"{sheet.label(note.path)}a colon belongs between the date and the rest; write {where}"
        sheet.error(note.path, message, fix=sheet.with_word(note.path, note.when, better))
    return better is not None


def _reads(text: str, reader: Callable[[str], object]) -> bool:
    try:
        reader(text)
    except Refusal:
        return False
    return True
