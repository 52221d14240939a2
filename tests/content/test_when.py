"""Dates and times as people type them: what each phrase means, or why it is refused. None may be read wrongly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from bot.content import when
from bot.content.model import Span, Weekly
from bot.content.when import Refusal, Window
from bot.content.zones import zone

FALL = Window(first=date(2026, 9, 8), last=date(2026, 12, 18), name="Fall 2026")
WINTER = Window(first=date(2026, 11, 30), last=date(2027, 2, 26), name="Winter 2026/27")

DATES = {
    "8 Sep 2026": "2026-09-08",
    "Tue 8 Sep 2026": "2026-09-08",
    "Tuesday, 8 September 2026": "2026-09-08",
    "tues 8 sept 2026": "2026-09-08",
    "8th September 2026": "2026-09-08",
    "8th of September 2026": "2026-09-08",
    "the 8th of September, 2026": "2026-09-08",
    "Sep 8, 2026": "2026-09-08",
    "Sept. 8 2026": "2026-09-08",
    "September 8th, 2026": "2026-09-08",
    "Tue, Sep 8, 2026": "2026-09-08",
    "8-Sep-2026": "2026-09-08",
    "8 Sep": "2026-09-08",
    "Sep 8": "2026-09-08",
    "Tue 8 Sep": "2026-09-08",
    "2026-09-08": "2026-09-08",
    "2026/09/08": "2026-09-08",
    "Tue 2026-09-08": "2026-09-08",
    "24/11/2026": "2026-11-24",
    "11/24/2026": "2026-11-24",
    "24.11.2026": "2026-11-24",
    "24-11-2026": "2026-11-24",
    "10/10/2026": "2026-10-10",
    "18 Dec": "2026-12-18",
    "1 dec": "2026-12-01",
    "8 Sep 2026.": "2026-09-08",
    " 8\u00a0Sep 2026 ": "2026-09-08",
    "29 Feb 2028": "2028-02-29",
}
NO_DATES = {
    "": "missing",
    "03/04/2026": "two ways",
    "3/4/26": "more than one way",
    "9/8": "two ways",
    "31 Nov": "30 days",
    "31 Nov 2026": "30 days",
    "29 Feb 2027": "28 days",
    "0 Sep 2026": "no 0 September",
    "Sun 14 Sep 2026": "Monday",
    "Wed 8 Sep": "Tuesday",
    "8 Sep 26": "two digits",
    "8 Sep '26": "two digits",
    "8 Jan": "Fall 2026",
    "2026-13-01": "no month 13",
    "2026-02-30": "28 days",
    "13/13/2026": "no month 13",
    "TBA": "Leave the line out",
    "tbd": "Leave the line out",
    "to be announced": "Leave the line out",
    "n/a": "Leave the line out",
    "soon": "not a date",
    "?": "not a date",
    "tomorrow": "another day",
    "next Friday": "another day",
    "in two weeks": "another day",
    "Friday": "not a date",
    "8 Okt 2026": "not a date",
    "8": "not a date",
    "September": "not a date",
    "September 2026": "",
    "8 Sep 1926": "1926",
    "8 Sep 2026 5pm": "only a date",
    "8 Sep 2026 or 9 Sep 2026": "more than one date",
    "week 3": "not a date",
}
DAYS = {
    "25 Nov 2026": ("2026-11-25", "2026-11-25"),
    "25 Nov 2026 to 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "25 Nov to 29 Nov": ("2026-11-25", "2026-11-29"),
    "25 Nov to 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "Wed 25 Nov - Sun 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "25 Nov – 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "25-29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "25–29 Nov": ("2026-11-25", "2026-11-29"),
    "25 to 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "Nov 25-29, 2026": ("2026-11-25", "2026-11-29"),
    "Nov 25 to Nov 29, 2026": ("2026-11-25", "2026-11-29"),
    "Nov 25 - Dec 2, 2026": ("2026-11-25", "2026-12-02"),
    "2026-11-25 to 2026-11-29": ("2026-11-25", "2026-11-29"),
    "2026-11-25": ("2026-11-25", "2026-11-25"),
    "from 25 Nov until 29 Nov 2026": ("2026-11-25", "2026-11-29"),
    "24/11/2026 to 29/11/2026": ("2026-11-24", "2026-11-29"),
    "Nov 25th - 29th, 2026": ("2026-11-25", "2026-11-29"),
    "November 25th through 29th": ("2026-11-25", "2026-11-29"),
    "24.11.2026-29.11.2026": ("2026-11-24", "2026-11-29"),
    "11/24/2026-11/29/2026": ("2026-11-24", "2026-11-29"),
}
NO_DAYS = {
    "29 Nov 2026 to 25 Nov 2026": "before it starts",
    "25 Nov 2026 to": "",
    "Thanksgiving": "not a date",
    "25 Nov to 31 Nov 2026": "30 days",
    "Thu 25 Nov to Sun 29 Nov 2026": "Wednesday",
    "20 Dec to 3 Jan 2027": "both with their years",
}
TIMES = {
    "18:00": "18:00",
    "6pm": "18:00",
    "6 pm": "18:00",
    "6 p.m.": "18:00",
    "6:30 pm": "18:30",
    "6:30pm": "18:30",
    "6.30 pm": "18:30",
    "6:30 P.M.": "18:30",
    "18.30": "18:30",
    "18h30": "18:30",
    "18h": "18:00",
    "noon": "12:00",
    "12 noon": "12:00",
    "12pm": "12:00",
    "12:30pm": "12:30",
    "12:30 am": "00:30",
    "09:00": "09:00",
    "9:00": "09:00",
    "06:30": "06:30",
    "23:59": "23:59",
    "at 5pm": "17:00",
    "11:59 PM": "23:59",
    "17:00:00": "17:00",
    "19:30h": "19:30",
    "17.00 h": "17:00",
    "18:00 hrs": "18:00",
    "3 pm": "15:00",
    "3am": "03:00",
    "9:30": "09:30",
}
NO_TIMES = {
    "6": "morning or evening",
    "6:30": "morning or evening",
    "midnight": "end of",
    "24:00": "end of",
    "12am": "end of",
    "00:00": "end of",
    "25:00": "not a time",
    "18:60": "minutes",
    "18pm": "two clocks",
    "13:30 pm": "two clocks",
    "5pm EST": "zone",
    "17:00 UTC": "zone",
    "5pm Eastern": "zone",
    "1800": "18:00",
    "evening": "not a time",
    "6ish": "",
    "after class": "not a time",
    "6pm or 7pm": "not a time",
    "18:00-19:00": "not a time",
    "7:30": "7:30am or 7:30pm (19:30)",
    "8:00": "morning or evening",
    "11:59": "11:59am or 11:59pm (23:59)",
    "12": "noon or midnight",
    "17:00Z": "zone",
    "17:00 +0100": "zone",
    "6:30h": "morning or evening",
}
MEETINGS = {
    "Sat 3 Oct 2026 10:00-14:00": ("2026-10-03 10:00", 240),
    "3 Oct 2026 10:00 - 14:00": ("2026-10-03 10:00", 240),
    "3 Oct, 10am to 2pm": ("2026-10-03 10:00", 240),
    "3 Oct 10am-2pm": ("2026-10-03 10:00", 240),
    "Oct 3, 2026, 10am–2pm": ("2026-10-03 10:00", 240),
    "October 3 at 10am for 4 hours": ("2026-10-03 10:00", 240),
    "2026-10-03 10:00-14:00": ("2026-10-03 10:00", 240),
    "2026-10-03T10:00": ("2026-10-03 10:00", 90),
    "3 Oct 2026 10-2pm": ("2026-10-03 10:00", 240),
    "3 Oct 2026 9-noon": ("2026-10-03 09:00", 180),
    "3 Oct 2026 noon-1pm": ("2026-10-03 12:00", 60),
    "3 Oct 2026 11-1pm": ("2026-10-03 11:00", 120),
    "3 Oct 2026 6-7:30pm": ("2026-10-03 18:00", 90),
    "3 Oct 2026 6pm-7:30": ("2026-10-03 18:00", 90),
    "3 Oct 2026 18.30-20.00": ("2026-10-03 18:30", 90),
    "3 Oct 2026 18h30-20h": ("2026-10-03 18:30", 90),
    "3 Oct 2026 18-20": ("2026-10-03 18:00", 120),
    "3 Oct 2026 6pm": ("2026-10-03 18:00", 90),
    "3 Oct 2026 7pm for 1h30": ("2026-10-03 19:00", 90),
    "3 Oct 2026 7pm (45 min)": ("2026-10-03 19:00", 45),
    "3 Oct 2026 from 6pm to 7:30pm": ("2026-10-03 18:00", 90),
    "3 Oct 2026 between 6pm and 7:30pm": ("2026-10-03 18:00", 90),
    "3 Oct 2026 10pm-midnight": ("2026-10-03 22:00", 120),
    "3 Oct 2026 22:00-01:00": ("2026-10-03 22:00", 180),
    "10am-2pm on Sat 3 Oct 2026": ("2026-10-03 10:00", 240),
    "6pm, 3 Oct 2026": ("2026-10-03 18:00", 90),
    "at 10am on Sat 3 Oct 2026": ("2026-10-03 10:00", 90),
    "3 Oct 18 h": ("2026-10-03 18:00", 90),
    "3 Oct 18:00-19:30h": ("2026-10-03 18:00", 90),
    "3 Oct 7pm for 1 1/2 hours": ("2026-10-03 19:00", 90),
    "3 Oct 8:30-13:00": ("2026-10-03 08:30", 270),
}
NO_MEETINGS = {
    "Sat 3 Oct 2026": "no time",
    "Sat 10:00-14:00": "which Saturday",
    "Sun 3 Oct 2026 10:00-14:00": "Saturday",
    "3 Oct 2026 6-7:30": "morning or evening",
    "3 Oct 2026 6:00-7:30": "morning or evening",
    "3 Oct 2026 19:30-18:00": "before it starts",
    "3 Oct 2026 6pm-5": "two ways",
    "3 Oct 2026 10:00-14:00 EST": "zone",
    "3 Oct 2026 10:00-14:00 or later": "not understood",
    "every Sat 10:00-14:00": "every:",
    "TBA": "Leave the line out",
    "3 Oct 2026 in the evening": "not a time",
    "3 Oct 2026 6pm for a while": "not understood",
    "3 Oct 2026 midnight-2am": "either end",
    "Sat 3 Oct 2026 10:00 - Sun 4 Oct 2026 14:00": "more than one date",
    "3 Oct 2026 7:30-8:30": "7:30am-8:30am  or  7:30pm-8:30pm",
    "3 Oct 2026 8-12am": "8pm-12am",
    "3 Oct 2026 3pm and 5pm": "not understood",
    "3 Oct 2026 before 7pm": "not a time",
    "3 Oct 2026 7pm Zoom": "only the time belongs here",
    "2026-10-03T22:00-04:00": "zone",
    "2026-10-03T22:00:00-04:00": "zone",
    "2026-10-03T19:00Z": "zone",
    "3 Oct 2026 19:00-0400": "zone",
}
WEEKLY: dict[str, tuple[list[int], str, int, int]] = {
    "Tue 18:00": ([1], "18:00", 90, 1),
    "Tue and Thu 18:00-19:30": ([1, 3], "18:00", 90, 1),
    "Tuesdays and Thursdays 6pm to 7pm": ([1, 3], "18:00", 60, 1),
    "Tue/Thu 6-7pm": ([1, 3], "18:00", 60, 1),
    "Tue, Thu 18:00-19:00": ([1, 3], "18:00", 60, 1),
    "Tue & Thu, 18:00-19:00": ([1, 3], "18:00", 60, 1),
    "Mon, Wed and Fri 9am-10am": ([0, 2, 4], "09:00", 60, 1),
    "Mon-Fri 9:00-10:00": ([0, 1, 2, 3, 4], "09:00", 60, 1),
    "Mon to Thu at noon": ([0, 1, 2, 3], "12:00", 90, 1),
    "weekdays 8am": ([0, 1, 2, 3, 4], "08:00", 90, 1),
    "weekends 10am": ([5, 6], "10:00", 90, 1),
    "every Tuesday 6:30 pm": ([1], "18:30", 90, 1),
    "every Tuesday at 6:30 pm for 45 minutes": ([1], "18:30", 45, 1),
    "each Sat 9am-noon": ([5], "09:00", 180, 1),
    "other Wednesday, 7pm for 90 min": ([2], "19:00", 90, 2),
    "every other Wed 19:00": ([2], "19:00", 90, 2),
    "every second Wed 19:00": ([2], "19:00", 90, 2),
    "every 2 weeks Tue 6pm": ([1], "18:00", 90, 2),
    "every two weeks on Tue at 6pm": ([1], "18:00", 90, 2),
    "every 3 weeks on Tue 6pm": ([1], "18:00", 90, 3),
    "fortnightly Tue 6pm": ([1], "18:00", 90, 2),
    "weekly on Tue 6pm": ([1], "18:00", 90, 1),
    "every week on Tue 6pm": ([1], "18:00", 90, 1),
    "Tue 6pm, every other week": ([1], "18:00", 90, 2),
    "6pm every Tue": ([1], "18:00", 90, 1),
    "day 9am": ([0, 1, 2, 3, 4, 5, 6], "09:00", 90, 1),
    "Tue Thu 18:00": ([1, 3], "18:00", 90, 1),
    "everyday 9am": ([0, 1, 2, 3, 4, 5, 6], "09:00", 90, 1),
    "Tue 19h-20h30": ([1], "19:00", 90, 1),
}
NO_WEEKLY = {
    "MW 6pm": "Mon and Wed",
    "2nd Tue 6pm": "write each date by itself",
    "M-F 9am": "Mon",
    "Sat or Sun 9am": "",
    "TTh 6pm": "Tue and Thu",
    "MWF 9am": "Mon and Wed and Fri",
    "Tue": "no time",
    "6pm": "no weekday",
    "18:00-19:30": "no weekday",
    "Tue 6": "morning or evening",
    "Tue 6-7:30": "morning or evening",
    "3 Oct 2026 6pm": "on:",
    "first Monday 6pm": "not understood",
    "biweekly Tue 6pm": "not understood",
    "monthly 6pm": "not understood",
    "Tue 6pm EST": "zone",
    "Tue 6pm PT": "zone",
    "Tue or maybe Thu 6pm": "",
    "Teusday 6pm": "no weekday",
    "TBA": "Leave the line out",
    "every Tue except holidays 6pm": "",
    "Tue 24:00": "end of",
    "Tue 6pm, 8 Sep - 1 Dec": "from:  and  until:",
    "first Tuesday of the month 6pm": "write each date by itself",
    "2nd and 4th Tue 6pm": "write each date by itself",
    "odd weeks Tue 6pm": "write each date by itself",
    "last Friday of the month 6pm": "write each date by itself",
    "Tue 3pm and 5pm": "not understood",
    "Tue 6pm except Thanksgiving": "cancelled:",
    "Tue 6pm (except 24 Nov)": "cancelled:",
    "weekdays except Friday 9am": "cancelled:",
    "Tue 6pm until December": "until:",
    "Tue 7:30-8:30": "morning or evening",
    "Tue 18:00-19:30, Thu 17:00-18:30": "Write each by itself",
    "Tue 18:00-19:30; Thu 17:00-18:30": "Write each by itself",
    "Tue 6pm and Thu 7pm": "Write each by itself",
}
DUE: dict[str, str | tuple[list[int], str, int]] = {
    "Fri 2 Oct 2026": "2026-10-02 23:59",
    "Fri 2 Oct 2026 5pm": "2026-10-02 17:00",
    "2 Oct 5pm": "2026-10-02 17:00",
    "2 Oct 2026 at 17:00": "2026-10-02 17:00",
    "2 Oct 2026, 5 p.m.": "2026-10-02 17:00",
    "by 2 Oct 2026 noon": "2026-10-02 12:00",
    "2026-10-02T17:00": "2026-10-02 17:00",
    "2026-10-02 17:00": "2026-10-02 17:00",
    "5pm on Fri 2 Oct 2026": "2026-10-02 17:00",
    "Fri 2 Oct 2026…": "2026-10-02 23:59",
    "Oct 2, 2026 5pm": "2026-10-02 17:00",
    "Oct 2 17:00": "2026-10-02 17:00",
    "every Sunday": ([6], "23:59", 1),
    "every Sunday 8pm": ([6], "20:00", 1),
    "every Sun at noon": ([6], "12:00", 1),
    "Sundays 8pm": ([6], "20:00", 1),
    "every other Sunday": ([6], "23:59", 2),
    "every Mon and Thu 9am": ([0, 3], "09:00", 1),
    "at 5pm on Fri 2 Oct 2026": "2026-10-02 17:00",
    "until 2 Oct 2026 5pm": "2026-10-02 17:00",
    "no later than 2 Oct 2026": "2026-10-02 23:59",
    "before 5pm on 2 Oct 2026": "2026-10-02 17:00",
    "every Sunday before 8pm": ([6], "20:00", 1),
}
NO_DUE = {
    "Friday 5pm": "which Friday",
    "Sunday": "which Sunday",
    "Fri 2 Oct 2026 midnight": "23:59",
    "Fri 2 Oct 2026 24:00": "23:59",
    "Fri 2 Oct 2026 6": "morning or evening",
    "Fri 2 Oct 2026 5pm EST": "zone",
    "5pm": "not a date",
    "end of week": "not a date",
    "every week": "no weekday",
    "every Sun or Mon": "Write each by itself",
    "every Sunday 6": "morning or evening",
    "2 Oct 2026 5pm and 9 Oct 2026 5pm": "more than one date",
    "Mon 30 Nov - Wed 2 Dec 2026": "more than one date",
    "02-Oct-26": "two digits",
    "before 2 Oct 2026": "Thu 1 Oct 2026  or  Fri 2 Oct 2026",
    "2 Oct 2026 11:59": "11:59pm",
    "every Sunday except 29 Nov": "skip:",
    "every Sunday from 20 Sep until 6 Dec": "from:  and  until:",
    "every 1st Friday": "write each date by itself",
    "every Sun 8pm and Wed 5pm": "Write each by itself",
}
LENGTHS = {
    "90 min": 90,
    "90min": 90,
    "90 minutes": 90,
    "90 mins": 90,
    "90m": 90,
    "1h30": 90,
    "1h 30m": 90,
    "1 hour 30 min": 90,
    "1 hour and 30 minutes": 90,
    "1.5 hours": 90,
    "1,5 hours": 90,
    "1.5h": 90,
    "an hour": 60,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "half an hour": 30,
    "2 hrs": 120,
    "1 day": 1440,
    "a day before": 1440,
    "2 days": 2880,
    "1 week": 10_080,
    "two weeks": 20_160,
    "1 week and 2 days": 12_960,
    "1:30 hours": 90,
    "1 1/2 hours": 90,
    "1½ hours": 90,
    "½ hour": 30,
    "half hour": 30,
}
NO_LENGTHS = {
    "90": "unit",
    "1:30": "time of day",
    "a while": "length",
    "0 min": "above zero",
    "long": "",
    "1 month": "length",
    "-5 min": "",
    "90 mni": "length",
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def said(reader: Callable[[str], object], text: str) -> str:
    with pytest.raises(Refusal) as refusal:
        reader(text)
    return str(refusal.value)


def due(text: str) -> object:
    return when.read_due(text, FALL)


def meeting(text: str) -> object:
    return when.read_meeting(text, FALL, 90)


def every(text: str) -> object:
    return when.read_every(text, 90)


def in_fall(text: str) -> object:
    return when.read_date(text, FALL)


def days(text: str) -> object:
    return when.read_days(text, FALL)


@pytest.mark.parametrize("text", DATES)
def test_a_date(text: str) -> None:
    assert when.read_date(text, FALL) == date.fromisoformat(DATES[text])


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    first, last = DAYS[text]
    assert days(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", TIMES)
def test_a_time(text: str) -> None:
    assert when.read_time(text) == time.fromisoformat(TIMES[text])


@pytest.mark.parametrize("text", MEETINGS)
def test_a_meeting(text: str) -> None:
    starts, minutes = MEETINGS[text]
    assert meeting(text) == Span(starts=moment(starts), minutes=minutes)


@pytest.mark.parametrize("text", WEEKLY)
def test_a_weekly_meeting(text: str) -> None:
    weekdays, at, minutes, interval = WEEKLY[text]
    assert every(text) == Weekly(
        weekdays=tuple(weekdays), at=time.fromisoformat(at), minutes=minutes, interval=interval
    )


@pytest.mark.parametrize("text", DUE)
def test_a_deadline(text: str) -> None:
    expected = DUE[text]
    if isinstance(expected, str):
        assert due(text) == moment(expected)
    else:
        weekdays, at, interval = expected
        assert due(text) == Weekly(weekdays=tuple(weekdays), at=time.fromisoformat(at), interval=interval)


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length(text: str) -> None:
    assert when.read_length(text) == LENGTHS[text]


REFUSED: list[tuple[Callable[[str], object], str, str]] = [
    (reader, text, says)
    for reader, table in (
        (in_fall, NO_DATES),
        (days, NO_DAYS),
        (when.read_time, NO_TIMES),
        (meeting, NO_MEETINGS),
        (every, NO_WEEKLY),
        (due, NO_DUE),
        (when.read_length, NO_LENGTHS),
    )
    for text, says in table.items()
]


@pytest.mark.parametrize(("reader", "text", "says"), REFUSED, ids=lambda value: str(getattr(value, "__name__", value)))
def test_what_may_mean_two_things_is_refused(reader: Callable[[str], object], text: str, says: str) -> None:
    assert says in said(reader, text)


def test_a_year_is_found_over_new_year() -> None:
    assert when.read_date("8 Jan", WINTER) == date(2027, 1, 8)
    assert when.read_date("8 Dec", WINTER) == date(2026, 12, 8)


ZONES = {
    "EST": "America/New_York",
    "New York": "America/New_York",
    "America/NewYork": "America/New_York",
    "America/new_york": "America/New_York",
    "Eastern Time": "America/New_York",
    "Pacific": "America/Los_Angeles",
    "Chicago": "America/Chicago",
    "Berlin": "Europe/Berlin",
    "Europe/Brelin": "Europe/Berlin",
    "US/Eastern": "America/New_York",
}


@pytest.mark.parametrize("name", ZONES)
def test_a_wrong_name_of_a_zone_is_answered_with_the_right_one(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        zone(name)
    assert refusal.value.suggestion == ZONES[name]
    assert zone(ZONES[name]).key == ZONES[name]
