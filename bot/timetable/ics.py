"""Occurrences become a calendar file that Outlook, Google and Apple take.

Moments are written in UTC: each occurrence is an event of its own, so nothing repeats and nothing needs a VTIMEZONE,
which programs read in different ways. The words carry the wall time of the course and name its zone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from icalendar import Calendar, Event
from icalendar.enums import STATUS, TRANSP

from bot.timetable.editions import Edition, Editions
from bot.timetable.occurrences import Kind, Occurrence, Status
from bot.timetable.wall_time import instant, later

_UNTITLED = "{course}: live session"
_SESSION = "{course}: {title}"
_DEADLINE = "{course}: {title} due"
_CANCELLED_TITLE = "Cancelled: {title}"
_STARTS = "Starts {when}."
_DUE = "Due {when}."
_PLANNED = "Planned for {when}."
_MOVED = "Moved from {when}."
_CANCELLED = "Cancelled."
_CANCELLED_BECAUSE = "Cancelled: {reason}"
_OPTIONAL = "Optional."

_KEYS = UUID("2b2c9a55-3f0e-4a37-9d7c-5b1f5ad0c3a4")
"""Namespace of the UIDs. Another value would double every event in the calendars of those who imported one."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def calendar(
    occurrences: Sequence[Occurrence],
    *,
    name: str,
    titles: Mapping[str, str],
    stamp: datetime,
    editions: Editions | None = None,
) -> bytes:
    """Return an iCalendar file in UTF-8 with one event for each occurrence, in their order.

    `name` is what calendar programs call it, `titles` are course titles by code, `stamp` is the moment of writing.
    An occurrence has the same UID in every file, so importing again moves and cancels events instead of doubling them;
    `editions` keep that so when something is renamed, and have what was changed replace what was there.
    """
    known = editions or Editions()
    events = [
        _event(occurrence, titles.get(occurrence.course), stamp, known.of(occurrence.key)) for occurrence in occurrences
    ]
    file = Calendar.new(
        uid=uuid5(_KEYS, name),
        prodid="-//Schoolbell//EN",
        method="PUBLISH",
        name=_plain(name),
        subcomponents=events,
    )
    written: bytes = file.to_ical()
    return written


def _event(occurrence: Occurrence, course_title: str | None, stamp: datetime, edition: Edition) -> Event:
    """Make an event. Of two with one UID the higher SEQUENCE counts, and of the same, the later `stamp`."""
    takes_time = occurrence.kind is Kind.SESSION and not occurrence.cancelled
    event = Event.new(
        uid=uuid5(_KEYS, edition.uid),
        sequence=edition.sequence,
        stamp=instant(stamp),
        start=instant(occurrence.starts),
        end=_end(occurrence),
        summary=_plain(_summary(occurrence)),
        description=_plain(_description(occurrence, course_title)),
        location=_plain(occurrence.where) if occurrence.where else None,
        categories=[_plain(occurrence.course)],
        status=_status(occurrence),
        transparency=TRANSP.OPAQUE if takes_time else TRANSP.TRANSPARENT,
    )
    address = next((text for text in (occurrence.link, occurrence.where) if text and _is_address(text)), None)
    if address:
        event.add("url", address)
    return event


def _status(occurrence: Occurrence) -> STATUS:
    if occurrence.cancelled:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if occurrence.held else STATUS.CONFIRMED


def _end(occurrence: Occurrence) -> datetime:
    """Return a moment after the start: without one, programs make up an hour or a whole day.

    A minute is the shortest there is, and one that starts at 23:59 does not reach into the next day.
    """
    soonest = later(instant(occurrence.starts), 1)
    return max(soonest, instant(occurrence.ends)) if occurrence.ends else soonest


def _summary(occurrence: Occurrence) -> str:
    live = _SESSION if occurrence.title else _UNTITLED
    title = (live if occurrence.kind is Kind.SESSION else _DEADLINE).format(
        course=occurrence.course, title=occurrence.title
    )
    return _CANCELLED_TITLE.format(title=title) if occurrence.cancelled else title


def _description(occurrence: Occurrence, course_title: str | None) -> str:
    lines = [course_title]
    if occurrence.cancelled:
        reason = occurrence.reason
        lines.append(_CANCELLED_BECAUSE.format(reason=reason) if reason else _CANCELLED)
        words = _PLANNED
    else:
        words = _STARTS if occurrence.kind is Kind.SESSION else _DUE
    lines.append(words.format(when=_in_words(occurrence.starts)))
    if occurrence.status is Status.MOVED:
        lines.append(_MOVED.format(when=_in_words(occurrence.planned)))
    if occurrence.optional:
        lines.append(_OPTIONAL)
    lines += [occurrence.note, occurrence.link]
    return "\n".join(line.strip() for line in lines if line)


def _in_words(moment: datetime) -> str:
    """Say a moment by the wall and by the zone's city: "Fri 2 Oct 2026, 17:00 New York time"."""
    zone = str(moment.tzinfo)
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    clock = "UTC" if zone in {"UTC", "Etc/UTC"} else f"{city} time"
    return f"{moment:%a} {moment.day} {moment:%b %Y, %H:%M} {clock}"


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://[^\s\x00-\x1f\x7f]+", text) is not None


def _plain(text: str) -> str:
    """Drop control characters, over which some programs refuse a whole file."""
    return _CONTROL.sub("", text)
