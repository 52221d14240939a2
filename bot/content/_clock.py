"""Times of day and lengths of time in words: `18:00`, `6:30 pm`, `noon`, `6-7:30pm`, `7pm for 90 min`, `1h30`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.content.refusal import Refusal

DAY_MINUTES = 24 * 60
LONGEST_OVERNIGHT = 6 * 60  # a span that ends "before" it starts is taken to cross midnight only if it is this short
EARLIEST = 9  # hours; before it, "7:30" without am or pm may well be an evening's
LAST_MINUTE = (11, 59)  # of whichever half of the day: mostly a deadline's, at night

_CLOCK = re.compile(
    r"""(?:
          (?P<word>noon|midday|midnight)
        | 12\s?(?P<twelve>noon|midday|midnight)
        | (?P<hour>\d{1,2})
          (?: \s?(?P<sep>[:.h])\s?(?P<minute>\d{2})(?::00)?(?:\s?h(?:rs?)?\b)? | \s?(?P<h>h)(?![a-z]) )?
          (?: \s?(?P<half>[ap])(?:\.\s?m\.|\.?m\b\.?) )?
          (?: \s?(?:o'?clock|uhr)\b )?
        )(?![\w:])""",
    re.VERBOSE,
)
_COMPACT = re.compile(r"([01]?\d|2[0-3])([0-5]\d)(?![\w:])")
_JOIN = re.compile(r"\s*(?:-|to\b|until\b|till\b|til\b)\s*")
_ZONE = re.compile(
    r"\b(?:est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|utc|gmt|bst|cet|cest|ist|z|eastern|central|mountain|pacific)\b"
    r"(?: (?:standard |daylight )?time\b)?|(?<=\d)z\b"
    r"|(?<=\d) ?(?:\+\d\d:?\d\d|-0\d00)$|(?:(?<=t\d\d:\d\d)|(?<=t\d\d:\d\d:\d\d))-\d\d:\d\d$"
)
_LENGTH_PART = re.compile(
    r"(?P<n>(?:\d+ )?\d+/\d+|\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|half(?: an?)?)"
    r"(?P<half> and a half)?\s?"
    r"(?P<unit>weeks?|wks?|w|days?|d|hours?|hrs?|hr|h|minutes?|mins?|min|m)(?![a-z])\.?"
    r"(?P<tail>\s?(?:and a half\b|\d{1,2}\b(?! ?[a-z])))?"
)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, start=1)}
_UNIT_MINUTES = {"w": 7 * DAY_MINUTES, "d": DAY_MINUTES, "h": 60, "m": 1}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time as it was typed: the hour may still lack its half of the day. `midnight` is hour 24."""

    hour: int
    minute: int
    half: str | None
    settled: bool
    text: str

    def minutes(self, half: str | None = None) -> int:
        """Minutes since the day began, with `half` ("a" or "p") if the text did not say."""
        half = self.half or half
        if self.hour == DAY_MINUTES // 60:
            return DAY_MINUTES
        hour = self.hour if half is None else self.hour % 12 + (12 if half == "p" else 0)
        return hour * 60 + self.minute


def take_clock(text: str) -> tuple[Clock, str] | None:
    """Read one time from the front of `text`; hand back what follows it."""
    match = _CLOCK.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    word = match["word"] or match["twelve"]
    if word == "midnight":
        return Clock(hour=24, minute=0, half=None, settled=True, text=word), rest
    if word:
        return Clock(hour=12, minute=0, half="p", settled=True, text=word), rest
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    typed = match[0].strip()
    if half and not 1 <= hour <= 12:
        raise Refusal(
            f'"{typed}" mixes the two clocks. Write {_plain(hour, minute)} or, with am or pm, an hour from 1 to 12'
        )
    if minute > 59:
        raise Refusal(f'"{typed}" has {minute} minutes. An hour has minutes 00 to 59')
    if hour > 24 or (hour == 24 and minute):
        raise Refusal(f'"{typed}" is not a time. Hours go from 0 to 23; write it like  18:00  or  6pm')
    # A bare "6", "7:30" or "11:59" may be morning or evening; "07:30", "9:30" and "18" can only be the 24-hour clock.
    settled = half is not None or hour > 12 or match["hour"].startswith("0")
    settled = settled or match["sep"] == "h" or match["h"] is not None
    settled = settled or (match["minute"] is not None and hour >= EARLIEST and (hour, minute) != LAST_MINUTE)
    if minute == 0 and ((hour == 12 and half == "a") or (hour in (0, 24) and not half)):
        return Clock(hour=24, minute=0, half=None, settled=True, text=typed), rest
    return Clock(hour=hour, minute=minute, half=half, settled=settled, text=typed), rest


def read_time(text: str) -> time:
    """Read one time of day, such as `23:59` or `6pm`. `text` is already simplified."""
    text = re.sub(r"^(?:at|by|from|before|until) ", "", text)
    taken = take_clock(text)
    if taken is None or taken[1].strip(" .,"):
        compact = _COMPACT.fullmatch(text)
        if compact:
            raise Refusal(f'"{text}" is not a time. Write it with a colon, like  {compact[1]}:{compact[2]}')
        raise Refusal(f'"{text}" is not a time. Write it like  18:00  or  6pm')
    clock = taken[0]
    if clock.hour == 24:
        raise Refusal(
            f'"{clock.text}" may be either end of the day. Write 23:59 for the end of a day, or 00:01 for its beginning'
        )
    if not clock.settled:
        raise unsettled(clock)
    minutes = clock.minutes()
    return time(minutes // 60, minutes % 60)


def read_clock_span(text: str, default_minutes: int | None) -> tuple[time, int]:
    """Read a start and how long it lasts, such as `18:00-19:30`, `6-7:30pm` or `7pm for 90 min`, in minutes."""
    if text.startswith("between "):
        text = text.removeprefix("between ").replace(" and ", " to ", 1)
    text = re.sub(r"^(?:at|from) ", "", text)
    taken = take_clock(text)
    if taken is None:
        compact = _COMPACT.match(text)
        if compact:
            raise Refusal(f'"{compact[0]}" is not a time. Write it with a colon, like  {compact[1]}:{compact[2]}')
        raise Refusal(f'"{text}" is not a time. Write it like  18:00-19:30  or  6pm to 7:30pm')
    start, rest = taken
    rest = rest.strip(" .,")
    joined = _JOIN.match(rest)
    if joined and (ending := take_clock(rest[joined.end() :])) is not None:
        end, left = ending
        if left.strip(" .,()"):
            raise Refusal(f'"{left.strip(" .,()")}" after {start.text}-{end.text} is not understood; leave it out')
        return _between(start, end, text)
    if not rest:
        if default_minutes is None:
            raise Refusal(f'"{text}" has no end. Write it like  18:00-19:30  or  6pm for 90 min')
        return read_time(start.text), default_minutes
    length = re.sub(r"^(?:for|,)\s*|^\(|\)$", "", rest)
    try:
        minutes = read_length(length)
    except Refusal:
        raise Refusal(
            f'"{rest}" after "{start.text}" is not understood: only the time belongs here, like  18:00-19:30  or  '
            "6pm for 90 min"
        ) from None
    return read_time(start.text), minutes


def _between(start: Clock, end: Clock, text: str) -> tuple[time, int]:
    first, last = _settle(start, end, text)
    if start.hour == 24:
        raise Refusal(f'"{start.text}" may be either end of the day. Write the start like 00:01 or 23:59')
    length = last - first
    if length <= 0:
        length += DAY_MINUTES
        if length > LONGEST_OVERNIGHT:
            raise Refusal(f'"{text}" ends before it starts. Write the start first, like  18:00-19:30')
    return time(first // 60, first % 60), length


def _settle(start: Clock, end: Clock, text: str) -> tuple[int, int]:
    """Find the one way to read both times; a bare hour borrows its half of the day from the other end."""
    halves = [clock.half for clock in (start, end)]
    if halves.count(None) == 1 and max(start.hour, end.hour) <= 12:
        start_is_loose = start.half is None and not start.text.startswith("0")
        end_is_loose = end.half is None and not end.text.startswith("0")
    else:
        clocks_24 = not any(halves) and max(start.hour, end.hour) > 12 and end.hour < 24
        start_is_loose, end_is_loose = not (start.settled or clocks_24), not (end.settled or clocks_24)
    if not start_is_loose and not end_is_loose:
        return start.minutes(), end.minutes()
    if not any(halves):
        ways = [
            f"{_half(start, one)}-{_half(end, two)}" for one, two in ("aa", "ap", "pp") if _apart(start, one, end, two)
        ]
        raise Refusal(f'"{text}" may be morning or evening. Write it like  {"  or  ".join(ways) or "18:00-19:30"}')
    loose, fixed = (start, end) if start_is_loose else (end, start)
    readings = []
    for half in "ap":
        pair = (loose.minutes(half), fixed.minutes()) if loose is start else (fixed.minutes(), loose.minutes(half))
        if 0 < pair[1] - pair[0] < DAY_MINUTES // 2:
            readings.append(pair)
    if len(readings) != 1:
        raise Refusal(f'"{text}" can be read in two ways. Write am or pm at both times, like  6pm-7:30pm')
    return readings[0]


def _apart(start: Clock, one: str, end: Clock, two: str) -> bool:
    return 0 < end.minutes(two) - start.minutes(one) < DAY_MINUTES // 2


def unsettled(clock: Clock) -> Refusal:
    """Refuse a time that lacks its half of the day."""
    if clock.hour == 12:
        return Refusal(f'"{clock.text}" may be noon or midnight. Write 12pm (12:00), or 23:59 for the end of the day')
    return Refusal(
        f'"{clock.text}" may be morning or evening. Write {_half(clock, "a")} or {_half(clock, "p")}'
        f" ({_plain(clock.hour % 12 + 12, clock.minute)})"
    )


def refuse_zone(text: str) -> None:
    """Refuse a zone beside a time: the file and the course say the zone once."""
    match = _ZONE.search(text)
    if match:
        raise Refusal(
            f'"{match[0].strip().upper()}" does not belong beside a time. Leave it out: the zone stands once, in '
            " timezone:  (of the file, or of this course)"
        )


def read_length(text: str) -> int:
    """Read a length such as `90 min`, `1h30`, `1.5 hours`, `2 weeks` or `1 week and 2 days`, in whole minutes."""
    rest, total = text.strip(" .").removesuffix(" before").removesuffix(" long").strip(), 0.0
    if not rest:
        raise Refusal("a length is missing. Write it like  90 min  or  1h30")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", rest):
        raise Refusal(f'"{rest}" lacks its unit. Write it like  {rest} min  or  {rest} hours')
    if clock := re.fullmatch(r"(\d{1,2}):([0-5]\d)(?: ?(?:h|hrs?|hours?))", rest):
        return int(clock[1]) * 60 + int(clock[2])
    if re.fullmatch(r"\d{1,2}:[0-5]\d", rest):
        raise Refusal(f'"{rest}" looks like a time of day. Write a length like  90 min  or  1h30')
    while rest:
        match = _LENGTH_PART.match(rest)
        if match is None:
            raise Refusal(f'"{text}" is not a length of time. Write it like  90 min ,  1h30  or  2 days')
        total += _part(match)
        rest = re.sub(r"^\s*(?:,|and\b|\+)?\s*", "", rest[match.end() :])
    if total <= 0 or total != int(total):
        raise Refusal(f'"{text}" is not a whole number of minutes above zero')
    return int(total)


def _part(match: re.Match[str]) -> float:
    unit = _UNIT_MINUTES[match["unit"][0]]
    word = match["n"]
    if word.startswith("half"):
        amount = 0.5
    elif "/" in word:
        whole, _, part = word.rpartition(" ")
        above, below = part.split("/")
        amount = int(whole or 0) + (int(above) / int(below) if int(below) else 0.0)
    else:
        amount = _NUMBERS.get(word) or float(word.replace(",", "."))
    if match["half"]:
        amount += 0.5
    minutes = amount * unit
    tail = (match["tail"] or "").strip()
    if tail == "and a half":
        minutes += unit / 2
    elif tail:
        if match["unit"][0] != "h":
            raise Refusal(f'"{match[0]}" is not a length of time. Write it like  90 min ,  1h30  or  2 days')
        minutes += int(tail)
    return minutes


def _plain(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"


def _half(clock: Clock, half: str) -> str:
    if clock.hour == DAY_MINUTES // 60:
        return clock.text
    return f"{clock.hour}{f':{clock.minute:02}' if clock.minute else ''}{half}m"
