"""What becomes of a question that nobody could answer: kept for staff, without its author once handled, then gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import privacy, questions
from bot.store.database import Database
from bot.store.questions import COUNTED_DAYS, KEPT_FOR, MANY_OPEN, Asked, Count, Counted, Press, Why

NOW = 1_790_000_000
DAY = date(2026, 11, 22)
ASKED = Asked(text="is it on zoom?", why=Why.UNANSWERED, person=17, guild=1, channel=2, message=3, course="PM-101")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "schoolbell.db")
    yield database
    database.close()


def test_a_question_is_open_with_its_asker_until_one_member_of_staff_handles_it(database: Database) -> None:
    number = database.unit(questions.keep, ASKED, NOW)
    [question] = database.unit(questions.read_open, NOW)
    assert (question.text, question.course, question.person, question.message) == ("is it on zoom?", "PM-101", 17, 3)

    assert database.unit(questions.handle, [number], NOW + 5) == [question]
    assert database.unit(questions.handle, [number], NOW + 6) == []
    assert database.unit(questions.read_open, NOW + 6) == []
    [handled] = database.unit(questions.read_unanswered, NOW, NOW + 6)
    nobody = replace(question, person=None, channel=None, message=None, handled_at=NOW + 5)
    assert handled == nobody


def test_nobody_is_asked_about_for_longer_than_thirty_days(database: Database) -> None:
    database.unit(questions.keep, ASKED, NOW)
    database.unit(questions.keep, replace(ASKED, text="younger"), NOW + 1)
    later = NOW + KEPT_FOR
    assert [one.text for one in database.unit(questions.read_open, later)] == ["younger"]
    assert database.unit(privacy.purge, later, 60 * 86400, 9) == 1
    assert len(database.unit(privacy.export, 17)["open_question"]) == 1


def test_asked_again_it_is_the_same_question_but_newer(database: Database) -> None:
    first = database.unit(questions.keep, ASKED, NOW)
    again = replace(ASKED, text=" is it on zoom? ", why=Why.NOT_QUITE, entry="login", message=9)
    assert database.unit(questions.keep, again, NOW + 60) == first
    [question] = database.unit(questions.read_open, NOW + 60)
    assert (question.asked_at, question.message, question.why, question.entry) == (NOW + 60, 9, Why.NOT_QUITE, "login")
    database.unit(questions.keep, replace(ASKED, person=18), NOW)
    assert len(database.unit(questions.read_open, NOW + 60)) == 2


def test_one_person_cannot_fill_the_inbox(database: Database) -> None:
    database.unit(questions.keep, replace(ASKED, person=18), NOW - 9)
    for number in range(MANY_OPEN + 5):
        database.unit(questions.keep, replace(ASKED, text=f"question {number}"), NOW + number)
    texts = [one.text for one in database.unit(questions.read_open, NOW + 99)]
    assert texts == [*(f"question {number}" for number in reversed(range(5, MANY_OPEN + 5))), "is it on zoom?"]


def test_counts_add_up_by_day_entry_and_course_and_hold_no_person(database: Database) -> None:
    for _ in range(3):
        database.unit(questions.count, DAY, [Count.ASKED, Count.ANSWERED], entry="login", course="PM-101")
    database.unit(questions.count, DAY, [Count.ASKED, Count.UNANSWERED])
    database.unit(questions.count, date(2026, 11, 23), [Count.ASKED])
    assert database.unit(questions.read_counts, DAY, DAY) == [
        Counted(day=DAY, what=Count.ANSWERED, entry="login", course="PM-101", count=3),
        Counted(day=DAY, what=Count.ASKED, entry=None, course=None, count=1),
        Counted(day=DAY, what=Count.ASKED, entry="login", course="PM-101", count=3),
        Counted(day=DAY, what=Count.UNANSWERED, entry=None, course=None, count=1),
    ]


def test_what_no_report_reads_any_more_is_not_kept(database: Database) -> None:
    """However far east or west the school is, and so how early or late its day begins."""
    first_read = DAY - timedelta(days=COUNTED_DAYS - 1)
    for back in range(4):
        database.unit(questions.count, first_read - timedelta(days=back), [Count.ASKED])
    now = int(datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC).timestamp())
    assert database.unit(privacy.purge, now, 60 * 86400, 9) == 2
    counted = database.unit(questions.read_counts, date(2000, 1, 1), DAY)
    assert [one.day for one in counted] == [first_read - timedelta(days=1), first_read]


def test_a_card_is_rated_once_and_once_said_what_was_meant_however_often_it_is_pressed(database: Database) -> None:
    for number, (card, what) in enumerate(
        [
            (7, Count.ANSWERED),
            (7, Count.UNANSWERED),  # of the same question
            (7, Count.HELPED),
            (7, Count.HELPED),
            (7, Count.NOT_QUITE),
            (8, Count.HELPED),
        ]
    ):
        database.unit(questions.count, DAY, [what], "login", press=Press(card=card, at=NOW + number))
    found = database.unit(questions.read_counts, DAY, DAY)
    assert {one.what: one.count for one in found} == {Count.ANSWERED: 1, Count.HELPED: 2}

    assert database.unit(privacy.purge, NOW + 4 + KEPT_FOR, 60 * 86400, 9) == 2
    database.unit(questions.count, DAY, [Count.HELPED], "login", press=Press(card=8, at=NOW + 9))
    assert database.unit(questions.read_counts, DAY, DAY) == found
