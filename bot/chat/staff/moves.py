"""Changed dates of which nobody was told yet: staff see whom an edit will message, and let it go or hold it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import Button, clip, with_buttons
from bot.chat.escape import escape
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction
from bot.chat.staff.gate import StaffPressed
from bot.chat.staff.message import StaffMessage
from bot.chat.watch import Watch
from bot.content.model import Course
from bot.reminders.batch_words import channels, in_words, told_in_words
from bot.reminders.moves import Batch
from bot.reminders.reconcile import TakenUp
from bot.store.occurrences import read_these

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

TITLE = "**Changed dates**"
LONGEST = 2_000
NOTHING = "Everybody has been told of all dates as they are in the file."
TAKEN_BACK = "↩️ Taken back before anybody was told."
SEND_NOW = "Send now"
HOLD = "Hold"
CONFIRM = "Confirm"
CHANGED = (
    "These changes are not as they were when this was written. My newest message about them says how they are now."
)


class Moves(Watch):
    """Keeps a message in each server's staff channel while there are changes of which nobody was told yet."""

    interval = 2.0

    def __init__(self, bot: SchoolbellBot) -> None:
        super().__init__(bot)
        self._message = StaffMessage(bot, TITLE, is_it=lambda message: bool(message.components))
        self._looked_at: TakenUp | None = None
        self._shown: tuple[Batch, ...] = ()
        self._outcomes: list[str] = []
        self._let_go_by: dict[str, str] = {}
        self._turn = asyncio.Lock()

    async def look(self) -> None:
        taken_up = self._bot.bell.courier.taken_up
        if taken_up is not self._looked_at:  # it is taken up anew every minute, also where staff could not be told
            await self.refresh()
            self._looked_at = taken_up

    async def refresh(self) -> tuple[str, list[Button]]:
        """Make the messages say what is about to be told, or what became of it, and return that."""
        async with self._turn:
            batches = await self._bot.bell.board.pending(self._bot.now())
            self._outcomes += [await self._outcome(one) for one in self._shown if not _any_of(one, batches)]
            for batch in batches:
                if batch.held and not any(one.held and one.mark == batch.mark for one in self._shown):
                    log.warning("moves_held changes=%d people=%d", len(batch.changes), batch.people)
            self._shown = batches
            courses = self._bot.assistant.knowledge.courses
            worth_telling = [one for one in batches if one.held or one.people or channels(one, courses)]
            text, buttons = described(worth_telling, courses, self._outcomes)
            told = await self._message.show(text, buttons, start=bool(worth_telling))
            if told and not batches:
                self._message.leave()
                self._outcomes.clear()
            return text, buttons

    def let_go(self, mark: str, person: str) -> None:
        """Remember who let the batch with this mark go."""
        self._let_go_by[mark] = person

    async def _outcome(self, batch: Batch) -> str:
        rows = await self._bot.database.run(read_these, [change.key for change in batch.changes])
        told = [one for one in batch.changes if one.key in rows and rows[one.key].told == one.after]
        person = self._let_go_by.pop(batch.mark, "")
        return told_in_words(batch, self._bot.assistant.knowledge.courses, person) if told else TAKEN_BACK


class TellButton(StaffPressed, template=custom_ids.TELL_MOVES):
    async def press(self, interaction: Interaction) -> None:
        bot, mark = interaction.client, self.said["mark"]
        if not await bot.bell.board.send_now(mark, bot.now()):
            raise Gone(CHANGED)
        _cog(bot).let_go(mark, escape(interaction.user.display_name, 40))
        await _show_anew(interaction)


class HoldButton(StaffPressed, template=custom_ids.HOLD_MOVES):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        if not await bot.bell.board.hold(self.said["mark"], bot.now()):
            raise Gone(CHANGED)
        await _show_anew(interaction)


BUTTONS: tuple[type[StaffPressed], ...] = (TellButton, HoldButton)


async def show(interaction: Interaction) -> None:
    """Answer the command that asks what is about to be told."""
    bot = interaction.client
    text, buttons = described(await bot.bell.board.pending(bot.now()), bot.assistant.knowledge.courses)
    await interaction.response.send_message(text, view=with_buttons(buttons), ephemeral=True)


def described(
    batches: Iterable[Batch], courses: Mapping[str, Course], outcomes: Sequence[str] = ()
) -> tuple[str, list[Button]]:
    """Word what is about to be told, with the buttons by which staff decide on it, and what became of what was."""
    parts = [*outcomes]
    buttons: list[Button] = []
    for batch in batches:
        parts.append(in_words(batch, courses))
        label, style = (CONFIRM if batch.held else SEND_NOW), discord.ButtonStyle.primary
        buttons.append(ui.Button(label=label, style=style, custom_id=custom_ids.tell_moves(batch.mark)))
        if not batch.held:
            buttons.append(ui.Button(label=HOLD, custom_id=custom_ids.hold_moves(batch.mark)))
    return clip("\n".join([TITLE, *(parts or [NOTHING])]), LONGEST), buttons


async def _show_anew(interaction: Interaction) -> None:
    """Let the bell look at once, and show what has come of it wherever it is shown."""
    bot, message = interaction.client, interaction.message
    await interaction.response.defer()
    bot.bell.plan.restart()
    text, buttons = await _cog(bot).refresh()
    if message is not None and message.flags.ephemeral:
        await interaction.edit_original_response(content=text, view=with_buttons(buttons))


def _cog(bot: SchoolbellBot) -> Moves:
    cog = bot.get_cog(Moves.__name__)
    if not isinstance(cog, Moves):
        raise TypeError(Moves.__name__)
    return cog


def _any_of(batch: Batch, batches: Iterable[Batch]) -> bool:
    """Whether something of a batch still waits to be told."""
    waiting = {change.key for one in batches for change in one.changes}
    return any(change.key in waiting for change in batch.changes)
