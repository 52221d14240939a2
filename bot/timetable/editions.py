"""What calendars that imported a file need to know, so that the next one updates them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.timetable.occurrences import Occurrence


@dataclass(frozen=True, kw_only=True)
class Edition:
    """By what name calendars know an occurrence, and how often it has changed since it was first published."""

    uid: str
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Editions:
    """`by_key`: of each occurrence. `gone`: what is no longer on the schedule, as cancelled, for calendars to drop."""

    by_key: Mapping[str, Edition] = field(default_factory=dict)
    gone: tuple[Occurrence, ...] = ()

    def of(self, key: str) -> Edition:
        """Return the edition of an occurrence; one that was never published before is known by its key."""
        return self.by_key.get(key) or Edition(uid=key, sequence=0)
