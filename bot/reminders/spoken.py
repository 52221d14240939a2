"""Reads when students want something: "fri 5pm", "in 3 days", "every sunday 19:00", "tomorrow noon", "daily 7am".

What depends on today is turned into a date here; dates, times and lengths are read by `bot.content.when`. What could
mean two moments is refused with both of them, and the reading is to be shown for confirmation.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.content.model import Span, Weekly
from bot.content.when import (
    Refusal,
    Window,
    is_limited,
    next_on,
    read_due,
    read_every,
    read_length,
    read_time,
    simplified,
    worded,
)

END_OF_DAY = time(23, 59)
LONGEST = 366 * 24 * 60
"""No length of more minutes is counted: write the date."""
LONGEST_SLOT = 24 * 60

_DAY = r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_CLOCK = r"(?:\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\.?)?(?!\w)|noon|midday|midnight)"
_POLITE = re.compile(r"^(?:please\s+)?(?:remind me\s+)?(?:(?:on|by|due|at|until|before|for|from|starting)\s+)*")
_TOMORROW = re.compile(r"\b(?:tmrw?|tmw|tomm?orr?ow'?s?)\b")
_OVERMORROW = re.compile(r"^(?:the )?day after tomorrow\b")
_FROM_NOW = re.compile(r"^(?:in\s+)?(?P<length>.+?)\s+from (?P<what>now|today)\b")
_IN = re.compile(
    r"^in\s+(?P<length>.+?)"
    r"(?:\s+(?:at\s+(?P<at>.+)|(?P<clock>\d{1,2}[:.]\d\d(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|noon)))?$"
)
_LONG = re.compile(r"\b(?:months?|years?|terms?|semesters?|quarters?|fortnights?)\b")
_WEEKDAY = re.compile(rf"^(?:(?P<which>this|next|coming|the coming)\s+)?(?P<day>{_DAY})\b\.?,?\s*(?P<rest>.*)$")
_ONE_DAY = re.compile(r"^(?P<day>today|tonight|tomorrow)\b,?\s*(?P<rest>.*)$")
_CLOCK_FIRST = re.compile(
    r"^(?:at\s+)?(?P<clock>\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|noon|midday|midnight)\s*,?"
    r"\s+(?:on\s+)?(?P<rest>(?:this |next |coming |the )?[a-z].*)$"
)
_HALVES = r"(?P<half>morning|afternoon|evening|night)"
_HALF = re.compile(rf"\b(?P<clock>\d{{1,2}}(?:[:.]\d\d)?)(?:\s?o'?clock)?\s+(?:in the |at ){_HALVES}\b")
_HALF_FIRST = re.compile(rf"\b{_HALVES},?\s+(?:at\s+)?(?P<clock>\d{{1,2}}(?:[:.]\d\d)?)(?![:.\d]|\s?[ap]\.?m)")
_REPEATED = re.compile(
    r"^(?:every ?day|every|each|daily|weekly|weekdays?|weekends?|fortnightly"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
    rf"|\b(?:every|each)\s+(?:day|week|other|{_DAY})\b|\b(?:daily|weekly)$"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE_FOLLOWS = re.compile(
    rf"(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?[\s-]*(?:of\s)?{_MONTH}|{_MONTH}|\d{{4}}-|\d+[/.]\d+[/.]\d"
)
_SEVERAL = re.compile(rf"^(?:{_DAY})\b\s*(?:,|and|&|\+|/|-|to)\s*(?:and\s+)?(?:{_DAY})\b")
_DAILY = re.compile(r"^(?:(?P<before>.+?)\s+)?(?:daily|every ?day|each day)(?:\s+(?P<after>.+))?$")
_MARKED = r"(?:\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|noon|midday|midnight)"
_FROM_TO = re.compile(
    rf"(?<![\w/.-])(?:from\s+)?(?P<span>(?P<between>between\s+)?{_MARKED}\s?(?(between)and|(?:-|to|until|till))\s?{_CLOCK}"
    rf"|\d{{1,2}}\s?-\s?{_MARKED})(?![\w/-])"
)
_FOR = re.compile(r"^(?P<start>.+?),?\s+for\s+(?P<length>.+)$")
_VAGUE = re.compile(
    r"\b(?:next week|this week|next month|this month|weekend|end of|eod|eow|soon|later|asap|sometime|some day"
    r"|before class|after (?:class|work|lunch|school|dinner)|before (?:work|lunch|dinner|bed)"
    r"|bedtime|lunch ?time|dinner ?time)\b"
)
_ZONE = re.compile(
    r"\b(?:[ecmp][sd]?t|utc|gmt|bst|ces?t|ist|eastern|central|mountain|pacific|[a-z]+ time)\b(?:\s*[+-]\s*\d+)?"
)

HOW = "Write it like  Fri 5pm ,  in 3 days ,  8 Dec 17:00  or  every Sunday 19:00"
EMPTY = f"A time is missing. {HOW}"
NOT_READ = '"{typed}" is not understood. ' + HOW
VAGUE = '"{typed}" could be many moments. ' + HOW
PASSED = '"{typed}" has passed: it was {moment}. Write a moment ahead, like  tomorrow 5pm'
WHICH = '"{typed}": which one? Write  {one}  or  {two}'
TODAY_IS = '"{typed}": today is {day}. Write  today{clock}  or  {later}{clock}'
NO_TIME = '"{typed}" has no time. Write it like  {typed} 5pm'
NO_ZONE = 'Leave "{zone}" out: times are meant in your own time zone, which you can change in the same panel'
TOO_LONG = '"{typed}" is not exact enough. Write the date, like  {example}'
SEVERAL = '"{typed}": once or each week? Write  every {typed}  or one date, like  {example}'
TONIGHT = '"{typed}" may be either end of the night. Write  tonight 11:59pm  or  tomorrow 00:01'
DAY_OR_HOUR = '"{typed}": a day or an hour? Write  {hour}  or the date, like  {example}'
LIMITED = '"{typed}" has more in it than weekdays and a time. Write those alone, like  every Sunday 19:00'
TOO_LONG_FOR_ONE = '"{typed}" lasts longer than a day. Write a shorter one, like  {example}'
NOT_BOTH = '"{typed}" says a length and a time. Write one of them, like  in 2 hours  or  today 5pm'


def read_when(text: str, now: datetime, default_time: time | None = END_OF_DAY) -> datetime | Span | Weekly:
    """Read a wall time, or a repetition, in the zone of `now`, which is the person's.

    A day without a time gets `default_time`, or is refused if that is None. Raises Refusal with what to write instead.
    With an end or a length it is a Span, or a repetition with `minutes`.
    """
    typed = text.strip()
    plain = _POLITE.sub("", _TOMORROW.sub("tomorrow", simplified(text)))
    if not plain:
        raise Refusal(EMPTY)
    if zone := _ZONE.search(plain):
        raise Refusal(NO_ZONE.format(zone=zone[0].upper()))
    plain = _HALF.sub(_with_half, plain)
    plain = _HALF_FIRST.sub(_with_half, plain)
    if _REPEATED.search(plain):
        return _repeated(plain, default_time, typed)
    wall = now.replace(tzinfo=None)
    plain, minutes = _apart(plain, typed)
    moment = _moment(plain, wall, None if minutes else default_time, plain if minutes else typed)
    if moment <= wall:
        raise Refusal(PASSED.format(typed=typed, moment=f"{worded(moment.date())} {moment:%H:%M}"))
    return Span(starts=moment, minutes=minutes) if minutes else moment


def _apart(plain: str, typed: str) -> tuple[str, int | None]:
    """Take the length off what happens once, said as an end or as a length: what is left has the start alone."""
    if from_to := _FROM_TO.search(plain):
        span = read_every(f"every day {from_to['span'].removeprefix('between ').replace(' and ', ' to ')}")
        plain, minutes = f"{plain[: from_to.start()]}{span.at:%H:%M}{plain[from_to.end() :]}", span.minutes
    elif lasting := _FOR.match(plain):
        plain, minutes = lasting["start"], read_length(lasting["length"])
    else:
        return plain, None
    if not minutes or minutes > LONGEST_SLOT:
        raise Refusal(TOO_LONG_FOR_ONE.format(typed=typed, example=f"{plain} for 2 hours"))
    return plain, minutes


def starting(weekly: Weekly, now: datetime) -> date:
    """Return the first day of a repetition that is said now, from which every other week counts."""
    return min(next_on(now.date(), weekday) for weekday in weekly.weekdays)


def _repeated(plain: str, default_time: time | None, typed: str) -> Weekly:
    if daily := _DAILY.match(plain):  # "7am daily" is "every day 7am"
        clock = daily["before"] or daily["after"] or ""
        plain = f"every day {clock}".strip()
    if is_limited(plain):
        raise Refusal(LIMITED.format(typed=typed))
    try:
        read = read_due(plain, default_time=default_time or END_OF_DAY)
    except Refusal:
        if not re.search(r"\d\s?(?:[ap]m)?\s?(?:-|to|until)\s?\d|\bfor\b", plain):
            raise
        return read_every(plain)
    if not isinstance(read, Weekly):
        raise Refusal(NOT_READ.format(typed=typed))
    if default_time is None and not re.search(r"\d|noon|midday", plain):
        raise Refusal(NO_TIME.format(typed=typed))
    return read


def _moment(plain: str, wall: datetime, default_time: time | None, typed: str) -> datetime:
    plain = _OVERMORROW.sub(worded(wall.date() + timedelta(days=2)), plain)
    if (turned := _CLOCK_FIRST.match(plain)) and not re.match(r"[ap]\.?m\b", turned["rest"]):
        plain = f"{turned['rest']} {turned['clock']}"
    if from_now := _FROM_NOW.match(plain):
        plain = f"in {from_now['length']}{plain[from_now.end() :]}"
    if plain.startswith("in "):
        return _after(plain, wall, typed)
    if one := _ONE_DAY.match(plain):
        return _on(_one_day(one["day"], wall), one["rest"], one["day"], default_time, typed)
    if _SEVERAL.match(plain):
        raise Refusal(SEVERAL.format(typed=typed, example=worded(wall.date() + timedelta(days=1))))
    if (named := _WEEKDAY.match(plain)) and not _DATE_FOLLOWS.match(named["rest"]):
        return _on(_weekday(named, wall.date(), typed), named["rest"], "", default_time, typed)
    if _VAGUE.search(plain):
        raise Refusal(VAGUE.format(typed=typed))
    if re.fullmatch(_CLOCK, plain):
        return datetime.combine(wall.date(), read_time(plain))
    return _dated(plain, wall, default_time, typed)


def _after(plain: str, wall: datetime, typed: str) -> datetime:
    """Read `in 3 days`, `in 2 hours`, `in a week at 5pm`; days keep the time of day unless another is said."""
    match = _IN.match(plain)
    if match is None:
        raise Refusal(NOT_READ.format(typed=typed))
    if _LONG.search(match["length"]):
        raise Refusal(TOO_LONG.format(typed=typed, example=worded(wall.date() + timedelta(days=30))))
    try:
        minutes = read_length(match["length"])
    except Refusal:
        raise Refusal(NOT_READ.format(typed=typed)) from None
    if minutes > LONGEST:
        raise Refusal(TOO_LONG.format(typed=typed, example=worded(wall.date() + timedelta(days=30))))
    moment = wall.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    clock = match["at"] or match["clock"]
    if not clock:
        return moment
    if minutes % (24 * 60):
        raise Refusal(NOT_BOTH.format(typed=typed))
    return datetime.combine(moment.date(), read_time(clock))


def _with_half(match: re.Match[str]) -> str:
    """Turn `9 in the morning` and `morning at 9` into `9am`; what is of the 24-hour clock stays."""
    clock, half = match["clock"], match["half"]
    hour = int(re.split(r"[:.]", clock)[0])
    if hour > 12:
        return clock
    if hour == 12 and half == "night":
        return "midnight"
    return f"{clock}{'am' if half == 'morning' else 'pm'}"


def _one_day(word: str, wall: datetime) -> date:
    return wall.date() + timedelta(days=1 if word == "tomorrow" else 0)


def _on(day: date, rest: str, word: str, default_time: time | None, typed: str) -> datetime:
    """Join a day with the time that follows it."""
    clock = re.sub(r"^(?:at|by|before|@)\s*", "", rest).strip(" ,.")
    if word == "tonight":
        if not clock:
            raise Refusal(NO_TIME.format(typed=typed))
        if re.fullmatch(r"12|12 ?am|midnight|00:00", clock):
            raise Refusal(TONIGHT.format(typed=typed))
        if re.fullmatch(r"(?:[5-9]|1[01])(?:[:.]\d\d)?", clock):
            clock += "pm"  # at night, a bare 8 is 20:00
    if not clock:
        if default_time is None:
            raise Refusal(NO_TIME.format(typed=typed))
        return datetime.combine(day, default_time)
    if _VAGUE.search(clock) or re.fullmatch(r"(?:in the )?(?:morning|afternoon|evening|night)", clock):
        raise Refusal(NO_TIME.format(typed=re.sub(r"\s*(?:in the )?(?:morning|afternoon|evening|night)$", "", typed)))
    return datetime.combine(day, read_time(clock))


def _weekday(named: re.Match[str], today: date, typed: str) -> date:
    """Find the day that a weekday means; refuse where people mean two different ones."""
    weekday = read_every(f"every {named['day']} 12:00", default_minutes=60).weekdays[0]
    coming = next_on(today, weekday)
    clock = f" {named['rest']}" if named["rest"] else ""
    if re.fullmatch(r"1[3-9]|2\d|3[01]", named["rest"]):
        hour = f"{coming:%A} {named['rest']}:00" if int(named["rest"]) < 24 else f"{coming:%A} 5pm"
        raise Refusal(DAY_OR_HOUR.format(typed=typed, hour=hour, example=worded(coming)))
    later = coming + timedelta(days=7)
    if named["which"] == "next":
        if coming == today:
            return later
        raise Refusal(WHICH.format(typed=typed, one=worded(coming) + clock, two=worded(later) + clock))
    if coming == today:
        raise Refusal(TODAY_IS.format(typed=typed, day=f"{today:%A}", clock=clock, later=worded(later)))
    if named["which"] == "this" and coming.isocalendar().week != today.isocalendar().week:
        past = coming - timedelta(days=7)
        raise Refusal(WHICH.format(typed=typed, one=worded(coming) + clock, two=f"a day after {worded(past)}"))
    return coming


def _dated(plain: str, wall: datetime, default_time: time | None, typed: str) -> datetime:
    today = wall.date()
    window = Window(first=today, last=today + timedelta(days=300), name="the ten months ahead")
    read = read_due(plain, window, default_time or END_OF_DAY)
    if isinstance(read, Weekly):
        raise Refusal(SEVERAL.format(typed=typed, example=worded(today + timedelta(days=1))))
    if default_time is None and read.time() == END_OF_DAY and not re.search(r"23[:.]59|11[:.]59", plain):
        raise Refusal(NO_TIME.format(typed=typed))
    return read
