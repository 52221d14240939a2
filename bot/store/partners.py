"""Study partners: who looks for others in a course, and the thread in which they meet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from bot.store.dialect import insert_if_new
from bot.store.people import add_person
from bot.store.tables import partner, partner_thread


def join(connection: Connection, who: int, course: str, now: int) -> None:
    """Show a person to the others who have joined; who has joined already stays."""
    add_person(connection, who, now)
    connection.execute(insert_if_new(connection, partner).values(person=who, course=course, since=now))


def leave(connection: Connection, who: int, course: str) -> bool:
    """Show a person no more; False if they had not joined."""
    left = delete(partner).where(and_(partner.c.person == who, partner.c.course == course))
    return connection.execute(left).rowcount > 0


def partners(connection: Connection, course: str) -> list[int]:
    """Return who has joined, the first first."""
    joined = select(partner.c.person).where(partner.c.course == course)
    return list(connection.scalars(joined.order_by(partner.c.since, partner.c.person)))


def joined_by(connection: Connection, who: int) -> list[str]:
    """Return the courses for which a person looks for partners."""
    return list(connection.scalars(select(partner.c.course).where(partner.c.person == who).order_by(partner.c.course)))


def thread_of(connection: Connection, guild: int, course: str) -> int | None:
    """Return the thread of a course's partners in this server, if one was ever opened; it may be gone since."""
    return connection.scalar(select(partner_thread.c.thread).where(_in(guild, course)))


def threads_of(connection: Connection, course: str) -> list[int]:
    """Return the threads of a course's partners in all servers."""
    return list(connection.scalars(select(partner_thread.c.thread).where(partner_thread.c.course == course)))


def set_thread(connection: Connection, guild: int, course: str, thread: int) -> None:
    """Remember the thread of a course's partners in place of an earlier one."""
    connection.execute(delete(partner_thread).where(_in(guild, course)))
    connection.execute(partner_thread.insert().values(guild=guild, course=course, thread=thread))


def _in(guild: int, course: str) -> ColumnElement[bool]:
    return and_(partner_thread.c.guild == guild, partner_thread.c.course == course)
