"""Timestamps for Discord, and the words that stand for them in a terminal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answering.moments import day_in_words, spell_out, stamp

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=NEW_YORK)


def test_a_moment_is_written_in_seconds_whatever_its_zone() -> None:
    assert stamp(NOON) == stamp(NOON.astimezone(UTC)) == "<t:1795539600:F>"
    assert stamp(NOON, "R") == "<t:1795539600:R>"
    assert stamp(NOON.replace(microsecond=999_999)) == "<t:1795539600:F>", "part of a second is dropped"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("due <t:1795539600:F>.", "due Tue 24 Nov 2026, 12:00 EST."),
        ("<t:1795539600>", "Tue 24 Nov 2026, 12:00 EST"),
        ("to <t:1795539600:t>", "to 12:00 EST"),
        ("on <t:1795539600:D>", "on Tue 24 Nov 2026"),
        ("no timestamp <@123> <#5>", "no timestamp <@123> <#5>"),
    ],
)
def test_timestamps_are_spelt_out_in_the_zone(text: str, words: str) -> None:
    assert spell_out(text, NEW_YORK, NOON) == words


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(hours=5, minutes=59), "in 5 hours"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=-45), "1 month ago"),
        (timedelta(days=800), "in 2 years"),
        (timedelta(seconds=20), "now"),
    ],
)
def test_relative_timestamps_are_spelt_out(distance: timedelta, words: str) -> None:
    assert spell_out(stamp(NOON + distance, "R"), NEW_YORK, NOON) == words


def test_a_day_without_a_time_is_written_in_words() -> None:
    assert day_in_words(date(2026, 9, 8)) == "Tue 8 Sep 2026"
