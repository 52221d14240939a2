"""Study partners: who looks for others in a course in a term, and the threads in which they meet."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, select

from bot.store.dialect import insert_if_new
from bot.store.people import add_person
from bot.store.tables import partner, partner_thread

KEPT_FOR = 400 * 86400
"""Seconds after which nobody looks for partners any more, as the term is long over."""


def join(connection: Connection, who: int, course: str, term: str, now: int) -> None:
    """Show a person to the others who have joined in this term; who has joined already stays."""
    add_person(connection, who, now)
    earlier = delete(partner).where(partner.c.person == who, partner.c.course == course, partner.c.term != term)
    connection.execute(earlier)
    connection.execute(insert_if_new(connection, partner).values(person=who, course=course, term=term, since=now))


def leave(connection: Connection, who: int, course: str) -> bool:
    """Show a person no more; False if they had not joined."""
    left = delete(partner).where(and_(partner.c.person == who, partner.c.course == course))
    return connection.execute(left).rowcount > 0


def partners(connection: Connection, course: str, term: str) -> list[int]:
    """Return who has joined in this term, the first first."""
    joined = select(partner.c.person).where(partner.c.course == course, partner.c.term == term)
    return list(connection.scalars(joined.order_by(partner.c.since, partner.c.person)))


def joined_by(connection: Connection, who: int) -> list[str]:
    """Return the courses for which a person looks or has looked for partners."""
    return list(connection.scalars(select(partner.c.course).where(partner.c.person == who).order_by(partner.c.course)))


def thread_of(connection: Connection, guild: int, course: str, term: str) -> int | None:
    """Return the thread of a course's partners in this server, if one was ever opened; it may be gone since."""
    thread = select(partner_thread.c.thread).where(
        partner_thread.c.guild == guild, partner_thread.c.course == course, partner_thread.c.term == term
    )
    return connection.scalar(thread)


def threads_of(connection: Connection, course: str) -> list[int]:
    """Return the threads of a course's partners in all servers and terms."""
    return list(connection.scalars(select(partner_thread.c.thread).where(partner_thread.c.course == course)))


def set_thread(connection: Connection, guild: int, course: str, term: str, thread: int) -> None:
    """Remember the thread of a course's partners in place of an earlier one."""
    earlier = delete(partner_thread).where(
        partner_thread.c.guild == guild, partner_thread.c.course == course, partner_thread.c.term == term
    )
    connection.execute(earlier)
    connection.execute(partner_thread.insert().values(guild=guild, course=course, term=term, thread=thread))


def purge_partners(connection: Connection, now: int) -> int:
    """Forget who joined so long ago that the term is over; count them."""
    return connection.execute(delete(partner).where(partner.c.since < now - KEPT_FOR)).rowcount
