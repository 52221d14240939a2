"""Judges the hours of sessions and deadlines: before dawn, all day long, or over a clock change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.content.model import Course, Weekly
from bot.content.when import worded
from bot.knowledge.findings import Findings, Path

EARLIEST = time(7)
LONGEST = 6 * 60

EARLY = "{field}: a live session at {at}? If the afternoon or evening is meant, write  {afternoon}"
LONG = "{field}: a session of {length}? If not, see whether am and pm are right"
SKIPPED = "{field}: clocks go forward over {at} on {day}, so there is no such time on that day. Choose another"
DOUBLED = "{field}: clocks go back over {at} on {day}, so that time comes twice, and the first counts. Choose another"


def judge_hour(course: Course, starts: datetime, minutes: int | None, path: Path, findings: Findings) -> None:
    """Judge a single session or, without minutes, a single deadline."""
    if not _judge_clock(starts, course.timezone, path, findings) and minutes is not None:
        _judge_span(starts.time(), minutes, path, findings)


def judge_weekly_hour(course: Course, weekly: Weekly, days: Collection[date], path: Path, findings: Findings) -> None:
    """Judge an hour that is kept on all these days; of several clock changes only the first is told."""
    for day in _clock_changes(course.timezone, course.starts, course.ends):
        if day in days and _judge_clock(datetime.combine(day, weekly.at), course.timezone, path, findings):
            return
    if weekly.minutes is not None:
        _judge_span(weekly.at, weekly.minutes, path, findings)


def _judge_span(at: time, minutes: int, path: Path, findings: Findings) -> None:
    field = findings.field(path)
    if at < EARLIEST:
        afternoon = at.replace(hour=at.hour + 12)
        findings.warning(path, EARLY.format(field=field, at=f"{at:%H:%M}", afternoon=f"{afternoon:%H:%M}"))
    elif minutes > LONGEST:
        hours, rest = divmod(minutes, 60)
        length = f"{hours} hours" + (f" {rest} minutes" if rest else "")
        findings.warning(path, LONG.format(field=field, length=length))


def _judge_clock(wall: datetime, zone: ZoneInfo, path: Path, findings: Findings) -> bool:
    """Tell if a clock change skips or doubles this wall time."""
    before, after = (wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if before == after:
        return False
    sentence = SKIPPED if before < after else DOUBLED
    findings.warning(path, sentence.format(field=findings.field(path), day=worded(wall.date()), at=f"{wall:%H:%M}"))
    return True


@cache
def _clock_changes(zone: ZoneInfo, first: date, last: date) -> tuple[date, ...]:
    """Return the days on which clocks change."""

    def offset(day: date, hour: int) -> timedelta | None:
        return datetime.combine(day, time(hour), tzinfo=zone).utcoffset()

    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(day for day in days if offset(day, 0) != offset(day + timedelta(days=1), 0))
