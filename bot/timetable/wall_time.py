"""Wall-clock times become moments: local dates first, the zone last, so that 18:00 stays 18:00 over a clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def localize(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which a clock in `zone` shows the naive time `wall`.

    A time that a clock change skips moves forward by as much as the clock does; of a time that comes twice, the first.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def later(moment: datetime, minutes: int) -> datetime:
    """Return the moment so many real minutes later, in the same zone."""
    return (instant(moment) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def instant(moment: datetime) -> datetime:
    """Return the moment in UTC; raise ValueError if it carries no zone.

    Two datetimes of one zone compare and subtract by their wall times, which is wrong around a clock change.
    """
    if moment.utcoffset() is None:
        msg = f"{moment!r} carries no zone"
        raise ValueError(msg)
    return moment.astimezone(UTC)
