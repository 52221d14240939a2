"""What students and staff can do with reminders. Each call is one unit of work and plans what it changes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from bot.content.zones import zone
from bot.reminders import items as rules
from bot.reminders.digests import next_digest
from bot.reminders.items import find
from bot.reminders.plan import plan
from bot.reminders.reconcile import reconcile_channels, reconcile_people
from bot.reminders.schedule import Dated, Schedule
from bot.store import Connection, channels, deliveries, items, people, privacy
from bot.store.database import Database
from bot.store.records import (
    CourseChannel,
    Delivery,
    Digest,
    ItemDraft,
    Person,
    PersonalItem,
    QuietHours,
    Reminder,
    Snooze,
    To,
)

R = TypeVar("R")
FAR = 400 * 86400
"""How far ahead the next reminders are looked for, in seconds."""

NOT_YOURS = "This reminder is not there any more."
CHANGED = "Its time has changed since. You are reminded of the new one."
TOO_LATE = "It will be over by then. Choose a shorter time."
MUTED = "{course} is muted until <t:{until}:f>, so nothing would come. Choose a longer time, or see `/reminders`."
GONE = "This one of yours is not there any more."
FOLLOW_FIRST = "You are not reminded of {course}. Switch its reminders on first."
NO_SUCH_COURSE = "There is no course {course} any more."


class RefusedError(ValueError):
    """What was asked for cannot be done; the message is a sentence for the person who asked."""


class Route(StrEnum):
    """Where a person's reminders go, or why they do not."""

    DIRECT = "direct message"
    CLOSED = "closed"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    reminder: Reminder
    dated: Dated


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the panel shows: the person with all that they set, where reminders go, and the next ones by moment.

    `digest_at` is when the next weekly overview is due, None if none is wished, or nothing would be in it.
    """

    person: Person
    route: Route
    upcoming: tuple[Upcoming, ...]
    digest_at: int | None = None


class Desk:
    """Changes what people wish. `schedule` is asked for the present one at each call; None plans nothing yet.

    `now` is aware everywhere. Refusals raise RefusedError with the sentence to show.
    """

    def __init__(self, database: Database, schedule: Callable[[], Schedule | None]) -> None:
        self._database = database
        self._schedule = schedule

    async def follow(self, who: int, course: str, now: datetime) -> bool:
        """Opt in to a course's reminders from now on; False if they had already."""
        schedule = self._schedule()
        if schedule is not None and course not in schedule.courses:
            raise RefusedError(NO_SUCH_COURSE.format(course=course))
        return await self._change(who, now, lambda unit: people.opt_in(unit, who, course, _epoch(now)))

    async def unfollow(self, who: int, course: str, now: datetime) -> bool:
        """Opt out; False if they had not opted in. Once this returns, no reminder of the course begins to be sent."""
        return await self._change(who, now, lambda unit: people.opt_out(unit, who, course))

    async def set_offsets(self, who: int, course: str, minutes: Iterable[int] | None, now: datetime) -> None:
        """Set how many minutes before each start a person is reminded; None is what the file says."""
        wished = None if minutes is None else tuple(sorted(set(minutes), reverse=True))
        if wished is not None and (refusal := rules.refusal_of_offsets(wished)):
            raise RefusedError(refusal)
        if not await self._change(who, now, lambda unit: people.set_offsets(unit, who, course, wished, _epoch(now))):
            raise RefusedError(FOLLOW_FIRST.format(course=course))

    async def mute(self, who: int, course: str, until: datetime, now: datetime) -> None:
        """Send nothing of a course that would come before `until`; `now` ends a mute."""
        if not await self._change(who, now, lambda unit: people.mute(unit, who, course, _epoch(until))):
            raise RefusedError(FOLLOW_FIRST.format(course=course))

    async def set_direct_messages(self, who: int, now: datetime, *, on: bool) -> None:
        """Switch all direct messages to a person on or off; what they follow stays as it is."""
        await self._change(who, now, lambda unit: people.set_direct_messages(unit, who, _epoch(now), on=on))

    async def set_zone(self, who: int, name: str, now: datetime) -> None:
        """Set a person's time zone by its IANA name; a Refusal of the zone's reader says the right name."""
        known = zone(name)
        await self._change(who, now, lambda unit: people.set_zone(unit, who, known.key, _epoch(now)))

    async def set_quiet_hours(self, who: int, quiet: QuietHours | None, now: datetime) -> None:
        """Set the hours in which nothing should ring, in the person's zone; None is none."""
        await self._change(who, now, lambda unit: people.set_quiet_hours(unit, who, quiet, _epoch(now)))

    async def set_digest(self, who: int, weekday: int, at: time, now: datetime) -> None:
        """Send a person what the coming week holds, at this weekday (0 is Monday) and wall time of theirs."""
        wish = Digest(weekday=weekday, at=at, since=_epoch(now))
        await self._change(who, now, lambda unit: people.set_digest(unit, who, wish, _epoch(now)))

    async def stop_digest(self, who: int, now: datetime) -> None:
        """Send a person no weekly overview any more."""
        await self._change(who, now, lambda unit: people.set_digest(unit, who, None, _epoch(now)))

    async def direct_messages_opened(self, who: int, channel: int, now: datetime) -> None:
        """Remember the channel of a person's direct messages, as opened by their click; reminders go there again."""

        def opened(unit: Connection) -> None:
            people.add_person(unit, who, _epoch(now))
            people.dm_opened(unit, who, channel)

        await self._change(who, now, opened)

    async def direct_messages_closed(self, who: int, now: datetime) -> None:
        """Remember that Discord refused a direct message to this person."""
        await self._change(who, now, lambda unit: people.dm_closed(unit, who, _epoch(now)))

    async def add_item(self, who: int, draft: ItemDraft, now: datetime) -> int:
        """Add an own deadline or study slot, and return its id. One that is just the same is not added again."""
        draft = _checked(draft, now)

        def add(unit: Connection) -> int:
            if (same := items.find_same(unit, who, draft)) is not None:
                return same
            people.add_person(unit, who, _epoch(now))
            _refuse_too_many(unit, who, items.count_creations(unit, who, _epoch(now)), now)
            return items.add_item(unit, who, draft, _epoch(now))

        return await self._change(who, now, add)

    async def edit_item(self, who: int, item: int, draft: ItemDraft, now: datetime) -> None:
        """Replace what an own deadline or slot says; its reminders count from now, also if it was done or put off."""
        draft = _checked(draft, now)

        def edit(unit: Connection) -> bool:
            _refuse_too_many(unit, who, 0, now, but=item)
            people.take_up_again(unit, who, rules.key(item))
            return items.edit_item(unit, who, item, draft, _epoch(now))

        if not await self._change(who, now, edit):
            raise RefusedError(GONE)

    async def delete_item(self, who: int, item: int, now: datetime) -> bool:
        """Delete an own deadline or slot; False if it was not there."""
        return await self._change(who, now, lambda unit: items.delete_item(unit, who, item))

    async def overview(self, who: int, now: datetime, limit: int = 3, course: str | None = None) -> Overview:
        """Read what a person set, where their reminders go, and the next ones, of all or of this course.

        Everybody has one.
        """
        return await self._database.run(_overview, self._schedule(), who, _epoch(now), limit, course)

    async def snooze(self, who: int, delivery: int, minutes: int, now: datetime) -> datetime:
        """Send a reminder again in so many minutes, and return when; only if it is still of use then."""
        until = now + timedelta(minutes=minutes)

        def put_off(unit: Connection) -> None:
            told, dated, person = self._still_there(unit, who, delivery, now)
            if _epoch(until) >= dated.last:
                raise RefusedError(TOO_LATE)
            muted_until = 0 if isinstance(dated.of, PersonalItem) else person.muted_until(dated.course)
            if _epoch(until) < muted_until:
                raise RefusedError(MUTED.format(course=dated.course, until=muted_until))
            people.put_off(unit, who, told.occurrence, Snooze(starts_at=told.starts_at, until=_epoch(until)))

        await self._change(who, now, put_off)
        return until

    async def done(self, who: int, delivery: int, now: datetime) -> None:
        """Send no more reminders of what this one was about: that one date of it, wherever it is moved."""

        def tick_off(unit: Connection) -> None:
            told = _own(unit, who, delivery)
            people.tick_off(unit, who, told.occurrence, told.starts_at)

        await self._change(who, now, tick_off)

    async def stop_all(self, who: int, now: datetime) -> tuple[int, int]:
        """Opt out of every course and the weekly overview, and silence every own item, which stay listed.

        Return how many courses and items it was.
        """

        def stop(unit: Connection) -> tuple[int, int]:
            people.set_digest(unit, who, None, _epoch(now))
            courses = people.opt_out_of_all(unit, who)
            return courses, items.silence_items(unit, who)

        return await self._change(who, now, stop)

    async def export(self, who: int) -> dict[str, list[dict[str, Any]]]:
        """Return every row that is about a person, by table."""
        return await self._database.run(privacy.export, who)

    async def forget(self, who: int) -> None:
        """Delete every row that is about a person."""
        await self._database.run(privacy.forget, who)

    async def set_channel(self, guild: int, course: str, channel: int, role: int | None, now: datetime) -> None:
        """Remind a course in this channel by the file's offsets, pinging this role or none."""

        def choose(unit: Connection) -> None:
            channels.set_channel(unit, guild, course, channel, role, _epoch(now))
            self._plan_channels(unit, now)

        await self._database.run(choose)

    async def remove_channel(self, guild: int, course: str, now: datetime) -> bool:
        """Remind a course in no channel of this server any more; False if there was none."""

        def remove(unit: Connection) -> bool:
            removed = channels.remove_channel(unit, guild, course)
            self._plan_channels(unit, now)
            return removed

        return await self._database.run(remove)

    async def channels(self, now: datetime) -> list[CourseChannel]:
        """Read all courses' channels; `closed_at` says where Discord refused a message."""
        return await self._database.run(channels.read_channels, _epoch(now))

    async def _change(self, who: int, now: datetime, change: Callable[[Connection], R]) -> R:
        def changed(unit: Connection) -> R:
            result = change(unit)
            if schedule := self._schedule():
                reconcile_people(unit, schedule, [who], _epoch(now))
            return result

        return await self._database.run(changed)

    def _plan_channels(self, unit: Connection, now: datetime) -> None:
        if schedule := self._schedule():
            reconcile_channels(unit, schedule, _epoch(now))

    def _still_there(self, unit: Connection, who: int, delivery: int, now: datetime) -> tuple[Delivery, Dated, Person]:
        told = _own(unit, who, delivery)
        schedule = self._schedule()
        person = _person(unit, who, _epoch(now))
        dated = find(schedule, person, told.occurrence, told.starts_at) if schedule else None
        if dated is None or dated.cancelled:
            raise RefusedError(NOT_YOURS)
        if dated.starts_at != told.starts_at:
            raise RefusedError(CHANGED)
        return told, dated, person


