"""The channels in which courses are reminded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, delete, select, update

from bot.store.dialect import insert_if_new
from bot.store.people import read_told
from bot.store.records import CourseChannel, To
from bot.store.tables import course_channel


def set_channel(connection: Connection, guild: int, course: str, channel: int, role: int | None, now: int) -> None:
    """Remind a course in this channel, with this role's ping or none. A new channel counts from now."""
    where = _of(guild, course)
    row = {"guild": guild, "course": course, "channel": channel, "role": role, "since": now}
    connection.execute(insert_if_new(connection, course_channel).values(row))
    elsewhere = and_(where, course_channel.c.channel != channel)
    connection.execute(update(course_channel).where(elsewhere).values(channel=channel, since=now))
    connection.execute(update(course_channel).where(where).values(role=role, closed_at=None))


def remove_channel(connection: Connection, guild: int, course: str) -> bool:
    """Remind a course in no channel of this server any more; False if there was none."""
    return connection.execute(delete(course_channel).where(_of(guild, course))).rowcount > 0


def channel_closed(connection: Connection, channel: int, now: int) -> None:
    """Remember that Discord refused a message in this channel; nothing more is tried there until it is set again."""
    refused = update(course_channel).where(course_channel.c.channel == channel)
    connection.execute(refused.values(closed_at=now))


def read_channels(connection: Connection, now: int, channel: int | None = None) -> list[CourseChannel]:
    """Read the courses' channels, all or this one, with what was lately told in them."""
    rows = select(course_channel).order_by(course_channel.c.guild, course_channel.c.course)
    if channel is not None:
        rows = rows.where(course_channel.c.channel == channel)
    found = connection.execute(rows).all()
    told = read_told(connection, To.CHANNEL, {row.channel for row in found}, now)
    return [
        CourseChannel(
            guild=row.guild,
            course=row.course,
            channel=row.channel,
            role=row.role,
            since=row.since,
            closed_at=row.closed_at,
            told=told.get(row.channel, {}),
        )
        for row in found
    ]


def _of(guild: int, course: str) -> Any:
    return and_(course_channel.c.guild == guild, course_channel.c.course == course)
