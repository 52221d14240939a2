"""What is stored of a person: all of it, and none of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, and_, delete, select, tuple_

from bot.store.items import purge_items
from bot.store.partners import purge_partners
from bot.store.questions import purge_questions
from bot.store.records import To
from bot.store.tables import (
    delivery,
    done,
    open_question,
    partner,
    person,
    personal_item,
    scheduled_event,
    snooze,
    subscription,
)

_OF_PERSON: tuple[Column[Any], ...] = (
    subscription.c.person,
    personal_item.c.person,
    snooze.c.person,
    done.c.person,
    open_question.c.person,
    partner.c.person,
    person.c.id,  # last: the others point to it
)


def export(connection: Connection, who: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is about a person, by table, also the tables that hold none."""
    wheres = {column.table: column == who for column in _OF_PERSON} | {delivery: _told(who)}
    return {
        table.name: [dict(row) for row in connection.execute(select(table).where(where)).mappings()]
        for table, where in wheres.items()
    }


def forget(connection: Connection, who: int) -> None:
    """Delete every row that is about a person."""
    connection.execute(delete(delivery).where(_told(who)))
    for column in _OF_PERSON:
        connection.execute(delete(column.table).where(column == who))


def purge(connection: Connection, now: int, kept_for: int, limit: int) -> int:
    """Delete what is remembered of things that started `kept_for` seconds ago or more.

    Questions, people's own items and study partners have spans of their own. Return how many rows it was, of which at
    most `limit` in each table that grows fast.
    """
    before = now - kept_for
    count = purge_questions(connection, now, limit) + purge_items(connection, now, limit)
    count += purge_partners(connection, now)
    of_the_past = (snooze, done, scheduled_event)
    for table, key in ((delivery, (delivery.c.id,)), *((table, tuple(table.primary_key)) for table in of_the_past)):
        old = select(*key).where(table.c.starts_at < before).limit(limit)
        count += connection.execute(delete(table).where(tuple_(*key).in_(old))).rowcount
    return count


def _told(who: int) -> Any:
    return and_(delivery.c.to == To.PERSON, delivery.c.recipient == who)
