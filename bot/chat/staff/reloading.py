"""Edits of the two files, taken up while the bot runs, and told to staff in one message that never pings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.chat.places import named
from bot.chat.staff.message import StaffMessage
from bot.chat.watch import Watch
from bot.content.problems import Level, Problem
from bot.knowledge.library import Library
from bot.knowledge.status import BROKEN, TITLE, status

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

NO_CHANNEL = "server_lacks guild={guild} channel={name}: STAFF_CHANNEL names it. Create it, or correct the name."


class Reloading(Watch):
    """Looks at the files every few seconds, and keeps one message in each server's staff channel true.

    The message is edited in place; only new trouble moves it to the end of the channel, where it is seen.
    """

    interval = 2.0

    def __init__(self, bot: SchoolbellBot, library: Library) -> None:
        super().__init__(bot)
        self._library = library
        opened = library.loaded
        self._status = status(opened.problems, opened.failed_examples, None)
        self.started_at = bot.now()
        self.taken_up_at: datetime | None = None
        """When a change was last taken up, if one was since the start."""
        self.broken_since = self._broken(opened.problems, {})
        """The files that cannot be used as they are, and since when; since the start, if they were so before."""
        self._worth_telling = bool(opened.problems or opened.failed_examples)
        self._message = StaffMessage(bot, TITLE)
        self._without_channel: set[int] = set()

    @property
    def text(self) -> str:
        """What is wrong in the files, or what was last taken up, in Markdown."""
        return self._status.text

    async def look(self) -> None:
        await self._take_up()
        self._warn_of_missing_channel()
        broken = self._status.broken
        await self._message.show(
            self._status.text, anew=lambda before: broken and BROKEN not in before, start=self._worth_telling
        )

    def _warn_of_missing_channel(self) -> None:
        name = self._bot.settings.staff_channel
        for guild in self._bot.guilds if name else ():
            if named(name, guild.text_channels) is None and guild.id not in self._without_channel:
                self._without_channel.add(guild.id)
                log.warning(NO_CHANNEL.format(guild=guild.id, name=name))

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
