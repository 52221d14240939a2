"""After an outage in which students missed something, staff read once from when to when, and how many were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.staff.message import StaffMessage
from bot.chat.watch import Watch
from bot.store.records import Outage
from bot.store.uptime import last_outage

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

LATELY = 86400
"""So many seconds after it an outage is still news."""
TITLE = "**I was away**"
WORDS = "{title} from {began} to {ended}. {students} missed a reminder of something that is over by now, and {told}."
STUDENTS = {1: "1 student"}
SO_MANY_STUDENTS = "{count:,} students"
TOLD = {1: "reads in one message what it was"}
TOLD_EACH = "each reads in one message what it was"


class Outages(Watch):
    """Keeps a message about the last outage, whose number grows as long as students are still being told."""

    interval = 60.0

    def __init__(self, bot: SchoolbellBot) -> None:
        super().__init__(bot)
        self._outage: Outage | None = None
        self._message = self._new()

    async def look(self) -> None:
        outage = await self._bot.database.run(last_outage)
        if outage and outage.missed_by and self._bot.now().timestamp() < outage.ended + LATELY:
            if self._outage is None or self._outage.began != outage.began:
                self._message = self._new()
            self._outage = outage
            await self._message.show(in_words(outage))

    def _new(self) -> StaffMessage:
        """Make the message of one outage; one that was written before a restart is known by its beginning."""
        return StaffMessage(
            self._bot, TITLE, is_it=lambda message: self._outage is not None and _since(self._outage) in message.content
        )


def in_words(outage: Outage) -> str:
    """Say when the bot was not at work, and how many students missed something."""
    count = outage.missed_by
    return WORDS.format(
        title=TITLE,
        began=_since(outage),
        ended=f"<t:{outage.ended}:f>",
        students=STUDENTS.get(count, SO_MANY_STUDENTS.format(count=count)),
        told=TOLD.get(count, TOLD_EACH),
    )


def _since(outage: Outage) -> str:
    return f"<t:{outage.began}:f>"