def _overview(
    unit: Connection, schedule: Schedule | None, who: int, now: int, limit: int, course: str | None
) -> Overview:
    person = _person(unit, who, now)
    route = Route.DIRECT
    if not person.direct_messages:
        route = Route.OFF
    elif person.dm_closed_at is not None:
        route = Route.CLOSED
    upcoming: list[Upcoming] = []
    if schedule is not None:
        wished = plan(schedule, [person], now, now + FAR, people.followers(unit))
        ahead = [one for one in wished if one.fire_at > now and course in {None, one.course}]
        upcoming = [
            Upcoming(reminder=one, dated=dated)
            for one in sorted(ahead, key=lambda one: (one.fire_at, one.expires_at))[:limit]
            if (dated := find(schedule, person, one.occurrence, one.starts_at))
        ]
    digest_at = next_digest(schedule, person, now) if schedule else None
    return Overview(person=person, route=route, upcoming=tuple(upcoming), digest_at=digest_at)


def _person(unit: Connection, who: int, now: int) -> Person:
    found = people.read_people(unit, [who], now)
    return found[0] if found else Person(id=who)


def _own(unit: Connection, who: int, number: int) -> Delivery:
    told = deliveries.read_delivery(unit, number)
    if told is None or told.to is not To.PERSON or told.recipient != who:
        raise RefusedError(NOT_YOURS)
    return told


def _checked(draft: ItemDraft, now: datetime) -> ItemDraft:
    if refusal := rules.refusal(draft, _epoch(now)):
        raise RefusedError(refusal)
    return draft


def _refuse_too_many(unit: Connection, who: int, created_lately: int, now: datetime, but: int | None = None) -> None:
    others = [item for item in items.read_items(unit, [who]).get(who, ()) if item.id != but]
    if refusal := rules.refusal_to_add(others, created_lately, _epoch(now)):
        raise RefusedError(refusal)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
