"""What an edit is about to tell, in words for staff, in Markdown. Times are Discord's own stamps."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from bot.content.model import Course
from bot.reminders.moves import Batch, Change, item
from bot.reminders.notice_words import NAME, UNTITLED
from bot.store.records import Standing

SETTLES = "**This edit will message {whom}** <t:{moment}:R>, unless you change it once more:"
HELD = (
    "**This edit is held. It would message {whom}:** {changes} of sessions and deadlines. Nobody is told, and nobody "
    "is reminded of these, until it is confirmed here or mended in the file:"
)
MOVED = "- **{name}**: {old} → {new}"
CANCELLED = "- **{name}**, {old}: cancelled"
GONE = "- **{name}**, {old}: no longer on the schedule"
ADDED = "- **{name}**, {new}: new"
RESTORED = "- **{name}**, {new}: takes place after all"
OF_IT = ", and {count} more of its dates"
MORE = "- …and {count} more"
TOLD = "✅ Told: {whom}{by}."
BY = " (let go by {person})"
CHANGES = {1: "1 change"}
SO_MANY_CHANGES = "{count} changes"
STUDENTS = {0: "no student", 1: "1 student"}
SO_MANY_STUDENTS = "{count:,} students"
AND_CHANNELS = "{students} and {channels}"
CHANNELS_ONLY = "{channels}, but no student"
SO_MANY_CHANNELS = "{count} channels"
MOST_CHANNELS = 3
MOST_LINES = 8


def in_words(batch: Batch, courses: Mapping[str, Course]) -> str:
    """Say whom a batch will message, when, and of what."""
    if batch.settles_at is None:
        count = len(batch.changes)
        changes = CHANGES.get(count, SO_MANY_CHANGES.format(count=count))
        head = HELD.format(whom=whom(batch, courses), changes=changes)
    else:
        head = SETTLES.format(whom=whom(batch, courses), moment=batch.settles_at)
    return "\n".join([head, *_lines(batch)])


def told_in_words(batch: Batch, courses: Mapping[str, Course], person: str = "") -> str:
    """Say whom a batch was told to, who let it go, if somebody did, and what it was about."""
    by = BY.format(person=person) if person else ""
    return "\n".join([TOLD.format(whom=whom(batch, courses), by=by), *_lines(batch)])


def channels(batch: Batch, courses: Mapping[str, Course]) -> list[str]:
    """The courses' channels, each of which gets one message."""
    named = (courses[code].channel for code in batch.courses if code in courses)
    return [f"#{name}" for name in dict.fromkeys(named) if name]


def whom(batch: Batch, courses: Mapping[str, Course]) -> str:
    """Say how many students get a direct message, and which channels one message each."""
    students = STUDENTS.get(batch.people, SO_MANY_STUDENTS.format(count=batch.people))
    named = channels(batch, courses)
    if not named:
        return students
    several = SO_MANY_CHANNELS.format(count=len(named))
    said = several if len(named) > MOST_CHANNELS else ", ".join(named)
    return (AND_CHANNELS if batch.people else CHANNELS_ONLY).format(students=students, channels=said)


def _lines(batch: Batch) -> list[str]:
    """A line for each item, as the dates of a weekly one change alike."""
    items = [list(group) for _, group in groupby(batch.changes, lambda change: item(change.key))]
    lines = [
        _line(first) + (OF_IT.format(count=len(others)) if others else "") for first, *others in items[:MOST_LINES]
    ]
    more = len(items) - MOST_LINES
    return [*lines, *([MORE.format(count=more)] if more > 0 else [])]


def _line(change: Change) -> str:
    said = {
        "name": NAME.format(course=change.course, title=change.title or UNTITLED[change.kind]),
        "old": f"<t:{change.before.starts_at}:F>",
        "new": f"<t:{change.after.starts_at}:F>",
    }
    match change.before.standing, change.after.standing:
        case _, Standing.CANCELLED:
            words = CANCELLED
        case _, Standing.GONE:
            words = GONE
        case Standing.CANCELLED, _:
            words = RESTORED
        case Standing.GONE, _:
            words = ADDED
        case _:
            words = MOVED
    return words.format(**said)
