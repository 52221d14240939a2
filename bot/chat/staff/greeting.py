"""The one message in a server that the bot has just joined: what it lacks there, and where staff go on."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.chat.cards import clip, layout
from bot.chat.staff.self_test import Gap

HELLO = (
    "### Hello, I'm {me}\n"
    "I answer questions about courses and about studying online, and remind of sessions and deadlines: see {help_}."
)
STAFF = "-# For staff: {status} shows this list again, at any time, and only to you."
ALL_THERE = "✅ Nothing is missing here: I can start."
LACKING = "Before I can do all of it, somebody who manages this server needs to see to this:"


async def greet(guild: discord.Guild, found: Sequence[Gap], *, help_: str, status: str) -> None:
    """Post the message where the server wants such messages, or else in the first channel that I may write in.

    If there is none, nobody is greeted, as nobody is written to in private.
    """
    channel = _place(guild)
    if channel is None:
        return
    hello = HELLO.format(me=guild.me.display_name, help_=help_)
    lacking = "\n".join([LACKING, *map(str, found)]) if found else ALL_THERE
    await channel.send(view=layout([hello, clip(lacking), STAFF.format(status=status)]), silent=True)


def _place(guild: discord.Guild) -> discord.TextChannel | None:
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id))]
    return next((one for one in channels if one is not None and _may_write(one)), None)


def _may_write(channel: discord.TextChannel) -> bool:
    mine = channel.permissions_for(channel.guild.me)
    return mine.view_channel and mine.send_messages
