"""The scheduled events that the bot made in servers, and what became of them."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import Connection, and_, delete, select

from bot.store.records import EventState, EventText, ScheduledEvent
from bot.store.tables import scheduled_event


def read_events(connection: Connection, guild: int) -> dict[str, ScheduledEvent]:
    """Read all of a server, by occurrence."""
    rows = connection.execute(select(scheduled_event).where(scheduled_event.c.guild == guild))
    return {
        row.occurrence: ScheduledEvent(
            guild=row.guild,
            occurrence=row.occurrence,
            event=row.event,
            state=EventState(row.state),
            written=EventText(**json.loads(row.written)),
        )
        for row in rows
    }


def write_event(connection: Connection, event: ScheduledEvent) -> None:
    """Remember an event in place of what was known of this occurrence in this server."""
    of_it = and_(scheduled_event.c.guild == event.guild, scheduled_event.c.occurrence == event.occurrence)
    connection.execute(delete(scheduled_event).where(of_it))
    row = {
        "guild": event.guild,
        "occurrence": event.occurrence,
        "event": event.event,
        "starts_at": event.written.starts_at,
        "state": event.state,
        "written": json.dumps(asdict(event.written)),
    }
    connection.execute(scheduled_event.insert().values(row))
