"""What the bot lacks in a server to do all that the files and the settings ask of it, and what to click to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.places import channel_of, with_messages
from bot.chat.staff.servers import missing_channels, missing_roles, mute_roles
from bot.chat.together.partners import missing_permissions
from bot.settings import Settings

GAP = "- {what}\n  -# {mend}"
NO_CHANNELS = "There is no channel {names}, which the files or the settings name."
CREATE_CHANNELS = "Create it (the + beside the list of channels), or correct the name."
NO_ROLES = "There is no role {names}, which courses.yaml names."
CREATE_ROLES = "Create it under *Server Settings > Roles*, or correct the name in the file."
NO_PING = "I cannot ping {names}, so a course's reminder in its channel rings for nobody."
ALLOW_PING = "*Server Settings > Roles*, choose the role, and switch on *Allow anyone to @mention this role*."
NO_ENTRY = "In {channels} I lack: {permissions}."
ALLOW_ENTRY = "*Edit Channel* (the cog wheel beside its name) *> Permissions*: add **{me}**, and allow these."
NO_THREADS = "In {channels} study partners cannot open a private thread, as I lack: {permissions}."
NO_EVENTS = "I lack *Create Events*, so live sessions are not shown among the events of the server."
ALLOW_EVENTS = "*Server Settings > Roles*, choose **{role}**, and allow *Create Events*."
DEAF = "I do not hear what is said in {channels}, because the message-content intent is off."
ALLOW_HEARING = "The operator sets MESSAGE_CONTENT=true; the README says what to switch on in the developer portal."
PUBLIC = "Anybody can invite me to a server of their own, and would be staff there: they could read what students ask."
MAKE_PRIVATE = (
    "The operator switches that off in Discord's developer portal: *Installation > Install Link: None*, then "
    "*Bot > Public Bot*; or names the servers in which I stay in SERVERS."
)

WRITE = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
}
IN_FORUMS = {
    "view_channel": "View Channel",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is lacking, in a sentence, and how to mend it."""

    what: str
    mend: str

    def __str__(self) -> str:
        return GAP.format(what=self.what, mend=self.mend)


def gaps(guild: discord.Guild, base: KnowledgeBase, settings: Settings, *, public: bool) -> Iterator[Gap]:
    """Find what is lacking in this server. `public`: anybody may invite the bot, and it would stay."""
    places = [*settings.answer_channels, *([settings.staff_channel] if settings.staff_channel else [])]
    if public:
        yield Gap(what=PUBLIC, mend=MAKE_PRIVATE)
    if names := missing_channels(guild, base, places):
        yield Gap(what=NO_CHANNELS.format(names=_named(names, "#")), mend=CREATE_CHANNELS)
    if names := missing_roles(guild, base):
        yield Gap(what=NO_ROLES.format(names=_named(names, "@")), mend=CREATE_ROLES)
    if names := mute_roles(guild, base):
        yield Gap(what=NO_PING.format(names=_named(names, "@")), mend=ALLOW_PING)
    yield from _closed(guild, base, places)
    if settings.answer_channels and not settings.message_content:
        channels = _named(sorted(settings.answer_channels), "#")
        yield Gap(what=DEAF.format(channels=channels), mend=ALLOW_HEARING)
    if settings.scheduled_events and not guild.me.guild_permissions.create_events:
        yield Gap(what=NO_EVENTS, mend=ALLOW_EVENTS.format(role=guild.me.top_role.name))
    yield from _without_threads(guild, base)


def _closed(guild: discord.Guild, base: KnowledgeBase, places: list[str]) -> Iterator[Gap]:
    """Tell of the channels in which the bot has to write and may not, by what is lacking there."""
    wanted = {name.casefold() for name in [*places, *(one.channel or "" for one in base.courses.values())]}
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for channel in with_messages(guild):
        if channel.name.casefold() in wanted:
            needed = IN_FORUMS if isinstance(channel, discord.ForumChannel) else WRITE
            given = channel.permissions_for(guild.me)
            if missing := ", ".join(f"*{label}*" for name, label in needed.items() if not getattr(given, name)):
                lacking[missing].append(channel.mention)
    for permissions, channels in lacking.items():
        what = NO_ENTRY.format(channels=", ".join(channels), permissions=permissions)
        yield Gap(what=what, mend=ALLOW_ENTRY.format(me=guild.me.display_name))


def _without_threads(guild: discord.Guild, base: KnowledgeBase) -> Iterator[Gap]:
    """Tell of the courses' channels in which study partners could not meet, by what is lacking there."""
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for channel in dict.fromkeys(one for course in base.courses.values() if (one := channel_of(course, guild))):
        if missing := ", ".join(f"*{label}*" for label in missing_permissions(channel)):
            lacking[missing].append(channel.mention)
    for permissions, channels in lacking.items():
        what = NO_THREADS.format(channels=", ".join(channels), permissions=permissions)
        yield Gap(what=what, mend=ALLOW_ENTRY.format(me=guild.me.display_name))


def _named(names: list[str], sign: str) -> str:
    return ", ".join(f"**{sign}{name}**" for name in names)
