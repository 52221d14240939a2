"""The text of the weekly overview. Times are Discord's own stamps."""

from __future__ import annotations

from collections.abc import Callable

from bot.reminders.digests import Week
from bot.reminders.schedule import Dated
from bot.store.records import ItemKind, PersonalItem
from bot.timetable.occurrences import Kind, Occurrence, Status

LATE = 300
"""After so many seconds a text says that it comes late."""
MOST = 1_850
"""Discord takes 2,000 characters; the rest is kept for the last lines."""
LONGEST_TITLE, LONGEST_REASON = 80, 100

TITLE = "**Your week from {begins} to {ends}**"
SESSION = "- 🔴 {at} · **{name}**"
MOVED = "- 🔴 {at} · **{name}** (moved)"
DEADLINE = "- 📌 {at} · **{name}** is due"
CANCELLED = "- ~~{at} · {name}~~ cancelled"
CANCELLED_BECAUSE = "- ~~{at} · {name}~~ cancelled: {reason}"
UNSETTLED = "- **{name}**: its time is just being changed. I tell you as soon as it is certain."
OWN_DEADLINE = "- ✏️ {at} · your own deadline **{name}**"
SLOT = "- ✏️ {at} · your study time **{name}**"
NAME = "{course}: {title}"
UNTITLED = "Live session"
MORE = "- and {count} more: see `/schedule`."
NOTHING = "**Nothing is on your calendar from {begins} to {ends}.** After that comes:"
COMES_LATE = "-# This comes late, because I was not able to send it in time."


def digest(week: Week, *, now: int, escape: Callable[[str], str]) -> str:
    """Word a person's week in Markdown, as of `now`. `escape` makes what a student typed safe to be shown."""
    period = {"begins": f"<t:{week.begins}:D>", "ends": f"<t:{week.ends - 1}:D>"}
    if not week.dated and week.after:
        text = "\n".join([NOTHING.format(**period), _line(week.after, week, escape)])
    else:
        text = _fitting(TITLE.format(**period), [_line(dated, week, escape) for dated in week.dated])
    return f"{text}\n{COMES_LATE}" if now - week.begins > LATE else text


def cut(text: str, limit: int) -> str:
    """Keep a text within so many characters."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _fitting(title: str, lines: list[str]) -> str:
    """As many whole lines as Discord takes, and how many there are besides."""
    text = title
    for index, line in enumerate(lines):
        if len(text) + 1 + len(line) > MOST:
            return f"{text}\n{MORE.format(count=len(lines) - index)}"
        text = f"{text}\n{line}"
    return text


def _line(dated: Dated, week: Week, escape: Callable[[str], str]) -> str:
    match dated.of:
        case Occurrence() as occurrence:
            name = NAME.format(course=occurrence.course, title=cut(occurrence.title or UNTITLED, LONGEST_TITLE))
            words = UNSETTLED if dated.key in week.unsettled else _words(occurrence)
            reason = cut(occurrence.reason or "", LONGEST_REASON)
        case PersonalItem() as item:
            name, reason = escape(item.title), ""
            words = OWN_DEADLINE if item.kind is ItemKind.DEADLINE else SLOT
    return words.format(at=f"<t:{dated.starts_at}:F>", name=name, reason=reason)


def _words(occurrence: Occurrence) -> str:
    if occurrence.cancelled:
        return CANCELLED_BECAUSE if occurrence.reason else CANCELLED
    if occurrence.kind is Kind.DEADLINE:
        return DEADLINE
    return MOVED if occurrence.status is Status.MOVED else SESSION
