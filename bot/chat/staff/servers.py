"""What the files name and a Discord server lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import discord

from bot.answering.knowledge_base import KnowledgeBase

NO_CHANNELS = "channels={names}: the files or ANSWER_CHANNELS name them. Create them, or correct the names."
NO_ROLES = "roles={names}: courses.yaml names them. Create them, or correct the names."

NO_PING = (
    "roles={names}: I cannot mention them, so nobody is pinged. Allow anyone to mention them, or give me the "
    "permission to mention all roles."
)


def lacking(guild: discord.Guild, knowledge: KnowledgeBase, answer_channels: Iterable[str]) -> Iterator[str]:
    """Say, in at most one line for channels and two for roles, which are named and missing or cannot be pinged."""
    courses = knowledge.courses.values()
    contacts = [knowledge.contact(), *(course.contact for course in courses if course.contact)]
    channels = [*(course.channel for course in courses), *(one.channel for one in contacts), *answer_channels]
    if names := _missing(channels, (channel.name for channel in guild.channels)):
        yield NO_CHANNELS.format(names=names)
    if names := _missing((course.role for course in courses), (role.name for role in guild.roles)):
        yield NO_ROLES.format(names=names)
    roles = {(course.role or "").casefold() for course in courses}
    if mute := [role.name for role in guild.roles if role.name.casefold() in roles and not _may_mention(role)]:
        yield NO_PING.format(names=", ".join(mute))


def _may_mention(role: discord.Role) -> bool:
    return role.mentionable or role.guild.me.guild_permissions.mention_everyone


def _missing(wanted: Iterable[str | None], there: Iterable[str]) -> str:
    known = {name.casefold() for name in there}
    return ", ".join(dict.fromkeys(name for name in wanted if name and name.casefold() not in known))
