"""Edits of the two files, taken up while the bot runs, and told to staff in one message that never pings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import discord
from discord.ext import commands, tasks

from bot.chat.failures import CONNECTION_ERRORS, record
from bot.chat.reminders.bell import skip_what_was_missed
from bot.content.problems import Level, Problem
from bot.knowledge.library import Library
from bot.knowledge.status import BROKEN, TITLE, status

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

SECONDS = 2.0
LOOKED_BACK = 100
"""Messages of the staff channel among which the bot looks for its own of before a restart."""
PAUSE = timedelta(minutes=1)
"""How long to leave a server alone after staff could not be told there."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)

NO_CHANNEL = "server_lacks guild={guild} channel={name}: STAFF_CHANNEL names it. Create it, or correct the name."


class Reloading(commands.Cog):
    """Looks at the files every few seconds, and keeps one message in each server's staff channel true.

    The message is edited in place; only new trouble moves it to the end of the channel, where it is seen.
    """

    def __init__(self, bot: SchoolbellBot, library: Library) -> None:
        self._bot = bot
        self._library = library
        opened = library.loaded
        self._status = status(opened.problems, opened.failed_examples, None)
        self.started_at = bot.now()
        self.taken_up_at: datetime | None = None
        """When a change was last taken up, if one was since the start."""
        self.broken_since = self._broken(opened.problems, {})
        """The files that cannot be used as they are, and since when; since the start, if they were so before."""
        self._worth_telling = bool(opened.problems or opened.failed_examples)
        self._told: dict[int, str] = {}
        self._messages: dict[int, discord.Message] = {}
        self._not_before: dict[int, datetime] = {}

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    @property
    def text(self) -> str:
        """What is wrong in the files, or what was last taken up, in Markdown."""
        return self._status.text

    @tasks.loop(seconds=SECONDS)
    async def look(self) -> None:
        try:
            await self._take_up()
            await self._tell_staff()
        except Exception as error:  # noqa: BLE001 # the next edit must be seen all the same
            record(error, "reloading")
        skip_what_was_missed(self.look)

    @look.before_loop
    async def _until_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _take_up(self) -> None:
        """Swap in what was saved. Reading takes some tenths of a second, so another thread does it."""
        reloaded = await asyncio.to_thread(self._library.poll)
        if reloaded is None:
            return
        self._bot.assistant.knowledge = reloaded.knowledge
        log.info("content_reloaded problems=%d changes=%s", len(reloaded.problems), reloaded.summary or "none")
        was_broken = self._status.broken
        self._status = status(reloaded.problems, reloaded.failed_examples, reloaded.summary, was_broken=was_broken)
        self.broken_since = self._broken(reloaded.problems, self.broken_since)
        if reloaded.summary or not self._status.broken:
            self.taken_up_at = self._bot.now()
        self._worth_telling = True

    def _broken(self, problems: Sequence[Problem], before: Mapping[str, datetime]) -> dict[str, datetime]:
        files = {problem.file for problem in problems if problem.level is Level.ERROR}
        return {file: before.get(file, self._bot.now()) for file in sorted(files)}

    async def _tell_staff(self) -> None:
        name = self._bot.settings.staff_channel
        for guild in self._bot.guilds if name else ():
            if self._told.get(guild.id) == self._status.text or self._bot.now() < self._not_before.get(
                guild.id, LONG_AGO
            ):
                continue
            channel = discord.utils.get(guild.text_channels, name=name)
            try:
                if channel is not None:
                    await self._tell(channel)
                else:
                    log.warning(NO_CHANNEL.format(guild=guild.id, name=name))
            except CONNECTION_ERRORS as error:
                self._not_before[guild.id] = self._bot.now() + PAUSE
                log.warning("staff_not_told guild=%s error=%s", guild.id, type(error).__name__)
            else:
                self._told[guild.id] = self._status.text

    async def _tell(self, channel: discord.TextChannel) -> None:
        """Make the message say what is so now; new trouble comes as a new message, and the old one goes."""
        text, guild = self._status.text, channel.guild.id
        message = self._messages.get(guild) or await self._of_before(channel)
        if message is None and not self._worth_telling:
            return
        if message is not None and (BROKEN in message.content or not self._status.broken):
            with suppress(discord.NotFound):  # staff have removed it
                self._messages[guild] = await message.edit(content=text)
                return
        self._messages[guild] = await channel.send(text, silent=True)
        if message is not None:
            with suppress(discord.NotFound):
                await message.delete()

    async def _of_before(self, channel: discord.TextChannel) -> discord.Message | None:
        """Find the message that this bot left there before it was restarted."""
        async for message in channel.history(limit=LOOKED_BACK):
            if message.author == channel.guild.me and message.content.startswith(TITLE):
                return message
        return None
