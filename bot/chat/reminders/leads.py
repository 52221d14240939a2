"""How long before something a person is reminded, in words."""

from __future__ import annotations

from collections.abc import Iterable

from bot.content.model import Course

_UNITS = ((7 * 24 * 60, "week"), (24 * 60, "day"), (60, "hour"), (1, "minute"))

AND = "{first} and {last}"
NOT_AT_ALL = "not at all"
SESSIONS = "{leads} before each live session"
DEADLINES = "{leads} before each deadline"
EVERYTHING = "{leads} before each live session and each deadline"
NOTHING = "nothing comes so far, as no reminders are set up for it. Choose in `/reminders` how long before"

CHOICES = (15, 30, 60, 120, 1440, 2 * 1440, 7 * 1440)
"""What a menu offers, in minutes."""


def lead(minutes: int) -> str:
    """Write minutes in the largest unit that fits whole: `2 hours`, `1 week`."""
    size, unit = next((size, unit) for size, unit in _UNITS if minutes % size == 0)
    count = minutes // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def leads(minutes: Iterable[int]) -> str:
    """Write several, the longest first: `1 week, 1 day and 2 hours`."""
    *rest, last = [lead(one) for one in sorted(set(minutes), reverse=True)] or [NOT_AT_ALL]
    return AND.format(first=", ".join(rest), last=last) if rest else last


def of_course(course: Course, wished: Iterable[int] | None) -> str:
    """Say when somebody is reminded of a course who wishes these minutes, or what the file says."""
    if wished is not None:
        return EVERYTHING.format(leads=leads(wished))
    of_deadlines = {minutes for deadline in course.deadlines for minutes in deadline.remind_before}
    parts = []
    if course.live_sessions and course.remind_before_sessions:
        parts.append(SESSIONS.format(leads=leads(course.remind_before_sessions)))
    if of_deadlines:
        parts.append(DEADLINES.format(leads=leads(of_deadlines)))
    return ", and ".join(parts) or NOTHING
