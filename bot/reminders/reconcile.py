"""Units of work that hold the ledger against the plan: what is wanted comes in, what is not goes out.

Each can be killed anywhere and repeated at any time; there is no cursor to get wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.reminders.items import between
from bot.reminders.plan import plan, plan_channels
from bot.reminders.schedule import Dated, Schedule
from bot.store import Connection
from bot.store.channels import read_channels
from bot.store.deliveries import recipients_planned, reconcile
from bot.store.people import followers, read_people
from bot.store.records import CourseChannel, Delivery, Person, Reminder, To

HORIZON = 36 * 3600
"""How far ahead the ledger is planned, in seconds."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A delivery that is still wanted, with what it is about and whom it is for."""

    reminder: Reminder
    about: Dated
    recipient: Person | CourseChannel


def reconcile_people(connection: Connection, schedule: Schedule, ids: Collection[int], now: int) -> tuple[int, int]:
    """Plan what these people want within the horizon; return how many reminders came and how many went."""
    people = read_people(connection, ids, now)
    wanted = _for_people(schedule, people, now, followers(connection))
    return reconcile(connection, To.PERSON, ids, wanted, now)


def reconcile_channels(connection: Connection, schedule: Schedule, now: int) -> tuple[int, int]:
    """Plan what the courses' channels want within the horizon; return how many reminders came and how many went."""
    channels = read_channels(connection, now)
    wanted = _for_channels(schedule, channels, now)
    recipients = {channel.channel for channel in channels} | set(recipients_planned(connection, To.CHANNEL))
    return reconcile(connection, To.CHANNEL, recipients, wanted, now)


def still_wanted(connection: Connection, schedule: Schedule, delivery: Delivery, now: int) -> Wanted | None:
    """Plan this one delivery anew: None if it is not wanted any more. Its moments may have moved."""
    recipient: Person | CourseChannel
    if delivery.to is To.PERSON:
        people = read_people(connection, [delivery.recipient], now)
        crowd = followers(connection, [delivery.course]) if delivery.course else {}
        texts = _for_people(schedule, people, now, crowd)
        recipients: list[Person] | list[CourseChannel] = people
    else:
        recipients = [
            one for one in read_channels(connection, now, delivery.recipient) if one.course == delivery.course
        ]
        texts = _for_channels(schedule, recipients, now)
    wished = next((text for text in texts if text.rkey == delivery.rkey), None)
    if wished is None:
        return None
    recipient = recipients[0]
    about = _about(schedule, recipient, wished)
    return Wanted(reminder=wished, about=about, recipient=recipient) if about else None


def find(schedule: Schedule, recipient: Person | CourseChannel, key: str, starts_at: int) -> Dated | None:
    """Find what a reminder is about, in the files or among the person's own."""
    found = schedule.find(key)
    if found is None and isinstance(recipient, Person):
        own = (dated for item in recipient.items for dated in between(item, starts_at, starts_at + 1))
        return next((dated for dated in own if dated.key == key), None)
    return found


def _for_people(schedule: Schedule, people: Collection[Person], now: int, crowd: Mapping[str, int]) -> list[Reminder]:
    """All texts, of every kind, that these people should get within the horizon."""
    return plan(schedule, people, now, now + HORIZON, crowd)


def _for_channels(schedule: Schedule, channels: Collection[CourseChannel], now: int) -> list[Reminder]:
    """All texts, of every kind, that these channels should get within the horizon."""
    return plan_channels(schedule, channels, now, now + HORIZON)


def _about(schedule: Schedule, recipient: Person | CourseChannel, text: Reminder) -> Dated | None:
    """Find what a text is about, by its kind."""
    return find(schedule, recipient, text.occurrence, text.starts_at)
