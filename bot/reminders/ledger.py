"""The sender's units of work: each is one transaction that decides from what the database says at that moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.reminders.post import ChannelClosed, Letter, PersonClosed, Refused, Sent, TryAgain, nonce
from bot.reminders.reconcile import Wanted, still_wanted
from bot.reminders.schedule import Schedule
from bot.reminders.words import worded
from bot.store import Connection, deliveries, people
from bot.store.channels import channel_closed
from bot.store.records import Delivery, Person, To


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A claimed delivery that may be sent now. Without a `channel`, the direct messages must be opened first."""

    delivery: Delivery
    letter: Letter
    channel: int | None


def claim(
    connection: Connection, owner: str, limit: int, lease: int, wait_to_open: int, now: int
) -> tuple[list[Delivery], int]:
    """Claim the most urgent deliveries; return them, and how many more have to wait.

    While no direct messages may be opened, those that need it make room for the others; one waits for its turn.
    """
    deliveries.sweep(connection, now)
    claimed = deliveries.claim(connection, owner, limit, lease, now)
    unopened = people.without_channel(connection, {one.recipient for one in claimed if one.to is To.PERSON})
    ready: list[Delivery] = []
    waiting = 0
    for one in claimed:
        if one.to is To.PERSON and one.recipient in unopened and (wait_to_open or waiting):
            waiting += 1
            deliveries.give_back(connection, one.id, owner, min(lease, max(1, wait_to_open) * waiting), now)
        else:
            ready.append(one)
    return ready, waiting


def check(
    connection: Connection,
    schedule: Schedule,
    number: int,
    owner: str,
    lease: int,
    clock: Callable[[], int],
    escape: Callable[[str], str],
) -> Ready | None:
    """See that a claim still holds and that its reminder is wanted now; None settles it otherwise.

    Whoever opted out, or whatever was moved or called off, before this moment is heard. The clock is read here, as the
    work may have waited for its turn.
    """
    now = clock()
    held = deliveries.hold(connection, number, owner, lease, now)
    if held is None:
        return None
    wanted = still_wanted(connection, schedule, held, now)
    if wanted is None:
        settle = deliveries.expired if now >= held.expires_at else deliveries.unwanted
        settle(connection, number, owner)
        return None
    if wanted.reminder.fire_at > now:
        deliveries.put_back(connection, number, owner, wanted.reminder.fire_at)
        return None
    return _ready(schedule, held, wanted, now, escape)


def record(
    connection: Connection,
    delivery: Delivery,
    owner: str,
    result: Sent | PersonClosed | ChannelClosed | Refused | TryAgain,
    wait: int,
    now: int,
) -> None:
    """Write down what became of a try. Without the claim nothing is written: whoever holds it now will."""
    match result:
        case Sent(message):
            deliveries.sent(connection, delivery.id, owner, message, now)
        case TryAgain():
            deliveries.try_again(connection, delivery.id, owner, wait, now)
        case PersonClosed():
            if deliveries.failed(connection, delivery.id, owner):
                people.dm_closed(connection, delivery.recipient, now)
        case ChannelClosed() if delivery.to is To.PERSON:
            if deliveries.try_again(connection, delivery.id, owner, wait, now):
                people.dm_lost(connection, delivery.recipient)
        case ChannelClosed():
            if deliveries.failed(connection, delivery.id, owner):
                channel_closed(connection, delivery.recipient, now)
        case Refused():
            deliveries.failed(connection, delivery.id, owner)


def _ready(schedule: Schedule, held: Delivery, wanted: Wanted, now: int, escape: Callable[[str], str]) -> Ready:
    recipient = wanted.recipient
    text = worded(wanted.about, schedule, fire_at=wanted.reminder.fire_at, now=now, escape=escape)
    person = recipient if isinstance(recipient, Person) else None
    channel = person.dm_channel if person else held.recipient
    letter = Letter(
        delivery=held.id,
        to=held.to,
        recipient=held.recipient,
        channel=channel or 0,
        text=text,
        nonce=nonce(held.rkey, held.kind),
        silent=person is not None and _quiet(person, schedule, now),
        role=None if isinstance(recipient, Person) else recipient.role,
        course=held.course,
        occurrence=held.occurrence,
        kind=held.kind,
    )
    return Ready(delivery=held, letter=letter, channel=channel)


def _quiet(person: Person, schedule: Schedule, now: int) -> bool:
    if person.quiet is None:
        return False
    return person.quiet.cover(datetime.fromtimestamp(now, person.zone or schedule.zone).time())
