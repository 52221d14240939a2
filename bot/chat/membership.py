"""The servers in which the bot is: it leaves those it is not for, and says in a new one what is missing there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.chat.reminders import course_channels
from bot.chat.staff.greeting import greet
from bot.chat.staff.self_test import gaps
from bot.chat.staff.servers import lacking

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)


class Membership(commands.Cog):
    """Looks at a server when the bot comes online there, or joins it."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        if await self._stays(guild):
            await course_channels.try_again(self.bot.bell.desk, guild, self.bot.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        if await self._stays(guild):
            # That anybody may invite the bot is for the operator alone, and whoever has just done so need not read it.
            found = gaps(guild, self.bot.assistant.knowledge, self.bot.settings, public=False)
            await greet(guild, list(found), help_=self.bot.mention("help"), status=self.bot.mention("staff status"))

    async def _stays(self, guild: discord.Guild) -> bool:
        """Leave a server that the operator has not named, if they have named any; else log what it lacks."""
        settings = self.bot.settings
        if settings.servers and guild.id not in settings.servers:
            log.warning("server_left guild=%s: SERVERS does not name it", guild.id)
            await guild.leave()
            return False
        for problem in lacking(guild, self.bot.assistant.knowledge, settings.answer_channels):
            log.warning("server_lacks guild=%s %s", guild.id, problem)
        return True
