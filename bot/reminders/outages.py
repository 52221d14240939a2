"""What passed while the bot was not at work, told to each person afterwards in one message."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.reminders.items import find
from bot.reminders.plan import plan
from bot.reminders.schedule import Dated, Schedule
from bot.store.records import Outage, Person, Reminder, TextKind, To

LONGEST_PAUSE = 15 * 60
"""A shorter pause is not worth a word, as reminders still come in time or a little late."""
LIFE = 86400
"""For so many seconds after an outage it is worth telling what was missed."""
MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What one person was not reminded of because of an outage, by start."""

    outage: Outage
    dated: tuple[Dated, ...]


def plan_missed(
    schedule: Schedule, people: Iterable[Person], outage: Outage, changing: Collection[str]
) -> list[Reminder]:
    """Return one text for each of these people who missed something in this outage."""
    return [
        Reminder(
            kind=TextKind.MISSED,
            to=To.PERSON,
            recipient=person.id,
            course=None,
            occurrence=MISSED,
            starts_at=outage.ended,
            rule=MISSED,
            fire_at=outage.ended,
            expires_at=outage.ended + LIFE,
        )
        for person in people
        if find_missed(schedule, person, outage, changing)
    ]


def find_missed(schedule: Schedule, person: Person, outage: Outage, changing: Collection[str]) -> Missed | None:
    """Find what had a reminder that passed wholly inside the outage, and was over with it, too.

    `changing` are the keys of what the files say differently from what the world was told.
    """
    missed: dict[str, Dated] = {}
    for reminder in plan(schedule, [person], outage.began, outage.ended, {}):
        dated = find(schedule, person, reminder.occurrence, reminder.starts_at)
        told = person.told.get((reminder.occurrence, reminder.rule), ())
        inside = outage.began < reminder.fire_at and reminder.expires_at <= outage.ended
        over = dated is not None and dated.key not in changing and dated.last <= outage.ended
        if dated and over and inside and reminder.starts_at not in told:
            missed[dated.key] = dated
    by_start = sorted(missed.values(), key=lambda dated: (dated.starts_at, dated.key))
    return Missed(outage=outage, dated=tuple(by_start)) if by_start else None
