"""Repetitions in words: `every other Wednesday`, `Tue and Thu`, `weekly on Fri`, `every 3 weeks`."""

from __future__ import annotations

import re

from bot.content import _calendar
from bot.content.refusal import Refusal

_FIRST = re.compile(r"(?:every|each|all|on|weekly|once a week)\b,?\s*(?:on\b\s*)?")
_OTHER = re.compile(r"(?:(?:other|alternate|alternating)\b\s*(?:weeks?\b\s*)?|fortnight(?:ly)?\b,?\s*)(?:on\b\s*)?")
_EVERY_N = re.compile(r"(?P<n>\d{1,2}|one|two|three|four|five|six)\s?(?:-\s?)?weeks?\b,?\s*(?:on\b\s*)?")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WEEK = re.compile(r"week\b,?\s*(?:on\b\s*)?")
_CLOCK_FIRST = re.compile(r"(?P<clock>[\d:. apmnotuilh-]*?(?:\d|[ap]m|noon)),? (?P<days>(?:every|each|on)\b.*)")
_OTHER_LAST = re.compile(r",?\s*(?:every other week|fortnightly|every (?:2|two) weeks)$")
_WEEKLY_LAST = re.compile(r",?\s*(?:every week|weekly|each week)$")
_LIMITED = re.compile(
    r"\b(?:except|excluding|without|but|not|starting|beginning|onwards?)\b"
    r"|\b(?:until|till|through)\b(?! ?(?:\d|noon|mid))"
)
MOST_WEEKS = 26


def repeats(plain: str) -> bool:
    """Tell whether this says that something happens again and again."""
    return bool(
        re.match(r"(?:every(?:day)?|each|weekly|fortnightly|daily|weekdays|other)\b", plain)
        or re.match(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b", plain)
        or re.search(r"\b(?:every|each) (?:week|other|mon|tue|wed|thu|fri|sat|sun|day)", plain)
    )


def is_limited(text: str) -> bool:
    """Tell whether a repetition, in small letters, is said to begin, to end or to fall out on some day."""
    return _LIMITED.search(text) is not None or _calendar.names_a_date(text)


def read_recurrence(plain: str, shown: str) -> tuple[tuple[int, ...], int, str]:
    """Read `every other tue and thu …` into weekdays, the number of weeks between, and what follows.

    `shown` is the text as it was typed.
    """
    if turned := _CLOCK_FIRST.fullmatch(plain):
        plain = f"{turned['days']} {turned['clock']}"
    rest, interval = plain, 1
    if first := _FIRST.match(rest):
        rest = re.sub(r"^(?:second|2nd)\b(?= *(?:mon|tue|wed|thu|fri|sat|sun|week))", "other", rest[first.end() :])
    if other := _OTHER.match(rest):
        rest, interval = rest[other.end() :], 2
    elif several := _EVERY_N.match(rest):
        rest = rest[several.end() :]
        interval = _NUMBERS.get(several["n"]) or int(several["n"])
        if not 1 <= interval <= MOST_WEEKS:
            raise Refusal(f'"{shown}" is not understood. Write it like  every 2 weeks Tue')
    elif week := _WEEK.match(rest):
        rest = rest[week.end() :]
    taken = _calendar.take_weekdays(re.sub(r"^every ", "", rest))
    if taken is None:
        raise _no_weekday(rest, shown)
    days, rest = taken
    rest = rest.strip(" ,.")
    if tail := _OTHER_LAST.search(rest):
        rest, interval = rest[: tail.start()], 2
    elif tail := _WEEKLY_LAST.search(rest):
        rest = rest[: tail.start()]
    return days, interval, rest.strip(" ,.")


def _no_weekday(rest: str, shown: str) -> Refusal:
    if "month" in rest or _calendar.names_a_weekday(rest):
        return Refusal(
            f'"{shown}" is not understood. Write it like  every Wednesday  or  every other Wednesday ; '
            "for any other rhythm write each date by itself"
        )
    return Refusal(f'"{shown}" names no weekday. Write it like  Tue and Thu 18:00-19:30')
