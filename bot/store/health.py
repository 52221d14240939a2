"""How the ledger of reminders is doing, in numbers: nobody's name, and nothing of anybody's own deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, literal_column, or_, select

from bot.store.records import State, TextKind, To
from bot.store.tables import delivery

OVERDUE = 120
"""Seconds after its moment from which a reminder that is not sent is overdue."""
LATELY = 7 * 86400
"""For so many seconds staff are told of what was not delivered."""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The reminders of one occurrence that are planned for one moment: to so many people, and in so many channels."""

    fire_at: int
    occurrence: str
    people: int
    channels: int


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """What of a course Discord refused for good, or what could not be sent in time. None: a person's own deadlines."""

    course: str | None
    refused: int
    too_late: int


@dataclass(frozen=True, kw_only=True)
class Health:
    """`overdue_since`: the moment of the oldest that should have been sent by now; None if there is none."""

    coming: tuple[Coming, ...] = ()
    overdue: int = 0
    overdue_since: int | None = None
    undelivered: tuple[Undelivered, ...] = ()


# Written out, as neither engine uses a partial index for a condition whose value comes as a parameter.
_IS_PLANNED = delivery.c.state == literal_column("'planned'")
_IS_OPEN = delivery.c.state.in_([literal_column("'planned'"), literal_column("'sending'")])


def read_health(connection: Connection, own: str, now: int, limit: int = 5) -> Health:
    """Read what comes next and what went wrong. Keys that begin with `own` are a person's own, and are not told."""
    overdue, since = connection.execute(
        select(func.count(), func.min(delivery.c.fire_at)).where(
            _IS_OPEN, delivery.c.fire_at <= now - OVERDUE, delivery.c.expires_at > now
        )
    ).one()
    return Health(
        coming=tuple(_coming(connection, own, now, limit)),
        overdue=overdue,
        overdue_since=since,
        undelivered=tuple(_undelivered(connection, now)),
    )


def _coming(connection: Connection, own: str, now: int, limit: int) -> list[Coming]:
    rows = (
        select(delivery.c.fire_at, delivery.c.occurrence, _count_to(To.PERSON), _count_to(To.CHANNEL))
        .where(
            delivery.c.kind == TextKind.REMINDER,
            _IS_PLANNED,
            delivery.c.fire_at > now,
            ~delivery.c.occurrence.startswith(own),
        )
        .group_by(delivery.c.fire_at, delivery.c.occurrence)
        .order_by(delivery.c.fire_at, delivery.c.occurrence)
        .limit(limit)
    )
    return [
        Coming(fire_at=fire_at, occurrence=occurrence, people=people, channels=channels)
        for fire_at, occurrence, people, channels in connection.execute(rows)
    ]


def _undelivered(connection: Connection, now: int) -> list[Undelivered]:
    refused = func.sum(case((delivery.c.state == State.FAILED, 1), else_=0))
    rows = (
        select(delivery.c.course, refused, func.count() - refused)
        .where(
            or_(delivery.c.state == State.FAILED, delivery.c.state == State.EXPIRED),
            delivery.c.fire_at > now - LATELY,
            delivery.c.starts_at > now - 2 * LATELY,
        )
        .group_by(delivery.c.course)
        .order_by(delivery.c.course)
    )
    return [
        Undelivered(course=course, refused=refused, too_late=too_late)
        for course, refused, too_late in connection.execute(rows)
    ]


def _count_to(to: To) -> Any:
    return func.sum(case((delivery.c.to == to, 1), else_=0))
