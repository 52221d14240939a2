"""What a course takes from its term, a term from the file: time zone, session length, deadline time, reminders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo

from bot.content import names, when
from bot.content.record import Record
from bot.content.refusal import Refusal
from bot.content.sheet import Path, Sheet

LONGEST_SESSION = 24 * 60  # minutes
_NO_REMINDERS = {"none", "no", "never", "off"}


@dataclass(frozen=True, kw_only=True)
class Inherited:
    """The values that hold at one level, its own or from above. Spans and lead times in minutes."""

    timezone: ZoneInfo | None = None
    deadline_time: time = time(23, 59)
    session_minutes: int | None = None
    remind_before_deadlines: tuple[int, ...] = ()
    remind_before_sessions: tuple[int, ...] = ()


def inherit(sheet: Sheet, record: Record, above: Inherited, timezone: ZoneInfo | None = None) -> Inherited:
    """Take what a block says itself, and the rest from above."""
    own = above if timezone is None else replace(above, timezone=timezone)
    path = record.path
    at = sheet.understand((*path, "deadline_time"), record.text("deadline_time"), when.read_time)
    minutes = sheet.understand((*path, "session_length"), record.text("session_length"), _session_length)
    own = replace(own, deadline_time=at or own.deadline_time, session_minutes=minutes or own.session_minutes)
    deadlines, sessions = "remind_before_deadlines", "remind_before_sessions"
    if deadlines in record:
        own = replace(own, remind_before_deadlines=lead_times(sheet, (*path, deadlines), record.texts(deadlines)))
    if sessions in record:
        own = replace(own, remind_before_sessions=lead_times(sheet, (*path, sessions), record.texts(sessions)))
    return own


def _session_length(text: str) -> int:
    minutes = when.read_length(text)
    if not 0 < minutes <= LONGEST_SESSION:
        raise Refusal(f'"{text}" is no length for a session. Write it like  90 min')
    return minutes


def lead_times(sheet: Sheet, path: Path, texts: tuple[str, ...]) -> tuple[int, ...]:
    """Read how long before something to remind, in minutes, each once; `none` means not at all."""
    if len(texts) == 1 and texts[0].casefold() in _NO_REMINDERS:
        return ()
    if len(texts) > 1 and all(text.isdigit() for text in texts):
        listed = names.listed(texts, "and")
        sheet.error(path, f"{sheet.label(path)}{listed} lack their units. Write each like  {texts[0]} days")
        return ()
    read = [sheet.understand((*path, index), text, when.read_lead_time) for index, text in enumerate(texts)]
    return tuple(dict.fromkeys(minutes for minutes in read if minutes is not None))
