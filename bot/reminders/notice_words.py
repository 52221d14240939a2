"""The text of notices, and of what was missed. Times are Discord's own stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.reminders.notices import Notice
from bot.reminders.outages import Missed
from bot.reminders.schedule import Dated, Schedule
from bot.store.records import KnownOccurrence, PersonalItem, Standing
from bot.timetable.occurrences import Kind, Occurrence

MOST_LINES = 5
"""A person reads no more of them at a glance; the schedule has the rest."""

MOVED = {
    Kind.SESSION: "**{name}** has moved: it starts **{new}** ({left}), and not {old}.",
    Kind.DEADLINE: "**{name}** is due at another time: **{new}** ({left}), and not {old}.",
}
CANCELLED = {
    Kind.SESSION: "**{name}** of {old} is cancelled.",
    Kind.DEADLINE: "**{name}**, due {old}, is cancelled.",
}
GONE = {
    Kind.SESSION: "**{name}** of {old} is no longer on the schedule.",
    Kind.DEADLINE: "**{name}**, due {old}, is no longer on the schedule.",
}
RESTORED = {
    Kind.SESSION: "**{name}** takes place after all: it starts **{new}** ({left}).",
    Kind.DEADLINE: "**{name}** counts after all: it is due **{new}** ({left}).",
}
ADDED = {
    Kind.SESSION: "New on the schedule: **{name}** starts **{new}** ({left}).",
    Kind.DEADLINE: "New on the schedule: **{name}** is due **{new}** ({left}).",
}
BECAUSE = "Reason: {reason}"
ITEM_CHANGED = "Changed dates of **{name}**:"
COURSE_CHANGED = "The schedule of **{course}** has changed:"
MORE = "- and {count} more: see `/schedule`."
NAME = "{course}: {title}"
UNTITLED = {Kind.SESSION: "Live session", Kind.DEADLINE: "Deadline"}

AWAY = "I was away from {began} to {ended}, so I could not remind you of:"
MISSED_SESSION = "- **{name}**, which started {at}"
MISSED_DEADLINE = "- **{name}**, which was due {at}"
OWN = "Your own: {title}"
MORE_MISSED = "- and {count} more"


def notice(about: Notice, schedule: Schedule) -> str:
    """Word what was moved, called off or added in one text, in Markdown."""
    lines = [_line(row, schedule) for row in about.rows]
    if len(lines) == 1:
        return lines[0]
    names = {_name(row) for row in about.rows}
    head = ITEM_CHANGED.format(name=names.pop()) if len(names) == 1 else COURSE_CHANGED.format(course=about.course)
    return "\n".join([head, *(f"- {line}" for line in lines[:MOST_LINES]), *_more(MORE, lines)])


def missed(about: Missed, escape: Callable[[str], str]) -> str:
    """Word what passed in an outage, in Markdown. `escape` makes what a student typed safe to be shown."""
    head = AWAY.format(began=f"<t:{about.outage.began}:f>", ended=f"<t:{about.outage.ended}:f>")
    lines = [_missed(dated, escape) for dated in about.dated]
    return "\n".join([head, *lines[:MOST_LINES], *_more(MORE_MISSED, lines)])


def _line(row: KnownOccurrence, schedule: Schedule) -> str:
    before = row.before or row.told
    said = {
        "name": _name(row),
        "old": f"<t:{before.starts_at}:F>",
        "new": f"<t:{row.told.starts_at}:F>",
        "left": f"<t:{row.told.starts_at}:R>",
    }
    match before.standing, row.told.standing:
        case _, Standing.CANCELLED:
            reason = _reason(row, schedule)
            words = CANCELLED[row.kind]
            return " ".join([words.format(**said), *([BECAUSE.format(reason=reason)] if reason else [])])
        case _, Standing.GONE:
            words = GONE[row.kind]
        case Standing.CANCELLED, _:
            words = RESTORED[row.kind]
        case Standing.GONE, _:
            words = ADDED[row.kind]
        case _:
            words = MOVED[row.kind]
    return words.format(**said)


def _name(row: KnownOccurrence) -> str:
    return NAME.format(course=row.course, title=row.title or UNTITLED[row.kind])


def _reason(row: KnownOccurrence, schedule: Schedule) -> str | None:
    dated = schedule.find(row.key)
    return dated.of.reason if dated and isinstance(dated.of, Occurrence) else None


def _missed(dated: Dated, escape: Callable[[str], str]) -> str:
    if isinstance(dated.of, PersonalItem):
        name = OWN.format(title=escape(dated.of.title))
    else:
        name = NAME.format(course=dated.course, title=dated.of.title or UNTITLED[dated.of.kind])
    words = MISSED_DEADLINE if dated.of.kind == Kind.DEADLINE else MISSED_SESSION
    return words.format(name=name, at=f"<t:{dated.starts_at}:F>")


def _more(words: str, lines: Sequence[str]) -> list[str]:
    return [words.format(count=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
