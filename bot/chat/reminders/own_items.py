"""Own deadlines and study slots in words, and as a student types them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from bot.answering.facts import zone_in_words
from bot.chat.escape import escape
from bot.chat.reminders.leads import leads
from bot.content.model import Span, Weekly
from bot.reminders.items import FAR, between, clashes
from bot.reminders.schedule import Schedule
from bot.store.records import ItemDraft, ItemKind, PersonalItem

KINDS = {ItemKind.DEADLINE: "A deadline of my own", ItemKind.SLOT: "Study time"}
ONCE = "**{title}**{course}: {moment}{length} ({left})"
REPEATED = "**{title}**{course}: {days} at {time}{length} ({zone}), next {moment}"
REPEATED_NO_MORE = "**{title}**{course}: {days} at {time} ({zone}), over by now"
FOR_COURSE = " for {course}"
FOR_MINUTES = " for {minutes} min"
EVERY_DAY = "every day"
ON_DAYS = "every {interval}{days}"
UNTIL = " until {day}"
REMINDED = ", with a reminder {leads} before"
TOO_SOON = ", too soon for a reminder {leads} before"
SILENT = ", without a reminder"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLASH = "⚠️ {course} meets live at that time: {moment}{more}."
MORE_CLASHES = ", and {count} more in the next four weeks"
SOON = 28 * 86400
"""In seconds: how far ahead clashes are looked for."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a student put into the form. `edited` is what is there already; None adds something."""

    kind: ItemKind = ItemKind.DEADLINE
    title: str = ""
    when: str = ""
    course: str | None = None
    leads: tuple[int, ...] = (60,)
    edited: PersonalItem | None = None
    draft: ItemDraft | None = None
    """What it was understood to be; None until it is."""


def in_words(item: ItemDraft, now: datetime) -> str:
    """Write one in a line of Markdown, with its next moment as Discord's own stamp."""
    course = FOR_COURSE.format(course=item.course) if item.course else ""
    said = {"title": escape(item.title), "course": course, "length": _length(item)}
    start = int(now.timestamp())
    nearest = next(between(_as_stored(item), start if isinstance(item.when, Weekly) else 0, start + FAR), None)
    if isinstance(item.when, Weekly):
        said |= {
            "days": _days(item.when, item.until),
            "time": f"{item.when.at:%H:%M}",
            "zone": zone_in_words(item.zone),
        }
        words = REPEATED if nearest else REPEATED_NO_MORE
    else:
        words = ONCE
    if nearest:
        said |= {"moment": f"<t:{nearest.starts_at}:F>", "left": f"<t:{nearest.starts_at}:R>"}
    if nearest is None or nearest.starts_at < start:
        return words.format(**said)
    return words.format(**said) + _reminded(item, nearest.starts_at - start)


def clash_in_words(draft: ItemDraft, schedule: Schedule, courses: Iterable[str], now: datetime) -> str:
    """Warn of live sessions of these courses at the time of a study slot; empty if there are none soon."""
    start = int(now.timestamp())
    found = clashes(_as_stored(draft), schedule, courses, start, start + SOON) if draft.kind is ItemKind.SLOT else []
    if not found:
        return ""
    more = MORE_CLASHES.format(count=len(found) - 1) if len(found) > 1 else ""
    return CLASH.format(course=found[0].course, moment=f"<t:{found[0].starts_at}:F>", more=more)


def typed_from(item: PersonalItem) -> Typed:
    """Fill the form with what an item says."""
    return Typed(
        kind=item.kind,
        title=item.title,
        when=when_as_typed(item),
        course=item.course,
        leads=item.offsets,
        edited=item,
    )


def when_as_typed(item: ItemDraft) -> str:
    """Write when it is in the way in which one may type it."""
    when = item.when
    if isinstance(when, Weekly):
        return f"{_days(when, item.until)} {when.at:%H:%M}{_length(item)}"
    starts = when.starts if isinstance(when, Span) else when
    return f"{starts.day} {starts:%b %Y %H:%M}{_length(item)}"


def _reminded(item: ItemDraft, left: int) -> str:
    """Whether there is a reminder, `left` seconds before it; of what repeats there is one the next time."""
    coming = [offset for offset in item.offsets if offset * 60 <= left or isinstance(item.when, Weekly)]
    if coming:
        return REMINDED.format(leads=leads(coming))
    return TOO_SOON.format(leads=leads(item.offsets)) if item.offsets else SILENT


def _length(item: ItemDraft) -> str:
    minutes = None if isinstance(item.when, datetime) else item.when.minutes
    return FOR_MINUTES.format(minutes=minutes) if minutes else ""


def _days(weekly: Weekly, until: date | None) -> str:
    if len(weekly.weekdays) == len(DAYS) and weekly.interval == 1:
        days = EVERY_DAY
    else:
        interval = {1: "", 2: "other "}.get(weekly.interval, f"{weekly.interval} weeks on ")
        days = ON_DAYS.format(interval=interval, days=" and ".join(DAYS[day] for day in weekly.weekdays))
    return days + (UNTIL.format(day=f"{until.day} {until:%b %Y}") if until else "")


def _as_stored(item: ItemDraft) -> PersonalItem:
    if isinstance(item, PersonalItem):
        return item
    return PersonalItem(**{field.name: getattr(item, field.name) for field in fields(ItemDraft)}, id=0, since=0)
