"""Short ways to write a course in a test. The dates fall into the autumn of 2026, when 8 September is a Tuesday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.content.model import Break, Course, Deadline, Format, LiveSession, Span, Term, Weekly
from bot.content.zones import zone as find_zone

NEW_YORK = find_zone("America/New_York")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def on(text: str) -> date:
    """`on("8 Sep")` is in 2026."""
    return datetime.strptime(f"{text} 2026", "%d %b %Y").date()  # noqa: DTZ007 - a plain date has no zone


def at(text: str) -> datetime:
    """`at("8 Sep 18:00")` is a wall time in 2026."""
    return datetime.strptime(f"2026 {text}", "%Y %d %b %H:%M")  # noqa: DTZ007 - a wall time has no zone yet


def every(*weekdays: int, clock: str = "18:00", interval: int = 1, minutes: int | None = None) -> Weekly:
    return Weekly(weekdays=weekdays, at=time.fromisoformat(clock), interval=interval, minutes=minutes)


def span(text: str, minutes: int = 90) -> Span:
    return Span(starts=at(text), minutes=minutes)


def course(
    *items: LiveSession | Deadline,
    code: str = "PM-101",
    zone: ZoneInfo = NEW_YORK,
    dates: tuple[date, date] = (on("8 Sep"), on("9 Oct")),
    breaks: Iterable[tuple[date, date]] = (),
    remind: tuple[int, ...] = (),
) -> Course:
    starts, ends = dates
    no_class = tuple(Break(first=first, last=last) for first, last in breaks)
    return Course(
        code=code,
        title="Project Management",
        format=Format.HYBRID,
        term=Term(name="Fall 2026", starts=starts, ends=ends, no_class=no_class),
        starts=starts,
        ends=ends,
        timezone=zone,
        live_sessions=tuple(item for item in items if isinstance(item, LiveSession)),
        deadlines=tuple(item for item in items if isinstance(item, Deadline)),
        remind_before_sessions=remind,
    )
