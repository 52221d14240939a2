"""150 ways in which students say when. It is Saturday 21 November 2026, 14:30, wherever they are."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.content.model import Span, Weekly
from bot.content.refusal import Refusal
from bot.reminders.spoken import read_when, starting

NOW = datetime(2026, 11, 21, 14, 30, 20, tzinfo=ZoneInfo("America/New_York"))

MOMENTS = {
    # weekdays
    "fri 5pm": "2026-11-27 17:00",
    "Friday 5pm": "2026-11-27 17:00",
    "FRI 17:00": "2026-11-27 17:00",
    "friday at 5 pm": "2026-11-27 17:00",
    "friday, 5pm": "2026-11-27 17:00",
    "on friday at 5pm": "2026-11-27 17:00",
    "by fri 5pm": "2026-11-27 17:00",
    "due friday 5pm": "2026-11-27 17:00",
    "5pm friday": "2026-11-27 17:00",
    "5pm on friday": "2026-11-27 17:00",
    "at 5pm on fri": "2026-11-27 17:00",
    "17:00 fri": "2026-11-27 17:00",
    "noon friday": "2026-11-27 12:00",
    "fri noon": "2026-11-27 12:00",
    "sun 9am": "2026-11-22 09:00",
    "sunday": "2026-11-22 23:59",
    "Mon": "2026-11-23 23:59",
    "tues 8:30am": "2026-11-24 08:30",
    "wednesday 23:59": "2026-11-25 23:59",
    "thurs 11:59pm": "2026-11-26 23:59",
    "thursday by 6pm": "2026-11-26 18:00",
    "coming friday 5pm": "2026-11-27 17:00",
    "this sunday 7pm": "2026-11-22 19:00",
    "next saturday 10am": "2026-11-28 10:00",
    "monday 9 in the morning": "2026-11-23 09:00",
    "monday morning at 9": "2026-11-23 09:00",
    "mon 7 in the evening": "2026-11-23 19:00",
    "friday 4 in the afternoon": "2026-11-27 16:00",
    "remind me friday 5pm": "2026-11-27 17:00",
    "please remind me on friday at 5pm": "2026-11-27 17:00",
    # today and tomorrow
    "today 5pm": "2026-11-21 17:00",
    "today at 17:00": "2026-11-21 17:00",
    "today": "2026-11-21 23:59",
    "5pm today": "2026-11-21 17:00",
    "tonight 8pm": "2026-11-21 20:00",
    "tonight at 8": "2026-11-21 20:00",
    "tonight 11:59pm": "2026-11-21 23:59",
    "8pm tonight": "2026-11-21 20:00",
    "tomorrow": "2026-11-22 23:59",
    "tomorrow noon": "2026-11-22 12:00",
    "tomorrow at noon": "2026-11-22 12:00",
    "noon tomorrow": "2026-11-22 12:00",
    "tomorrow 5pm": "2026-11-22 17:00",
    "tomorrow at 7:15 am": "2026-11-22 07:15",
    "tomorrow, 17:30": "2026-11-22 17:30",
    "tmrw 5pm": "2026-11-22 17:00",
    "tmr 9am": "2026-11-22 09:00",
    "tomorow 9am": "2026-11-22 09:00",
    "tommorow 9am": "2026-11-22 09:00",
    "9am tomorrow": "2026-11-22 09:00",
    "by tomorrow 9am": "2026-11-22 09:00",
    "tomorrow morning at 8": "2026-11-22 08:00",
    "tomorrow evening 7": "2026-11-22 19:00",
    "tomorrow night at 9": "2026-11-22 21:00",
    "the day after tomorrow 10am": "2026-11-23 10:00",
    "day after tomorrow": "2026-11-23 23:59",
    "5pm": "2026-11-21 17:00",
    "at 18:00": "2026-11-21 18:00",
    "6:30 pm": "2026-11-21 18:30",
    # lengths
    "in 3 days": "2026-11-24 14:30",
    "in three days": "2026-11-24 14:30",
    "in 1 day": "2026-11-22 14:30",
    "in a day": "2026-11-22 14:30",
    "in 2 weeks": "2026-12-05 14:30",
    "in a week": "2026-11-28 14:30",
    "in 3 days at 5pm": "2026-11-24 17:00",
    "in 3 days 5pm": "2026-11-24 17:00",
    "in a week at noon": "2026-11-28 12:00",
    "in 2 hours": "2026-11-21 16:30",
    "in 2h": "2026-11-21 16:30",
    "in an hour": "2026-11-21 15:30",
    "in 45 min": "2026-11-21 15:15",
    "in 45 minutes": "2026-11-21 15:15",
    "in 90m": "2026-11-21 16:00",
    "in 1h30": "2026-11-21 16:00",
    "in 1.5 hours": "2026-11-21 16:00",
    "in half an hour": "2026-11-21 15:00",
    "in 1 day and 2 hours": "2026-11-22 16:30",
    "3 days from now": "2026-11-24 14:30",
    "2 hours from now": "2026-11-21 16:30",
    "a week from today": "2026-11-28 14:30",
    # dates
    "8 dec": "2026-12-08 23:59",
    "8 dec 5pm": "2026-12-08 17:00",
    "8 December at 17:00": "2026-12-08 17:00",
    "dec 8": "2026-12-08 23:59",
    "Dec 8, 5pm": "2026-12-08 17:00",
    "Dec 8th 5pm": "2026-12-08 17:00",
    "the 8th of december": "2026-12-08 23:59",
    "tue 8 dec 5pm": "2026-12-08 17:00",
    "Tuesday, Dec 8, 2026 5:00 PM": "2026-12-08 17:00",
    "2026-12-08": "2026-12-08 23:59",
    "2026-12-08 17:00": "2026-12-08 17:00",
    "24/12/2026 noon": "2026-12-24 12:00",
    "12/24/2026 5pm": "2026-12-24 17:00",
    "5 jan": "2027-01-05 23:59",
    "5 Jan 2027 8am": "2027-01-05 08:00",
    "5pm on 8 dec": "2026-12-08 17:00",
    "by dec 4": "2026-12-04 23:59",
    "1 nov 2027": "2027-11-01 23:59",
}

REPEATED = {
    "every sunday 19:00": ((6,), "19:00", None, 1),
    "every sunday at 7pm": ((6,), "19:00", None, 1),
    "Every Sun 7pm": ((6,), "19:00", None, 1),
    "each monday 8am": ((0,), "08:00", None, 1),
    "sundays 19:00": ((6,), "19:00", None, 1),
    "mondays at 6pm": ((0,), "18:00", None, 1),
    "7pm every sunday": ((6,), "19:00", None, 1),
    "every day 7am": (tuple(range(7)), "07:00", None, 1),
    "every day at 7am": (tuple(range(7)), "07:00", None, 1),
    "everyday 7am": (tuple(range(7)), "07:00", None, 1),
    "daily 7am": (tuple(range(7)), "07:00", None, 1),
    "daily at 07:00": (tuple(range(7)), "07:00", None, 1),
    "7am daily": (tuple(range(7)), "07:00", None, 1),
    "7am every day": (tuple(range(7)), "07:00", None, 1),
    "daily 7am-8am": (tuple(range(7)), "07:00", 60, 1),
    "every day 7am for 1 hour": (tuple(range(7)), "07:00", 60, 1),
    "every sunday 19:00-20:30": ((6,), "19:00", 90, 1),
    "weekdays 8am": ((0, 1, 2, 3, 4), "08:00", None, 1),
    "every weekday at 18:00": ((0, 1, 2, 3, 4), "18:00", None, 1),
    "every mon and thu 18:00": ((0, 3), "18:00", None, 1),
    "every tue, thu 6:30pm": ((1, 3), "18:30", None, 1),
    "every other tuesday 5pm": ((1,), "17:00", None, 2),
    "every sunday": ((6,), "23:59", None, 1),
    "every fri noon": ((4,), "12:00", None, 1),
    "every evening at 7": None,
}

FOR_A_WHILE = {
    "fri 5pm for an hour": ("2026-11-27 17:00", 60),
    "fri 5pm for 1h30": ("2026-11-27 17:00", 90),
    "in 2 hours for 30 min": ("2026-11-21 16:30", 30),
    "tomorrow at noon for 90 min": ("2026-11-22 12:00", 90),
    "tomorrow 5-6pm": ("2026-11-22 17:00", 60),
    "5-6pm fri": ("2026-11-27 17:00", 60),
    "5pm to 6pm on friday": ("2026-11-27 17:00", 60),
    "fri from 5pm until 6:30pm": ("2026-11-27 17:00", 90),
    "friday between 5pm and 6pm": ("2026-11-27 17:00", 60),
    "fri 11-1pm": ("2026-11-27 11:00", 120),
    "fri 10pm-1am": ("2026-11-27 22:00", 180),
    "tomorrow 9-10 in the morning": ("2026-11-22 09:00", 60),
    "noon-1pm tomorrow": ("2026-11-22 12:00", 60),
    "sat 28 nov 10:00-12:00": ("2026-11-28 10:00", 120),
    "2026-12-08 17:00-18:00": ("2026-12-08 17:00", 60),
    "dec 8, 17:00-18:00": ("2026-12-08 17:00", 60),
}

REFUSED = (
    # could be two
    "next friday 5pm",
    "next fri",
    "next monday",
    "saturday 10am",
    "sat",
    "this saturday",
    "this wednesday 5pm",
    "fri 5",
    "fri 17",
    "sun 29",
    "1 nov",
    "in 99999999999 weeks",
    "tomorrow at 6",
    "tomorrow 8",
    "friday midnight",
    "tonight midnight",
    "tonight 12",
    "12/4",
    "4/12/2026",
    "mon and thu 18:00",
    "mon-fri 9am",
    # no moment
    "tonight",
    "next week",
    "this weekend",
    "end of the month",
    "eod",
    "soon",
    "later",
    "asap",
    "tomorrow morning",
    "friday evening",
    "in a month",
    "in 2 months",
    "in a while",
    "in 3",
    "after class",
    "friday after lunch",
    "before bed tomorrow",
    "TBA",
    "",
    "   ",
    "hello",
    "5",
    "friday 25:00",
    "friday 5:75pm",
    "31 nov",
    "30 feb",
    "mon 8 dec",
    "every",
    "every blue moon",
    "monthly",
    "every month on the 1st",
    "MWF 9am",
    # past
    "today 9am",
    "9am",
    "8 dec 2020",
    "yesterday",
    # zones
    "fri 5pm EST",
    "tomorrow 17:00 UTC",
    "fri 5pm eastern time",
    # too much
    "fri 5pm and sat 6pm",
    "fri 5pm or 6pm",
    "in 2 hours at 5pm",
    "fri 5pm and 6pm",
    "from fri 5pm to sat 6pm",
    "fri 5pm for 3 days",
    "fri 5pm for 2",
    "fri 5pm for maths",
    "fri 5-6",
    "5 to 6pm fri",
    "dec 6-5pm",
    "8 dec 10-12:30",
    "8 dec for 2 hours",
)


@pytest.mark.parametrize(("said", "meant"), MOMENTS.items())
def test_a_moment(said: str, meant: str) -> None:
    assert read_when(said, NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(("said", "meant"), FOR_A_WHILE.items())
def test_a_moment_with_a_length(said: str, meant: tuple[str, int]) -> None:
    starts, minutes = meant
    assert read_when(said, NOW) == Span(starts=datetime.fromisoformat(starts), minutes=minutes)


@pytest.mark.parametrize(("said", "meant"), REPEATED.items())
def test_a_repetition(said: str, meant: tuple[tuple[int, ...], str, int | None, int] | None) -> None:
    if meant is None:
        with pytest.raises(Refusal):
            read_when(said, NOW)
        return
    weekdays, at, minutes, interval = meant
    wanted = Weekly(weekdays=weekdays, at=time.fromisoformat(at), minutes=minutes, interval=interval)
    assert read_when(said, NOW) == wanted


@pytest.mark.parametrize("said", REFUSED)
def test_a_refusal_says_what_to_write(said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_when(said, NOW)
    sentence = str(refused.value)
    assert any(word in sentence for word in ("Write", "Leave", "there is no", "Hours go", "has 75 minutes")), sentence


@pytest.mark.parametrize("said", ["every sunday 5pm except 29 nov", "every sunday until 6 dec", "daily 7am from 1 dec"])
def test_a_repetition_with_exceptions_names_no_field_of_the_files(said: str) -> None:
    with pytest.raises(Refusal, match="Write those alone") as refused:
        read_when(said, NOW)
    assert "from:" not in str(refused.value)


def test_a_slot_needs_its_time() -> None:
    for said in ("friday", "8 dec", "every sunday", "daily"):
        with pytest.raises(Refusal, match="no time"):
            read_when(said, NOW, default_time=None)


@pytest.mark.parametrize(("said", "first"), [("every other tue 5pm", "2026-11-24"), ("every sat 5pm", "2026-11-21")])
def test_a_repetition_counts_from_its_next_day(said: str, first: str) -> None:
    weekly = read_when(said, NOW)
    assert isinstance(weekly, Weekly)
    assert starting(weekly, NOW).isoformat() == first
