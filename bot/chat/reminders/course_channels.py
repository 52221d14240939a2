"""The channels and roles that courses.yaml names, found in a server, so that courses are reminded there."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.places import channel_of, role_of
from bot.content.model import Course
from bot.reminders.desk import Desk


async def appoint(desk: Desk, guild: discord.Guild, base: KnowledgeBase, now: datetime) -> None:
    """Make the desk know exactly the courses' channels of this server, each with its role if there is one."""
    known = {one.course: one for one in await desk.channels(now) if one.guild == guild.id}
    found = {course.code: places for course in base.courses.values() if (places := _places(guild, course))}
    for course, (channel, role) in found.items():
        before = known.get(course)
        if before is None or (before.channel, before.role) != (channel, role):
            await desk.set_channel(guild.id, course, channel, role, now)
    for course in known.keys() - found.keys():
        await desk.remove_channel(guild.id, course, now)


async def try_again(desk: Desk, guild: discord.Guild, now: datetime) -> None:
    """Post again in this server's channels that once refused a message: rights may have been given since."""
    for one in await desk.channels(now):
        if one.guild == guild.id and one.closed_at is not None:
            await desk.set_channel(guild.id, one.course, one.channel, one.role, now)


def _places(guild: discord.Guild, course: Course) -> tuple[int, int | None] | None:
    channel, role = channel_of(course, guild), role_of(course, guild)
    return (channel.id, role.id if role else None) if channel else None
