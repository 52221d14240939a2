"""What looks at something again and again while the bot runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import discord
from discord.ext import commands, tasks

from bot.chat.failures import record

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

MISSED = timedelta(seconds=10)


class Watch(commands.Cog):
    """Looks every `interval` seconds from when Discord is ready. One look that fails is logged, and the next comes."""

    interval: ClassVar[float]

    def __init__(self, bot: SchoolbellBot) -> None:
        self._bot = bot
        self._loop = tasks.loop(seconds=self.interval)(self._guarded)
        self._loop.before_loop(bot.wait_until_ready)

    async def look(self) -> None:
        """Look once, and act on what is found."""
        raise NotImplementedError

    async def cog_load(self) -> None:
        self._loop.start()

    async def cog_unload(self) -> None:
        self._loop.cancel()

    async def _guarded(self) -> None:
        try:
            await self.look()
        except Exception as error:  # noqa: BLE001 # discord.py ends a loop at any error that it does not know
            record(error, type(self).__name__)
        skip_what_was_missed(self._loop)


def skip_what_was_missed(loop: tasks.Loop[Any]) -> None:
    """After the machine has slept, discord.py would make up for every turn of a loop; one is enough."""
    if loop.next_iteration is not None and loop.next_iteration + MISSED < discord.utils.utcnow():
        loop.restart()
