"""One message of the bot in each server's staff channel, kept true over edits and restarts, which never pings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.chat.cards import Button, with_buttons
from bot.chat.failures import CONNECTION_ERRORS
from bot.chat.places import named

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

LOOKED_BACK = 100
"""Messages of the staff channel among which the bot looks for its own of before a restart."""
PAUSE = timedelta(minutes=1)
"""How long to leave a server alone after staff could not be told there."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class StaffMessage:
    """The message that begins with `title`. `is_it` tells it from earlier ones after a restart, which stay as they are.

    It is edited in place, unless it has to be seen anew.
    """

    def __init__(
        self, bot: SchoolbellBot, title: str, is_it: Callable[[discord.Message], bool] = lambda _: True
    ) -> None:
        self._bot = bot
        self._title = title
        self._is_it = is_it
        self._looks_back = True
        self._shown: dict[int, tuple[str, ...]] = {}
        self._messages: dict[int, discord.Message] = {}
        self._not_before: dict[int, datetime] = {}

    async def show(
        self,
        text: str,
        buttons: Sequence[Button] = (),
        *,
        anew: Callable[[str], bool] = lambda _: False,
        start: bool = True,
    ) -> bool:
        """Make the message say this, and return whether all servers with a staff channel show it now.

        `anew` is given what it says so far, and tells whether to move it to the channel's end. Without `start` nothing
        is written where there is no message yet. What fails is tried again when this is called after a minute.
        """
        wanted = (text, *(str(button.custom_id) for button in buttons))
        name = self._bot.settings.staff_channel
        places = [(guild, channel) for guild in self._bot.guilds if (channel := named(name, guild.text_channels))]
        for guild, channel in places:
            if self._shown.get(guild.id) == wanted or self._bot.now() < self._not_before.get(guild.id, LONG_AGO):
                continue
            try:
                await self._show(channel, text, buttons, anew, start=start)
            except CONNECTION_ERRORS as error:
                self._not_before[guild.id] = self._bot.now() + PAUSE
                log.warning("staff_not_told guild=%s error=%s", guild.id, type(error).__name__)
            else:
                self._shown[guild.id] = wanted
        return all(self._shown.get(guild.id) == wanted for guild, _ in places)

    def leave(self) -> None:
        """Let the messages stay as they are; what is shown next comes in new ones."""
        self._messages.clear()
        self._shown.clear()
        self._looks_back = False

    async def _show(
        self,
        channel: discord.TextChannel,
        text: str,
        buttons: Sequence[Button],
        anew: Callable[[str], bool],
        *,
        start: bool,
    ) -> None:
        guild = channel.guild.id
        message = self._messages.get(guild) or (await self._of_before(channel) if self._looks_back else None)
        if message is None and not start:
            return
        if message is not None and not anew(message.content):
            with suppress(discord.NotFound):  # staff have removed it
                self._messages[guild] = await message.edit(content=text, view=with_buttons(buttons))
                return
        self._messages[guild] = await channel.send(text, view=with_buttons(buttons), silent=True)
        if message is not None:
            with suppress(discord.NotFound):
                await message.delete()

    async def _of_before(self, channel: discord.TextChannel) -> discord.Message | None:
        """Find the message that this bot left there before it was restarted."""
        async for message in channel.history(limit=LOOKED_BACK):
            mine = message.author == channel.guild.me and message.content.startswith(self._title)
            if mine and self._is_it(message):
                return message
        return None
