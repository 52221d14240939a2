"""A small school whose dates can be moved while the bot runs: one deadline and one live session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content.model import Course, Deadline, Format, LiveSession, Span, Term
from bot.reminders.schedule import Schedule
from bot.timetable.occurrences import Timetable

NEW_YORK = ZoneInfo("America/New_York")
STARTS, ENDS = date(2026, 9, 8), date(2026, 12, 18)
OFFSETS: Mapping[str, tuple[int, ...]] = {"ESSAY": (1440, 120), "LIVE": (1440, 15)}
"""The file's offsets of each course, in minutes."""
KEYS = {"ESSAY": "ESSAY/essay", "LIVE": "LIVE/session"}
TAILS = {"ESSAY": 0, "LIVE": 600}
LASTS = {"ESSAY": 0, "LIVE": 90 * 60}


@dataclass(frozen=True, kw_only=True)
class School:
    """Where the deadline and the session stand: wall times in New York."""

    essay: datetime = datetime(2026, 10, 7, 17, 0)  # noqa: DTZ001 - a wall time
    live: datetime = datetime(2026, 10, 8, 7, 0)  # noqa: DTZ001 - a wall time, early enough for quiet hours
    live_cancelled: bool = False

    def moved(self, course: str, by: timedelta) -> School:
        if course == "ESSAY":
            return replace(self, essay=self.essay + by)
        return replace(self, live=self.live + by)

    def starts_at(self, course: str) -> int:
        wall = self.essay if course == "ESSAY" else self.live
        return int(wall.replace(tzinfo=NEW_YORK).timestamp())

    def schedule(self) -> Schedule:
        essay = Deadline(name="Essay", due=self.essay, remind_before=OFFSETS["ESSAY"])
        session = LiveSession(
            when=Span(starts=self.live, minutes=LASTS["LIVE"] // 60),
            cancelled={self.live.date(): None} if self.live_cancelled else {},
        )
        courses = [_course("ESSAY", deadlines=(essay,)), _course("LIVE", live_sessions=(session,))]
        return Schedule.of(courses, Timetable.of(courses), NEW_YORK)


def instant(text: str) -> datetime:
    """`instant("2026-10-06 09:00")` in New York."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def _course(code: str, *, deadlines: tuple[Deadline, ...] = (), live_sessions: tuple[LiveSession, ...] = ()) -> Course:
    return Course(
        code=code,
        title=code.title(),
        format=Format.SYNCHRONOUS if live_sessions else Format.ASYNCHRONOUS,
        term=Term(name="Fall 2026", starts=STARTS, ends=ENDS),
        starts=STARTS,
        ends=ENDS,
        timezone=NEW_YORK,
        deadlines=deadlines,
        live_sessions=live_sessions,
        remind_before_sessions=OFFSETS[code] if live_sessions else (),
    )
