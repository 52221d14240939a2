"""The weekly overview: who gets one, when, and what is in it. A pure function of the timetable and of people's wishes.

One message at the weekday and wall time that a person chose, for the seven days from then; at most one in a calendar
week, however often they choose anew. It is worth sending for some hours. A week with nothing in it is worth a line only
if something comes after it; then it says what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.reminders.items import between
from bot.reminders.plan import silent_until
from bot.reminders.schedule import Dated, Schedule
from bot.store.records import Person, Reminder, TextKind, To
from bot.timetable.wall_time import localize

LIFE = 6 * 3600
"""For so many seconds a weekly overview that comes late is worth sending."""
WEEK = timedelta(days=7)
LOOKED_AHEAD = 28 * 86400
"""How far, in seconds, a person whose week is empty is told of what comes next."""
DIGEST, WEEKLY = "digest", "weekly"


@dataclass(frozen=True, kw_only=True)
class Week:
    """What a person's coming week holds, by start: `dated` starts in `begins` <= start < `ends`.

    `after` is the next thing beyond it, if the week is empty. `unsettled` are the keys of what is being changed.
    """

    begins: int
    ends: int
    dated: tuple[Dated, ...]
    after: Dated | None = None
    unsettled: frozenset[str] = frozenset()


def plan_digests(schedule: Schedule, people: Iterable[Person], lo: int, hi: int) -> list[Reminder]:
    """Return these people's weekly overviews that fire before `hi` and are still worth sending at `lo`."""
    return [
        Reminder(
            kind=TextKind.DIGEST,
            to=To.PERSON,
            recipient=person.id,
            course=None,
            occurrence=DIGEST,
            starts_at=_end_of_week(fire, _zone(person, schedule)),
            rule=WEEKLY,
            fire_at=fire,
            expires_at=fire + LIFE,
        )
        for person in people
        for fire in _fires(person, _zone(person, schedule), lo - LIFE + 1, hi)
        if find_week(schedule, person, fire)
    ]


def next_digest(schedule: Schedule, person: Person, now: int) -> int | None:
    """Return when a person's next weekly overview is due; None if none with anything in it is in the next two weeks."""
    zone = _zone(person, schedule)
    told = person.told.get((DIGEST, WEEKLY), ())
    fires = _fires(person, zone, now, now + 15 * 86400)
    untold = (fire for fire in fires if _end_of_week(fire, zone) not in told)
    return next((fire for fire in untold if find_week(schedule, person, fire)), None)


def find_week(schedule: Schedule, person: Person, fire: int, unsettled: Collection[str] = ()) -> Week | None:
    """Find what the overview of this moment tells a person; None if it has nothing to tell."""
    ends = int(_local(fire, _zone(person, schedule), WEEK).timestamp())
    dated = tuple(_between(schedule, person, fire, ends))
    later = (one for one in _between(schedule, person, ends, ends + LOOKED_AHEAD) if not one.cancelled)
    after = None if dated else next(later, None)
    if not dated and after is None:
        return None
    return Week(begins=fire, ends=ends, dated=dated, after=after, unsettled=frozenset(unsettled))


def _fires(person: Person, zone: ZoneInfo, lo: int, hi: int) -> Iterator[int]:
    """Yield when a person wishes an overview, in lo <= moment < hi."""
    wish = person.digest
    if wish is None or not person.direct_messages:
        return
    since = max(wish.since, silent_until(person))
    day = datetime.fromtimestamp(lo, UTC).astimezone(zone).date() - timedelta(days=1)
    day += timedelta(days=(wish.weekday - day.weekday()) % 7)
    while (fire := int(localize(datetime.combine(day, wish.at), zone).timestamp())) < hi:
        if fire >= max(lo, since):
            yield fire
        day += WEEK


def _between(schedule: Schedule, person: Person, lo: int, hi: int) -> list[Dated]:
    """What starts in lo <= start < hi of all that a person follows, and of their own, by start."""
    found = [
        dated
        for follow in person.follows
        for dated in schedule.between(follow.course, max(lo, follow.muted_until or 0), hi)
    ]
    found += [dated for item in person.items for dated in between(item, lo, hi)]
    return sorted((one for one in found if one.key not in person.done), key=lambda one: (one.starts_at, one.key))


def _end_of_week(fire: int, zone: ZoneInfo) -> int:
    """The midnight that ends the calendar week of this moment: the same, in UTC, wherever a person has it."""
    day = datetime.fromtimestamp(fire, UTC).astimezone(zone).date()
    monday = date.fromordinal(day.toordinal() - day.weekday() + 7)
    return int(datetime(monday.year, monday.month, monday.day, tzinfo=UTC).timestamp())


def _local(moment: int, zone: ZoneInfo, later: timedelta) -> datetime:
    """The same wall time so much later."""
    return localize(datetime.fromtimestamp(moment, UTC).astimezone(zone).replace(tzinfo=None) + later, zone)


def _zone(person: Person, schedule: Schedule) -> ZoneInfo:
    return person.zone or schedule.zone
