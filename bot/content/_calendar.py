"""Dates and weekdays in words: `8 Sep`, `Sep 8, 2026`, `2026-09-08`, `24/11/2026`, `Tue and Thu`, `weekdays`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from bot.content.refusal import Refusal

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"""(?:(?P<weekday>{_WEEKDAY})\b\.?,?\s*)?(?:the\s)?
        (?: (?P<iso_year>\d{{4}})[-/.](?P<iso_month>\d{{1,2}})[-/.](?P<iso_day>\d{{1,2}})(?:t(?=\d))?(?![\d])
          | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s.-]*(?P<month>{_MONTH})(?![a-z])\.?
            (?:[\s,-]*(?P<year>\d{{4}})\b(?!:)
              |(?P<short_year>\s*'?\d\d\b(?![:.h\-–]|\s?[ap]\.?m|\s?(?:h|to|until|uhr|o'?clock)\b)|-\d\d$))?
          | (?P<month_first>{_MONTH})\b\.?[\s-]*(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)
            (?:[\s,-]+(?P<year_last>\d{{4}})\b(?!:))?
          | (?P<one>\d{{1,2}})(?P<sep>[/.-])(?P<two>\d{{1,2}})(?P=sep)(?P<numeric_year>\d{{4}}|\d\d)(?![\d:])
          | (?P<short_one>\d{{1,2}})/(?P<short_two>\d{{1,2}})(?![\d:/]|\s?h)
        )
        (?:\s*\(?(?P<weekday_after>{_WEEKDAY})\b\)?)?""",
    re.VERBOSE,
)
_WEEKDAY_WORD = re.compile(rf"({_WEEKDAY})\b\.?")
_DAY_SET = re.compile(r"(?P<set>week ?days?|working days?|week ?ends?|(?:every)?days?\b|daily)(?![\w])")
_DAY_JOIN = re.compile(r"(?:\s*(?:,\s*and\b|,|&|\+|/|and\b)\s*|\s+)(?=(?:mon|tue|wed|thu|fri|sat|sun))")
_DAY_RANGE = re.compile(r"\s*(?:-|to\b|through\b|thru\b|until\b)\s*(?=(?:mon|tue|wed|thu|fri|sat|sun))")
_LETTERS = re.compile(r"(?:m|tu|th|t|w|r|f|sa|su)+\b")
_LETTER_DAYS = {"m": 0, "tu": 1, "t": 1, "w": 2, "th": 3, "r": 3, "f": 4, "sa": 5, "su": 6}
_SET_DAYS = {"weekday": range(5), "workingday": range(5), "weekend": (5, 6), "day": range(7), "daily": range(7)}


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days among which a date without a year must lie, and what to call them: a term's or a course's."""

    first: date
    last: date
    name: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def worded(day: date) -> str:
    """Write a date as staff are asked to, such as `Fri 4 Dec 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def take_date(text: str, window: Window | None, shown: str) -> tuple[date, str] | None:
    """Read one date from the front of `text`; hand back what follows it. `shown` is the text as it was typed."""
    match = _DATE.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    typed = match[0].strip(" ,")
    if match["short_year"]:
        raise Refusal(f'"{shown}" has a year of two digits. Write all four, like  2026')
    if match["short_one"]:
        raise Refusal(f'"{typed}" can be read in two ways, and lacks its year. Write it like  8 Sep 2026')
    if match["one"]:
        found = _existing(*_numeric(match, typed))
    else:
        day = int(match["iso_day"] or match["day"] or match["day_last"])
        month = int(match["iso_month"]) if match["iso_month"] else _month(match["month"] or match["month_first"])
        year_text = match["iso_year"] or match["year"] or match["year_last"]
        found = _existing(int(year_text), month, day) if year_text else _within(day, month, window, shown)
    weekdays = [WEEKDAYS_BY_START[word[:3]] for word in (match["weekday"], match["weekday_after"]) if word]
    for weekday in weekdays:
        if weekday != found.weekday():
            raise _wrong_weekday(found, weekday)
    return found, rest


def match_date(text: str) -> re.Match[str] | None:
    """Find something shaped like a date at the front of `text`, which is in small letters."""
    return _DATE.match(text)


def names_a_date(text: str) -> bool:
    """Tell whether something shaped like a date stands anywhere in `text`, which is in small letters."""
    return _DATE.search(text) is not None


def names_a_weekday(text: str) -> bool:
    """Tell whether a weekday stands anywhere in `text`, which is in small letters."""
    return re.search(rf"\b{_WEEKDAY}\b", text) is not None


def _month(word: str) -> int:
    return MONTHS.index(word[:3].capitalize()) + 1


WEEKDAYS_BY_START = {name[:3].lower(): index for index, name in enumerate(WEEKDAYS)}


def _numeric(match: re.Match[str], typed: str) -> tuple[int, int, int]:
    one, two, year_text = int(match["one"]), int(match["two"]), match["numeric_year"]
    if len(year_text) == 2:
        raise Refusal(f'"{typed}" can be read in more than one way. Write it like  8 Sep 2026')
    year = int(year_text)
    if one == two or one > 12 >= two:
        return year, two, one
    if two > 12 >= one:
        return year, one, two
    if one > 12:
        raise Refusal(f'"{typed}" is not a date: there is no month {two}. Write it like  8 Sep 2026')
    readings = [f"{day} {MONTHS[month - 1]} {year}" for day, month in ((one, two), (two, one))]
    raise Refusal(f'"{typed}" can be read in two ways. Write  {readings[0]}  or  {readings[1]}')


def _existing(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Refusal(f"there is no month {month}. Write the month as a word, like  8 Sep 2026")
    if not 2000 <= year <= 2099:
        raise Refusal(f"the year {year} cannot be right here. Write it like  8 Sep 2026")
    length = calendar.monthrange(year, month)[1]
    if not 1 <= day <= length:
        name = FULL_MONTHS[month - 1]
        in_year = f" in {year}" if month == 2 else ""
        raise Refusal(f"there is no {day} {name}: {name} has {length} days{in_year}")
    return date(year, month, day)


def _within(day: int, month: int, window: Window | None, shown: str) -> date:
    """Find the year: the only one in which the date lies inside the window."""
    if not 1 <= day <= calendar.monthrange(2000, month)[1]:  # 2000 is a leap year: 29 Feb may exist
        return _existing(2001, month, day)
    named = f"{day} {MONTHS[month - 1]}"
    if window is None:
        raise Refusal(f'"{shown}" lacks its year. Write it like  {named} 2026', lacks_year=True)
    years = range(window.first.year, window.last.year + 1)
    existing = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    found = [candidate for candidate in existing if candidate in window]
    if len(found) == 1:
        return found[0]
    if found:
        choice = " or ".join(str(candidate.year) for candidate in found)
        raise Refusal(
            f'"{shown}" lacks its year, and {window.name} has that day more than once. Add {choice}', lacks_year=True
        )
    raise Refusal(
        f"{named} is not in {window.name} ({worded(window.first)} to {worded(window.last)}). "
        "Write the date with its year if it is meant",
        lacks_year=True,
    )


def _wrong_weekday(found: date, weekday: int) -> Refusal:
    near = [date.fromordinal(found.toordinal() + step) for step in range(-3, 4)]
    same = next(day for day in near if day.weekday() == weekday)
    year = f" {found.year}"
    return Refusal(
        f"{found.day} {MONTHS[found.month - 1]}{year} is a {FULL_WEEKDAYS[found.weekday()]}, "
        f"not a {FULL_WEEKDAYS[weekday]}. Write  {worded(found)}  or  {worded(same)}"
    )


def take_weekdays(text: str) -> tuple[tuple[int, ...], str] | None:
    """Read weekdays from the front of `text`, such as `tue and thu` or `mon-fri`; hand back what follows them."""
    whole = _DAY_SET.match(text)
    if whole:
        key = whole["set"].replace(" ", "").removeprefix("every")
        return tuple(_SET_DAYS[key if key == "daily" else key.removesuffix("s")]), text[whole.end() :]
    match = _WEEKDAY_WORD.match(text)
    if match is None:
        _refuse_letters(text)
        return None
    days: list[int] = []
    while match:
        days.append(WEEKDAYS_BY_START[match[1][:3]])
        text = text[match.end() :]
        span = _DAY_RANGE.match(text)
        if span and (last := _WEEKDAY_WORD.match(text[span.end() :])):
            text = text[span.end() + last.end() :]
            start, end = days[-1], WEEKDAYS_BY_START[last[1][:3]]
            days.extend((start + step) % 7 for step in range(1, (end - start) % 7 + 1))
        joined = _DAY_JOIN.match(text)
        text = text[joined.end() :] if joined else text
        match = _WEEKDAY_WORD.match(text) if joined else None
    return tuple(sorted(set(days))), text


def _refuse_letters(text: str) -> None:
    """Single letters for days mean one thing at one school and another at the next: MW, TTh, TR."""
    match = _LETTERS.match(text)
    if match is None:
        return
    letters = re.findall(r"tu|th|sa|su|[mtwrf]", match[0])
    names = " and ".join(WEEKDAYS[_LETTER_DAYS[letter]] for letter in letters)
    raise Refusal(f'"{match[0].upper()}" is too short to be sure which days are meant. Write them out, like  {names}')
