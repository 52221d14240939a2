"""What students asked in vain, until staff have handled it, and counts without persons of all that was asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, tuple_, update

from bot.store.dialect import insert_if_new
from bot.store.tables import open_question, pressed_card, question_count

KEPT_FOR = 30 * 86400
"""Seconds after which a question is forgotten, handled or not, and on which card a button was pressed."""
COUNTED_DAYS = 366
"""Days up to today of which a report may tell; what was counted before is forgotten."""
LONGEST = 1000
"""Letters of a question that are kept."""
MANY_OPEN = 20
"""So many questions of one person may be open at a time; the oldest gives way to a new one."""


class Why(StrEnum):
    """Why a question is open: nothing was found, or what was found was not quite it."""

    UNANSWERED = "unanswered"
    NOT_QUITE = "not_quite"


class Count(StrEnum):
    """What is counted. A question in free text is ASKED, once, and then each of the others that becomes of it."""

    ASKED = "asked"
    ANSWERED = "answered"
    OFFERED = "offered"
    UNANSWERED = "unanswered"
    HELPED = "helped"
    NOT_QUITE = "not_quite"


RATINGS = frozenset({Count.HELPED, Count.NOT_QUITE})


@dataclass(frozen=True, kw_only=True)
class Press:
    """A press of a button on the card that is this message, at this instant."""

    card: int
    at: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that goes to staff. `entry` is what it was answered with in vain, `course` the code of its course.

    `guild` and `message` are None where there was none: in a direct message, or where a command was used.
    """

    text: str
    why: Why
    person: int
    channel: int | None = None
    guild: int | None = None
    message: int | None = None
    entry: str | None = None
    course: str | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it is kept. Once it is handled, nothing tells who asked it, nor where in their server."""

    id: int
    text: str
    why: Why
    asked_at: int
    entry: str | None = None
    course: str | None = None
    person: int | None = None
    guild: int | None = None
    channel: int | None = None
    message: int | None = None
    handled_at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How often something happened on a day. `entry` and `course` are None where there was none."""

    day: date
    what: Count
    entry: str | None
    course: str | None
    count: int


def keep(connection: Connection, asked: Asked, now: int) -> int:
    """Keep a question for staff; return its id. Asked again by the same person, it is the same question, but newer."""
    text = asked.text.strip()[:LONGEST]
    mine = and_(open_question.c.person == asked.person, open_question.c.handled_at.is_(None))
    row = {
        "why": asked.why.value,
        "guild": asked.guild,
        "channel": asked.channel,
        "message": asked.message,
        "entry": asked.entry,
        "course": asked.course,
        "asked_at": now,
    }
    same = and_(mine, open_question.c.text == text)
    again = connection.scalar(update(open_question).where(same).values(row).returning(open_question.c.id))
    if again is not None:
        return int(again)
    newest = select(open_question.c.id).where(mine).order_by(open_question.c.asked_at.desc(), open_question.c.id.desc())
    too_many = newest.offset(MANY_OPEN - 1).limit(MANY_OPEN)
    connection.execute(delete(open_question).where(open_question.c.id.in_(list(connection.scalars(too_many)))))
    kept = insert(open_question).values(text=text, person=asked.person, **row).returning(open_question.c.id)
    return int(connection.execute(kept).scalar_one())


def read_open(connection: Connection, now: int) -> list[Question]:
    """Read the questions that nobody has handled, newest first."""
    return _read(connection, open_question.c.handled_at.is_(None), now)


def read_unanswered(connection: Connection, since: int, now: int) -> list[Question]:
    """Read all that was asked in vain since an instant, handled or not, newest first."""
    return _read(connection, open_question.c.asked_at >= since, now)


def handle(connection: Connection, ids: Collection[int], now: int) -> list[Question]:
    """Mark questions as handled and forget who asked them; return those that were open, with their askers.

    Each is returned to one caller only, so that no asker gets two replies.
    """
    these = and_(open_question.c.id.in_(list(ids)), open_question.c.handled_at.is_(None))
    found = _read(connection, these, now)
    nobody = {"person": None, "channel": None, "message": None, "handled_at": now}
    connection.execute(update(open_question).where(these).values(nobody))
    return found


def purge_questions(connection: Connection, now: int, limit: int) -> int:
    """Delete the questions and presses that are older than `KEPT_FOR`, and the counts that no report reads any more.

    At most `limit` of each; return how many.
    """
    # The school's day may be the one before or after.
    first = datetime.fromtimestamp(now, UTC).date() - timedelta(days=COUNTED_DAYS)
    deleted = 0
    for table, old in (
        (open_question, open_question.c.asked_at <= now - KEPT_FOR),
        (pressed_card, pressed_card.c.pressed_at <= now - KEPT_FOR),
        (question_count, question_count.c.day < first.isoformat()),
    ):
        key = tuple(table.primary_key)
        some = select(*key).where(old).limit(limit)
        deleted += connection.execute(delete(table).where(tuple_(*key).in_(some))).rowcount
    return deleted


def count(
    connection: Connection,
    day: date,
    what: Collection[Count],
    entry: str | None = None,
    course: str | None = None,
    press: Press | None = None,
) -> None:
    """Count one more of each; `day` is the school's. Nothing about the person or the words is stored.

    However often somebody presses on a card, it is rated once, and once it is said what was meant.
    """
    if press and not _is_first(connection, press, what):
        return
    for one in what:
        key = {"day": day.isoformat(), "what": one.value, "entry": entry or "", "course": course or ""}
        connection.execute(insert_if_new(connection, question_count).values(count=0, **key))
        this = and_(*(question_count.c[name] == value for name, value in key.items()))
        connection.execute(update(question_count).where(this).values(count=question_count.c.count + 1))


def read_counts(connection: Connection, first: date, last: date) -> list[Counted]:
    """Read what was counted on these days, first and last included."""
    days = question_count.c.day.between(first.isoformat(), last.isoformat())
    rows = select(question_count).where(days).order_by(*question_count.primary_key)
    return [
        Counted(
            day=date.fromisoformat(row["day"]),
            what=Count(row["what"]),
            entry=row["entry"] or None,
            course=row["course"] or None,
            count=row["count"],
        )
        for row in connection.execute(rows).mappings()
    ]


def _is_first(connection: Connection, press: Press, what: Collection[Count]) -> bool:
    about = "meaning" if RATINGS.isdisjoint(what) else "rating"
    row = insert_if_new(connection, pressed_card).values(message=press.card, about=about, pressed_at=press.at)
    return connection.execute(row).rowcount > 0


def _read(connection: Connection, where: Any, now: int) -> list[Question]:
    young = open_question.c.asked_at > now - KEPT_FOR
    newest = open_question.c.asked_at.desc(), open_question.c.id.desc()
    rows = connection.execute(select(open_question).where(where, young).order_by(*newest)).mappings()
    return [Question(**{**row, "why": Why(row["why"])}) for row in rows]
