"""What the files name and a Discord server lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.places import Named, named, role_of, with_messages

NO_CHANNELS = "channels={names}: the files or ANSWER_CHANNELS name them. Create them, or correct the names."
NO_ROLES = "roles={names}: courses.yaml names them. Create them, or correct the names."

NO_PING = (
    "roles={names}: I cannot mention them, so nobody is pinged. Allow anyone to mention them, or give me the "
    "permission to mention all roles."
)


def lacking(guild: discord.Guild, knowledge: KnowledgeBase, answer_channels: Iterable[str]) -> Iterator[str]:
    """Say, in at most one line for channels and two for roles, which are named and missing or cannot be pinged."""
    if names := missing_channels(guild, knowledge, answer_channels):
        yield NO_CHANNELS.format(names=", ".join(names))
    if names := missing_roles(guild, knowledge):
        yield NO_ROLES.format(names=", ".join(names))
    if names := mute_roles(guild, knowledge):
        yield NO_PING.format(names=", ".join(names))


def missing_channels(guild: discord.Guild, knowledge: KnowledgeBase, others: Iterable[str] = ()) -> list[str]:
    """Name the channels that courses and contacts have in the files, and `others`, and that the server has not."""
    courses = knowledge.courses.values()
    contacts = [knowledge.contact(), *(course.contact for course in courses if course.contact)]
    wanted = [*(course.channel for course in courses), *(one.channel for one in contacts), *others]
    return _missing(wanted, with_messages(guild))


def missing_roles(guild: discord.Guild, knowledge: KnowledgeBase) -> list[str]:
    """Name the roles that courses have in the file and that the server has not."""
    return _missing((course.role for course in knowledge.courses.values()), guild.roles)


def mute_roles(guild: discord.Guild, knowledge: KnowledgeBase) -> list[str]:
    """Name the courses' roles that the bot may not mention."""
    roles = dict.fromkeys(role_of(course, guild) for course in knowledge.courses.values())
    return [role.name for role in roles if role and not _may_mention(role)]


def _may_mention(role: discord.Role) -> bool:
    return role.mentionable or role.guild.me.guild_permissions.mention_everyone


def _missing(wanted: Iterable[str | None], there: Sequence[Named]) -> list[str]:
    return list(dict.fromkeys(name for name in wanted if name and named(name, there) is None))
