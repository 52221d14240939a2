"""Dates and times in words, read by one small strict grammar that refuses rather than guesses.

Every function takes what was typed and gives a value, or raises `Refusal` with a sentence that says what to write
instead. Times are wall times without a zone; a date without a year is looked for in the `Window` it must lie in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.content import _calendar, _clock
from bot.content._calendar import Window, worded
from bot.content._recurrence import is_limited, read_recurrence, repeats
from bot.content.model import Span, Weekly
from bot.content.refusal import Refusal

__all__ = [
    "Refusal",
    "Window",
    "is_limited",
    "read_date",
    "read_days",
    "read_due",
    "read_every",
    "read_lead_time",
    "read_length",
    "read_meeting",
    "read_time",
    "split_dates",
    "with_colon",
    "worded",
]

LONGEST_DATE = 12  # words, as in `Sat 5 Dec 2026 from 9 am to 1 pm`
_UNKNOWN = re.compile(
    r"(?:tba|tbd|tbc|t\.b\.[acd]\.?|to be (?:announced|determined|confirmed|decided)|n/?a|none|no|unknown|not yet|soon"
    r"|later|asap|\?+|-+|x+|pending)"
)
_RELATIVE = re.compile(
    r"(?:today|tonight|tomorrow|yesterday|(?:this|next|last|coming) \w+\b(?! of)|in \w+ (?:days?|weeks?))\b"
)
_TO = r"(?:-|to|until|till|through|thru)"
_RANGE = re.compile(
    rf" {_TO} |(?<=[a-z\d])-(?=[a-z])|(?<=[a-z])-(?=\d)"
    r"|(?<=\d{4})-(?=\d{1,2}\s?[a-z])|(?<=\d[./]\d{4})-(?=\d{1,2}[./])"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAYS_FIRST = re.compile(  # `25-29 Nov 2026`
    rf"(\d{{1,2}}){_ORDINAL}\s?{_TO}\s?(\d{{1,2}}){_ORDINAL}\s?([a-z]{{3,}}\.?,?(?: \d{{4}})?)"
)
_MONTH_FIRST = re.compile(  # `Nov 25-29, 2026`
    rf"([a-z]{{3,}}\.?) (\d{{1,2}}){_ORDINAL}\s?{_TO}\s?(\d{{1,2}}){_ORDINAL}(?:,? (\d{{4}}))?"
)
_START_TIME = re.compile(
    r"^(?P<clock>(?:\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\.?)?|noon)(?:\s?(?:-|to)\s?[\d:.]+\s?(?:[ap]\.?m\.?)?|-noon)?),?\s+(?=[a-z]|\d{1,2}\s[a-z]|\d{4}-)"
)


def simplified(text: str) -> str:
    """Bring what was typed into one form: lower case, plain spaces, hyphens and quotes."""
    text = re.sub(r"[\s\u00a0\u202f\u2009]+", " ", text.replace("½", " 1/2")).strip().lower()
    text = re.sub(r"\s?[\u2010-\u2015\u2212]\s?", "-", text)
    return text.replace("\u2019", "'").rstrip(" .;,…!")


def read_date(text: str, window: Window | None = None) -> date:
    """Read one date, such as `Tue 8 Sep 2026`, or `8 Sep` inside the window."""
    plain = _start(text, "a date", "Fri 4 Dec 2026")
    taken = _calendar.take_date(plain, window, text.strip())
    if taken is None:
        raise _not_a(text, "a date", "Fri 4 Dec 2026")
    day, rest = taken
    _refuse_second(rest, text)
    if rest.strip(" ,."):
        raise Refusal(f'"{rest.strip(" ,.")}" after {worded(day)} is not understood: only a date belongs here')
    return day


def read_days(text: str, window: Window | None = None) -> tuple[date, date]:
    """Read one day or a range of days, such as `25 Nov 2026 to 29 Nov 2026`, first and last included."""
    plain = _start(text, "a date or a range of dates", "25 Nov 2026 to 29 Nov 2026")
    plain = re.sub(r"^(?:from|between) ", "", plain)
    if short := _DAYS_FIRST.fullmatch(plain):
        first, last = (read_date(f"{day} {short[3]}", window) for day in (short[1], short[2]))
        return _ordered(first, last, text)
    if short := _MONTH_FIRST.fullmatch(plain):
        first, last = (read_date(f"{short[1]} {day} {short[4] or ''}", window) for day in (short[2], short[3]))
        return _ordered(first, last, text)
    both = _RANGE.split(plain)
    if len(both) == 2 and all(both) and not re.fullmatch(r"\d{1,2}-[a-z]+-\d{4}", plain):
        year = re.search(r"\b\d{4}\b", both[1])
        if year and not re.search(r"\d{4}", both[0]):
            last = read_date(both[1], window)
            first = read_date(f"{both[0]} {year[0]}", window)
        else:
            first, last = read_date(both[0], window), read_date(both[1], window)
        return _ordered(first, last, text)
    day = read_date(text, window)
    return day, day


def read_time(text: str) -> time:
    """Read one time of day, such as `23:59`, `6pm` or `18h30`."""
    return _clock.read_time(_start(text, "a time", "18:00  or  6pm"))


def read_length(text: str) -> int:
    """Read a length of time, such as `90 min`, `1h30` or `1.5 hours`, in minutes."""
    return _clock.read_length(_start(text, "a length of time", "90 min"))


def read_lead_time(text: str) -> int:
    """Read how long before something, such as `1 week` or `2 hours`, in minutes."""
    plain = _start(text, "a length of time", "1 day")
    if re.search(r"(?:weeks?|days?) \d", plain):
        raise Refusal(f'"{text.strip()}" may be one time or two. Put a comma between two, or  and  into one')
    return _clock.read_length(plain)


def read_due(text: str, window: Window | None = None, default_time: time = time(23, 59)) -> Weekly | datetime:
    """Read when something is due: a date with or without a time, or `every Sunday 8pm`."""
    example = "Fri 4 Dec 2026 5pm"
    plain = _start(text, "a date", example)
    if repeats(plain):
        days, interval, rest = read_recurrence(plain, text.strip())
        _refuse_limits(rest, text, "skip:")
        at = _clock.read_time(_clock_part(rest)) if rest else default_time
        return Weekly(weekdays=days, at=at, interval=interval)
    plain, before = re.subn(r"^before ", "", plain)
    plain = _date_first(re.sub(r"^(?:by|on|at|due|until|till|no later than) ", "", plain))
    taken = _calendar.take_date(plain, window, text.strip())
    if taken is None:
        raise _which_one(plain, text, window) or _not_a(text, "a date", example)
    day, rest = taken
    _refuse_second(rest, text)
    rest = _clock_part(rest)
    if before and not rest:
        eve = worded(day - timedelta(days=1))
        raise Refusal(f'"{text.strip()}" may leave out that day, or not. Write the last day:  {eve}  or  {worded(day)}')
    return datetime.combine(day, _clock.read_time(rest) if rest else default_time)


def read_every(text: str, default_minutes: int | None = None) -> Weekly:
    """Read a repeating meeting, such as `Tue and Thu 18:00-19:30` or `other Wednesday, 7pm for 90 min`."""
    plain = _start(text, "a day and time", "Tue and Thu 18:00-19:30")
    if _calendar.match_date(re.sub(r"^on ", "", plain)):
        raise Refusal(f'"{text.strip()}" is one date. For one meeting write it under  on:  instead of  every:')
    days, interval, rest = read_recurrence(plain, text.strip())
    _refuse_limits(rest, text, "cancelled:")
    if not rest:
        raise Refusal(f'"{text.strip()}" has no time. Write it like  {_calendar.WEEKDAYS[days[0]]} 18:00-19:30')
    at, minutes = _clock.read_clock_span(_clock_part(rest), default_minutes)
    return Weekly(weekdays=days, at=at, minutes=minutes, interval=interval)


def read_meeting(text: str, window: Window | None = None, default_minutes: int | None = None) -> Span:
    """Read one meeting, such as `Sat 3 Oct 2026 10:00-14:00`."""
    example = "Sat 3 Oct 2026 10:00-14:00"
    plain = _start(text, "a date and time", example)
    if re.match(r"(?:every|each)\b", plain):
        raise Refusal(f'"{text.strip()}" repeats. For weekly meetings write it under  every:  instead of  on:')
    plain = _date_first(re.sub(r"^(?:on|at) ", "", plain))
    taken = _calendar.take_date(plain, window, text.strip())
    if taken is None:
        raise _which_one(plain, text, window) or _not_a(text, "a date and time", example)
    day, rest = taken
    _refuse_second(rest, text)
    rest = _clock_part(rest)
    if not rest:
        raise Refusal(f'"{text.strip()}" has no time. Write it like  {worded(day)} 10:00-14:00')
    at, minutes = _clock.read_clock_span(rest, default_minutes)
    return Span(starts=datetime.combine(day, at), minutes=minutes)


def with_date(text: str, day: date) -> str | None:
    """Write `text` again with `day` instead of the date at its front; None if none stands there."""
    front, colon, rest = text.partition(": ")  # the reason of a cancelled day, which is not for us to read
    match = _calendar.match_date(front.lower()) if text.isascii() else None
    return f"{worded(day)}{' ' * match[0].endswith(' ')}{front[match.end() :]}{colon}{rest}" if match else None


def with_colon(text: str, reader: Callable[[str], object]) -> str | None:
    """Write `13 Oct 2026 Storm` with the colon it lacks; None if no more than the reader understands stands there."""
    words = re.sub(r"(?<=[\dm]):(?=[A-Za-z])", " ", text).split()
    for count in range(min(len(words), LONGEST_DATE), 0, -1):
        front, rest = " ".join(words[:count]), " ".join(words[count:]).strip("-–—,(). ")
        try:
            reader(front)
        except Refusal:
            continue
        return (
            f"{front.rstrip(',')}: {rest}" if rest[:1].isalpha() and not _calendar.names_a_date(rest.lower()) else None
        )
    return None


def split_dates(text: str) -> list[str]:
    """Split a list of dates at its commas, but not before a year: `Sep 8, 2026, Sep 15, 2026` are two."""
    return [part.strip() for part in re.split(r"[,;](?!\s*\d{4}\b)|\band\b", text) if part.strip()]


def _start(text: str, what: str, example: str) -> str:
    """Simplify, and refuse what is no time at all, `TBA` or `next Friday`, and a time zone beside one."""
    plain = simplified(text)
    if not plain:
        raise Refusal(f"{what} is missing. Write it like  {example}")
    if _UNKNOWN.fullmatch(plain):
        raise Refusal(
            f'"{text.strip()}" is not {what}. Leave the line out until it is known, or write it like  {example}'
        )
    if _RELATIVE.match(plain):
        raise Refusal(f'"{text.strip()}" means another day each time it is read. Write it like  {example}')
    _clock.refuse_zone(plain)
    return plain


def _not_a(text: str, what: str, example: str) -> Refusal:
    return Refusal(f'"{text.strip()}" is not {what}. Write it like  {example}')


def _refuse_second(rest: str, text: str) -> None:
    """Refuse a second date, or the end of a range, where one date belongs."""
    if _calendar.names_a_date(rest):
        raise Refusal(f'"{text.strip()}" names more than one date, and only one belongs here')


def _refuse_limits(rest: str, text: str, field: str) -> None:
    """Refuse a repetition that is said to begin, to end or to fall out on some day, which is said in other fields."""
    if is_limited(rest):
        raise Refusal(
            f'"{text.strip()}" has more in it than weekdays and a time. Write the first and last day below as  from: '
            f" and  until: , and days that fall out as  {field}"
        )
    if _calendar.names_a_weekday(rest):
        raise Refusal(f'"{text.strip()}" is more than one. Write each by itself, like  every Tue 18:00-19:30')


def _clock_part(rest: str) -> str:
    return re.sub(r"^(?:at|from|@|t)\s*(?=\d|noon|mid)", "", rest.strip(" ,.()")).strip()


def _date_first(plain: str) -> str:
    """Turn `5pm on Fri 4 Dec 2026` round, so that the date comes first."""
    if _calendar.match_date(plain):
        return plain
    turned = _START_TIME.match(plain)
    if turned and turned.end() < len(plain):
        return f"{re.sub(r'^on ', '', plain[turned.end() :])} {turned['clock']}"
    return plain


def _which_one(plain: str, text: str, window: Window | None) -> Refusal | None:
    """Refuse a weekday without a date: which of them?"""
    taken = _calendar.take_weekdays(plain)
    if taken is None:
        return None
    if taken[1].strip(" ,.") and not re.match(
        r"at |by |noon|\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m|h|$|-|to )", _clock_part(taken[1])
    ):
        return None
    name = _calendar.FULL_WEEKDAYS[taken[0][0]]
    clock = f" {taken[1].strip(' ,.')}" if taken[1].strip(" ,.") else ""
    day = next_on(window.first if window else date(2026, 12, 1), taken[0][0])
    return Refusal(
        f'"{text.strip()}": which {name}? Write its date, like  {worded(day)}{clock} , or  every {name}{clock}'
    )


def next_on(day: date, weekday: int) -> date:
    """Find the first such weekday on or after `day`."""
    return date.fromordinal(day.toordinal() + (weekday - day.weekday()) % 7)


def _ordered(first: date, last: date, text: str) -> tuple[date, date]:
    if last < first:
        raise Refusal(f'"{text.strip()}" ends before it starts. Write the first day first, and both with their years')
    return first, last
