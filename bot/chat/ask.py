"""Questions in free text: /ask, the message menu, direct messages and mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answering.outcomes import Outcome
from bot.assistant import Asker
from bot.chat.asked import place_of, place_of_message, settled, without_mentions
from bot.chat.cards import MAX_CHOICE, card, course_buttons, cut
from bot.chat.failures import CONNECTION_ERRORS, SORRY, is_final, offers_nothing_on_failure, record
from bot.chat.listening import Listening
from bot.chat.places import may_reply
from bot.chat.replies import (
    Interaction,
    asker_in,
    asker_of,
    following_of,
    is_settled,
    is_staff,
    reply,
    say,
    slow_down,
    too_fast,
)

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

POSTED = "Posted as a reply to that message."
NO_WORDS = "There are no words in that message that I could answer."
CANNOT_POST = (
    "I am not allowed to reply in this channel. Let me see it, write in it and read its history, then try again."
)
GONE = "That message is gone, or its thread is closed, so I could not reply to it."

_SAID_BY_PEOPLE = {discord.MessageType.default, discord.MessageType.reply}


class Ask(commands.Cog):
    """Answers who asks; and who did not, where the operator wants it."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot
        self.listening = Listening(bot)
        self.menu = app_commands.ContextMenu(name="Answer this", callback=self.answer_this)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(description="Ask a question about your course or about studying online")
    @app_commands.describe(question="Your question in your own words, or pick one from the list")
    async def ask(self, interaction: Interaction, question: str) -> None:
        if not await slow_down(interaction):
            await self._answer(interaction, question)

    @ask.autocomplete("question")
    @offers_nothing_on_failure
    async def complete(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        questions = [cut(found.question, MAX_CHOICE) for found in self.bot.assistant.suggest_questions(typed)]
        return [app_commands.Choice(name=question, value=question) for question in dict.fromkeys(questions)]

    async def answer_this(self, interaction: Interaction, message: discord.Message) -> None:
        """A student gets the answer privately; staff post it as a reply to the message."""
        question = without_mentions(message.content)
        if not question:
            await say(interaction, NO_WORDS)
        elif await slow_down(interaction):
            return
        elif interaction.guild_id is not None and is_staff(interaction.permissions):
            await self._answer_for(interaction, message, question)
        else:
            await self._answer(interaction, question)

    async def _answer(self, interaction: Interaction, question: str) -> None:
        said = self.bot.assistant.ask(question, await asker_of(interaction), now=self.bot.now())
        outcome = await settled(self.bot, question, said, place_of(interaction))
        await self._show(interaction, outcome, question)

    async def _answer_for(self, interaction: Interaction, message: discord.Message, question: str) -> None:
        """Answer somebody else where they asked; what is not sure, staff see alone."""
        asker = _anonymous(asker_in(message.author, interaction.channel))
        outcome = self.bot.assistant.ask(question, asker, now=self.bot.now()).outcome
        if not is_settled(outcome):
            await self._show(interaction, outcome, question)
            return
        await interaction.response.defer(ephemeral=True)
        said = await _posted(message, card(outcome, asker=message.author.id))
        await interaction.edit_original_response(content=said)

    async def _show(self, interaction: Interaction, outcome: Outcome, question: str) -> None:
        actions = course_buttons(outcome, self.bot.assistant.knowledge)
        await reply(interaction, outcome, question=question, actions=actions)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer in direct messages and where the bot is mentioned; consider it where it listens."""
        if message.author.bot or message.webhook_id or message.type not in _SAID_BY_PEOPLE:
            return
        if not may_reply(message):
            return
        addressed = message.guild is None or self.bot.user in message.mentions
        try:
            await (self.answer_message(message) if addressed else self.listening.consider(message))
        except Exception as error:  # noqa: BLE001 # the next message must be answered whatever this one did
            reference = record(error, "on_message")
            if addressed:
                await self._say(message, SORRY.format(reference=reference))

    async def answer_message(self, message: discord.Message) -> None:
        """Answer a direct message, or a mention with a reply that everyone sees."""
        now, person = self.bot.now(), message.author
        if seconds := self.bot.pace.wait(person.id, now):
            if self.bot.pace.may_tell(person.id, now):
                await self._say(message, too_fast(now, seconds))
            return
        question = without_mentions(message.content)
        asker = asker_in(person, message.channel, following=await following_of(self.bot, person.id))
        said = self.bot.assistant.ask(question, asker, now=now)
        outcome = await settled(self.bot, question, said, place_of_message(message))
        actions = course_buttons(outcome, self.bot.assistant.knowledge)
        if message.guild is None:
            await message.channel.send(view=card(outcome, actions=actions, question=question))
        else:
            view = card(outcome, asker=person.id, actions=actions)
            await message.channel.send(view=view, reference=message.to_reference(fail_if_not_exists=False))

    async def _say(self, message: discord.Message, text: str) -> None:
        try:
            await message.channel.send(text, reference=message.to_reference(fail_if_not_exists=False))
        except CONNECTION_ERRORS as error:
            record(error, "apology")


async def _posted(message: discord.Message, view: ui.LayoutView) -> str:
    """Reply to a message, and say what came of it."""
    try:
        # Discord drops a second message with the same nonce, so that two of staff at once answer it once.
        await message.reply(view=view, nonce=f"a{message.id}")
    except discord.HTTPException as error:
        if not is_final(error):
            raise
        return CANNOT_POST if isinstance(error, discord.Forbidden) else GONE
    return POSTED


def _anonymous(asker: Asker) -> Asker:
    """Somebody of whom nothing is remembered: staff answer for them, they did not ask."""
    return Asker(channel=asker.channel, roles=asker.roles)
