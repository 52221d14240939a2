"""When the bot was at work, so that an outage is known by the gap."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.store.records import Outage, State, TextKind
from bot.store.tables import delivery, uptime

_MISSED = select(func.count()).where(
    delivery.c.starts_at == bindparam("ended"),
    delivery.c.kind == TextKind.MISSED,
    delivery.c.state != State.DROPPED,
)
_LAST = select(uptime).order_by(uptime.c.began.desc()).limit(2)


def beat(connection: Connection, now: int, longest_pause: int) -> None:
    """Note that the bot is at work. A pause of more than so many seconds since the last time is an outage."""
    last = connection.execute(_LAST).first()
    if last is None or now - last.ended > longest_pause:
        connection.execute(insert(uptime).values(began=now, ended=now))
        if last is not None:
            connection.execute(delete(uptime).where(uptime.c.began < last.began))
    elif now > last.ended:  # otherwise the clock was set back
        connection.execute(update(uptime).where(uptime.c.began == last.began).values(ended=now))


def last_outage(connection: Connection) -> Outage | None:
    """Return the last time that the bot was not at work, if there was one."""
    rows = connection.execute(_LAST).all()
    if len(rows) < 2:
        return None
    ended = rows[0].began
    return Outage(began=rows[1].ended, ended=ended, missed_by=connection.scalar(_MISSED, {"ended": ended}) or 0)
