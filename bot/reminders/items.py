"""Own deadlines and study slots become dated items; what may be stored is checked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from bot.content.model import Span, Weekly
from bot.reminders.schedule import Dated, Schedule
from bot.store.records import CourseChannel, ItemDraft, Person, PersonalItem
from bot.timetable.occurrences import Occurrence
from bot.timetable.wall_time import localize

DAY = 86400
FAR = 36_600 * DAY
"""In seconds: nobody plans farther ahead."""
MOST_ITEMS = 25
MOST_CREATIONS_AN_HOUR = 10
MOST_OFFSETS = 5
SHORTEST_OFFSET = 5
LONGEST_OFFSET = 30 * 24 * 60
LONGEST_TITLE = 80

NO_TITLE = "It needs a name, such as  Read chapter 3"
TITLE_TOO_LONG = "The name has {length} characters. Shorten it to {most}."
TOO_MANY_OFFSETS = "That is {count} reminders for one thing. Choose {most} at most."
OFFSET_OUT_OF_RANGE = "A reminder can come from 5 minutes to 30 days before."
PAST = "That moment has passed already. Choose one ahead."
TOO_MANY_ITEMS = "You have {most} of your own ahead already. Delete one first."
TOO_FAST = "You added {most} within an hour. Add more a little later."
OVER = "Its last day comes before its first time. Choose a later last day."

OWN = "own/"
"""How the keys of people's own items begin."""


def key(number: int, day: date | None = None) -> str:
    """Name an item by its number, or one date of it if it repeats; no course's occurrence has such a key."""
    return f"{OWN}{number}@{day.isoformat()}" if day else f"{OWN}{number}"


def between(item: PersonalItem, lo: int, hi: int) -> Iterator[Dated]:
    """Yield when this item starts in lo <= start < hi, by start. A repeating one keeps its wall time in its zone."""
    if not isinstance(item.when, Weekly):
        at = int(localize(_start(item.when), item.zone).timestamp())
        if lo <= at < hi:
            yield _dated(item, key(item.id), at)
        return
    first = datetime.fromtimestamp(lo, UTC).astimezone(item.zone).date() - timedelta(days=1)
    last = datetime.fromtimestamp(hi, UTC).astimezone(item.zone).date() + timedelta(days=1)
    for day in days(item.when, max(first, item.first or first), min(last, item.until or last), item.first):
        at = int(localize(datetime.combine(day, item.when.at), item.zone).timestamp())
        if lo <= at < hi:
            yield _dated(item, key(item.id, day), at)


def is_over(item: PersonalItem, now: int) -> bool:
    """Whether it has started for the last time."""
    return next(between(item, now + 1, now + FAR), None) is None


def find(schedule: Schedule, recipient: Person | CourseChannel, key: str, starts_at: int) -> Dated | None:
    """Find what a reminder is about, in the files or among the person's own."""
    found = schedule.find(key)
    if found is None and isinstance(recipient, Person):
        own = (dated for item in recipient.items for dated in between(item, starts_at, starts_at + 1))
        return next((dated for dated in own if dated.key == key), None)
    return found


def clashes(item: PersonalItem, schedule: Schedule, courses: Iterable[str], lo: int, hi: int) -> list[Dated]:
    """Return the live sessions of these courses during which this study slot would take place, from lo to hi."""
    minutes = None if isinstance(item.when, datetime) else item.when.minutes
    slots = [(slot.starts_at, slot.starts_at + 60 * (minutes or 1)) for slot in between(item, lo, hi)]
    sessions = [dated for course in courses for dated in schedule.between(course, lo - DAY, hi) if not dated.cancelled]
    found = [dated for dated in sessions if any(_overlap(dated, starts, ends) for starts, ends in slots)]
    return sorted(found, key=lambda dated: (dated.starts_at, dated.key))


def days(weekly: Weekly, first: date, last: date, anchor: date | None) -> Iterator[date]:
    """Yield the dates from first to last, both included; every other week counts from the week of the anchor."""
    weeks_from = anchor.toordinal() - anchor.weekday() if anchor else 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() in weekly.weekdays and ((ordinal - weeks_from) // 7) % weekly.interval == 0:
            yield day


def refusal_of_offsets(minutes: tuple[int, ...]) -> str | None:
    """Say what is wrong with how long before somebody wants to be reminded, or nothing."""
    if len(set(minutes)) > MOST_OFFSETS:
        return TOO_MANY_OFFSETS.format(count=len(set(minutes)), most=MOST_OFFSETS)
    if any(not SHORTEST_OFFSET <= offset <= LONGEST_OFFSET for offset in minutes):
        return OFFSET_OUT_OF_RANGE
    return None


def refusal(draft: ItemDraft, now: int) -> str | None:
    """Say what is wrong with an own deadline or slot, or nothing."""
    title = draft.title.strip()
    if not title:
        return NO_TITLE
    if len(title) > LONGEST_TITLE:
        return TITLE_TOO_LONG.format(length=len(title), most=LONGEST_TITLE)
    if not isinstance(draft.when, Weekly):
        if localize(_start(draft.when), draft.zone).timestamp() <= now:
            return PAST
    elif draft.until and draft.first and not any(days(draft.when, draft.first, draft.until, draft.first)):
        return OVER
    return refusal_of_offsets(draft.offsets)


def refusal_to_add(others: Iterable[PersonalItem], created_lately: int, now: int) -> str | None:
    """Say why a person may not have one more beside these others, or nothing. What is over does not count."""
    if sum(not is_over(item, now) for item in others) >= MOST_ITEMS:
        return TOO_MANY_ITEMS.format(most=MOST_ITEMS)
    if created_lately >= MOST_CREATIONS_AN_HOUR:
        return TOO_FAST.format(most=MOST_CREATIONS_AN_HOUR)
    return None


def _overlap(dated: Dated, starts: int, ends: int) -> bool:
    if not isinstance(dated.of, Occurrence) or dated.of.ends is None:
        return False
    return dated.starts_at < ends and starts < dated.of.ends.timestamp()


def _start(when: datetime | Span) -> datetime:
    return when.starts if isinstance(when, Span) else when


def _dated(item: PersonalItem, name: str, at: int) -> Dated:
    return Dated(key=name, course=item.course, starts_at=at, remind_before=item.offsets, of=item)
