"""Units of work that hold the ledger against the plan: what is wanted comes in, what is not goes out.

Each can be killed anywhere and repeated at any time; there is no cursor to get wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.reminders import moves, outages
from bot.reminders.digests import Week, find_week, plan_digests
from bot.reminders.items import find
from bot.reminders.notices import LIFE, Notice, find_notice, plan_channel_notices, plan_notices
from bot.reminders.outages import Missed, find_missed, plan_missed
from bot.reminders.plan import plan, plan_channels
from bot.reminders.schedule import Dated, Schedule
from bot.store import Connection
from bot.store.channels import read_channels
from bot.store.deliveries import recipients_planned, reconcile
from bot.store.occurrences import (
    count_people,
    read_changing,
    read_occurrences,
    read_these,
    read_told_since,
    rename,
    write_occurrences,
)
from bot.store.people import followers, note_runs, read_people
from bot.store.records import (
    CourseChannel,
    Decision,
    Delivery,
    KnownOccurrence,
    Person,
    Reminder,
    Standing,
    TextKind,
    To,
)
from bot.store.uptime import last_outage
from bot.timetable.editions import Edition, Editions
from bot.timetable.occurrences import Occurrence, Status

OFF_THE_SCHEDULE = "no longer on the schedule"
HORIZON = 36 * 3600
"""How far ahead the ledger is planned, in seconds."""

About = Dated | Notice | Missed | Week
"""What a text is about, by its kind."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A delivery that is still wanted, with what it is about and whom it is for."""

    reminder: Reminder
    about: About
    recipient: Person | CourseChannel


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """What came of holding the schedule against what the world was told.

    `known` is what it was told, by key, and `settles_at` when more is to be told, if nothing else changes.
    """

    known: Mapping[str, KnownOccurrence]
    settles_at: int | None

    @property
    def held(self) -> frozenset[str]:
        """The keys of what is being changed, and waits for staff."""
        return frozenset(key for key, row in self.known.items() if row.next and row.decision is Decision.HELD)

    def editions(self, schedule: Schedule) -> Editions:
        """Return what calendars need to know of all of them; `schedule` gives the zones."""
        return Editions(
            by_key={key: Edition(uid=row.uid, sequence=row.sequence) for key, row in self.known.items()},
            gone=tuple(
                _gone(row, schedule)
                for row in self.known.values()
                if row.told.standing is Standing.GONE and row.sequence > 0 and row.next is None
            ),
        )


def take_up(connection: Connection, schedule: Schedule, now: int) -> TakenUp:
    """Note what the files say differently now, hold what would reach too many, and take over what has settled.

    What is taken over counts as told, and the notices of it are wanted from then on. They are for those who take a
    course now: who followed it when it ran before is forgotten first.
    """
    note_runs(connection, schedule.runs(), now)
    before = read_occurrences(connection)
    count = partial(count_people, connection, now=now)
    noted, renamed = moves.compare(before, schedule, now)
    after = moves.settle(moves.brake(noted, count, now), now)
    write_occurrences(connection, before, after)
    for old, new in renamed.items():
        rename(connection, old, new)
    left = {moves.item(key) for key in after}
    for old, new in {(moves.item(old), moves.item(new)) for old, new in renamed.items()}:
        if old not in left:  # notices go by the item
            rename(connection, old, new)
    return TakenUp(known=after, settles_at=moves.settles_at(after))


def reconcile_people(connection: Connection, schedule: Schedule, ids: Collection[int], now: int) -> tuple[int, int]:
    """Plan what these people want within the horizon; return how many texts came and how many went."""
    people = read_people(connection, ids, now)
    wanted = _for_people(connection, schedule, people, now, followers(connection))
    return reconcile(connection, To.PERSON, ids, wanted, now)


def reconcile_channels(connection: Connection, schedule: Schedule, now: int) -> tuple[int, int]:
    """Plan what the courses' channels want within the horizon; return how many texts came and how many went."""
    channels = read_channels(connection, now)
    wanted = _for_channels(connection, schedule, channels, now)
    recipients = {channel.channel for channel in channels} | set(recipients_planned(connection, To.CHANNEL))
    return reconcile(connection, To.CHANNEL, recipients, wanted, now)


