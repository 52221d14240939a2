"""The channels and roles that the files and the settings name, found in a server, and what the bot may do there.

Capitals in a name make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import discord

from bot.content.model import Course

Named = TypeVar("Named", bound=discord.abc.GuildChannel | discord.Role)


def named(name: str | None, among: Iterable[Named]) -> Named | None:
    """Find what has this name; None if there is nothing, or no name."""
    wanted = (name or "").casefold()
    return next((one for one in among if wanted and one.name.casefold() == wanted), None)


def channel_of(course: Course, guild: discord.Guild) -> discord.TextChannel | None:
    """Find the channel that courses.yaml names for a course."""
    return named(course.channel, guild.text_channels)


def role_of(course: Course, guild: discord.Guild) -> discord.Role | None:
    """Find the role that courses.yaml names for a course."""
    return named(course.role, guild.roles)


def may_reply(message: discord.Message) -> bool:
    """Whether the bot may reply to a message where it was written; yes where that cannot be told, or is no server."""
    channel = message.channel
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return True
    mine = channel.permissions_for(channel.guild.me)
    writes = mine.send_messages_in_threads if isinstance(channel, discord.Thread) else mine.send_messages
    return writes and mine.read_message_history


def with_messages(guild: discord.Guild) -> list[discord.abc.GuildChannel]:
    """All channels but the headings above them, which may have the name of a course, too."""
    return [one for one in guild.channels if not isinstance(one, discord.CategoryChannel)]
