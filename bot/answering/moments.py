"""Moments in answers: Discord timestamps, which each reader sees in their own zone, and words for other places."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

_TIMESTAMP = re.compile(r"<t:(-?\d{1,12})(?::([tTdDfFsSR]))?>")
_STEPS = (
    (timedelta(days=365), "year"),
    (timedelta(days=30), "month"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def stamp(moment: datetime, style: str = "F") -> str:
    """Write an aware moment as a Discord timestamp; styles as in Discord's message reference (t T d D f F R)."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def day_in_words(day: date) -> str:
    """Write a date that has no time of day, which no zone may shift: `Tue 8 Sep 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def spell_out(text: str, zone: tzinfo, now: datetime) -> str:
    """Replace the Discord timestamps in a text by words in this zone, for a reader outside Discord."""

    def words(found: re.Match[str]) -> str:
        moment = datetime.fromtimestamp(int(found[1]), UTC).astimezone(zone)
        match found[2] or "f":
            case "R":
                return _relative(moment - now)
            case "t" | "T":
                return f"{moment:%H:%M %Z}"
            case "d" | "D":
                return day_in_words(moment.date())
            case _:
                return f"{day_in_words(moment.date())}, {moment:%H:%M %Z}"

    return _TIMESTAMP.sub(words, text)


def _relative(distance: timedelta) -> str:
    size = abs(distance)
    for step, name in _STEPS:
        if size >= step:
            count = size // step
            amount = f"{count} {name}" if count == 1 else f"{count} {name}s"
            break
    else:
        return "now"
    return f"in {amount}" if distance > timedelta() else f"{amount} ago"