def still_wanted(connection: Connection, schedule: Schedule, delivery: Delivery, now: int) -> Wanted | None:
    """Plan this one delivery anew: None if it is not wanted any more. Its moments may have moved."""
    recipient: Person | CourseChannel
    if delivery.to is To.PERSON:
        people = read_people(connection, [delivery.recipient], now)
        crowd = followers(connection, [delivery.course]) if delivery.course else {}
        texts = _for_people(connection, schedule, people, now, crowd, [delivery.kind])
        recipients: list[Person] | list[CourseChannel] = people
    else:
        recipients = [
            one for one in read_channels(connection, now, delivery.recipient) if one.course == delivery.course
        ]
        texts = _for_channels(connection, schedule, recipients, now, [delivery.kind])
    wished = next((text for text in texts if text.rkey == delivery.rkey), None)
    if wished is None:
        return None
    recipient = recipients[0]
    about = _about(connection, schedule, recipient, wished, now)
    return Wanted(reminder=wished, about=about, recipient=recipient) if about else None


def _for_people(
    connection: Connection,
    schedule: Schedule,
    people: Collection[Person],
    now: int,
    crowd: Mapping[str, int],
    kinds: Collection[TextKind] = tuple(TextKind),
) -> list[Reminder]:
    """All texts of these kinds that these people should get within the horizon."""
    texts: list[Reminder] = []
    if TextKind.REMINDER in kinds:
        texts += _settled(connection, schedule, plan(schedule, people, now, now + HORIZON, crowd))
    if TextKind.NOTICE in kinds:
        texts += plan_notices(read_told_since(connection, now - LIFE), people, now)
    if TextKind.MISSED in kinds:
        outage = last_outage(connection)
        if outage and now < outage.ended + outages.LIFE:
            texts += plan_missed(schedule, people, outage, read_changing(connection))
    if TextKind.DIGEST in kinds:
        texts += plan_digests(schedule, people, now, now + HORIZON)
    return texts


def _for_channels(
    connection: Connection,
    schedule: Schedule,
    channels: Collection[CourseChannel],
    now: int,
    kinds: Collection[TextKind] = tuple(TextKind),
) -> list[Reminder]:
    """All texts of these kinds that these channels should get within the horizon."""
    texts: list[Reminder] = []
    if TextKind.REMINDER in kinds:
        texts += _settled(connection, schedule, plan_channels(schedule, channels, now, now + HORIZON))
    if TextKind.NOTICE in kinds:
        texts += plan_channel_notices(read_told_since(connection, now - LIFE), channels, now)
    return texts


def _settled(connection: Connection, schedule: Schedule, reminders: Iterable[Reminder]) -> list[Reminder]:
    """Leave out reminders of what is just being changed: the old time is wrong, and the new one may be a slip."""
    found = list(reminders)
    open_ones = _changing(connection, schedule, {reminder.occurrence for reminder in found})
    return [reminder for reminder in found if reminder.occurrence not in open_ones]


def _changing(connection: Connection, schedule: Schedule, keys: Collection[str]) -> set[str]:
    """Which of these the files say differently from what the world was told."""
    known = read_these(connection, keys)
    return {key for key, row in known.items() if moves.differs(row, schedule.find(key))}


def _gone(row: KnownOccurrence, schedule: Schedule) -> Occurrence:
    course = schedule.courses.get(row.course)
    at = datetime.fromtimestamp(row.told.starts_at, course.timezone if course else schedule.zone)
    return Occurrence(
        key=row.key,
        course=row.course,
        kind=row.kind,
        title=row.title,
        starts=at,
        ends=None,
        status=Status.CANCELLED,
        planned=at,
        reason=OFF_THE_SCHEDULE,
    )


def _about(
    connection: Connection, schedule: Schedule, recipient: Person | CourseChannel, text: Reminder, now: int
) -> About | None:
    """Find what a text is about, by its kind."""
    match text.kind:
        case TextKind.NOTICE:
            return find_notice(read_told_since(connection, now - LIFE), recipient, text)
        case TextKind.MISSED:
            outage = last_outage(connection)
            if outage is None or not isinstance(recipient, Person):
                return None
            return find_missed(schedule, recipient, outage, read_changing(connection))
        case TextKind.DIGEST:
            return _week(connection, schedule, recipient, text) if isinstance(recipient, Person) else None
        case _:
            return find(schedule, recipient, text.occurrence, text.starts_at)


def _week(connection: Connection, schedule: Schedule, person: Person, text: Reminder) -> Week | None:
    """Find what a planned weekly overview tells; what is just being changed is named without its time."""
    week = find_week(schedule, person, text.fire_at)
    changing = _changing(connection, schedule, [dated.key for dated in week.dated]) if week else ()
    return find_week(schedule, person, text.fire_at, changing)
