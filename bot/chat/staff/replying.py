"""`Reply`: an answer by hand to those who asked, where they asked; what was asked in private is answered in private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.escape import escape, is_blank
from bot.chat.failures import CONNECTION_ERRORS, is_final
from bot.chat.forms import NO_WORDS
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction
from bot.chat.staff.gate import StaffForm, StaffPressed
from bot.chat.staff.inbox import OfQuestion, group_of, listed
from bot.reminders.post import Opened, Sent, TryAgain
from bot.store.questions import Asked, Question, handle, keep

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

TITLE = "Reply to who asked"
TEXT = "Your answer"
TEXT_HELP = "They read that it is from you. It is sent by direct message, or as a reply where they asked."
LONGEST = 1_500
MANY = 20
"""So many are written to at a time; nobody's inbox is flooded, and Discord is not in a hurry."""
PRIVATE = "You asked: “{question}”\n\n{text}\n-# Answered by {person}, {school}"
PUBLIC = "{text}\n-# Answered by {person}, {school}"
PEOPLE = {1: "1 person"}
SO_MANY_PEOPLE = "{count} people"
STILL_OPEN = "{count} more have asked the same; reply again to reach them, too."


class Came(Enum):
    """What came of a reply."""

    SENT = "sent"
    NEVER = "never"
    NOT_NOW = "not now"


SAID = {
    Came.SENT: "✅ Sent to {count}.",
    Came.NEVER: "{count} could not be reached: their direct messages are closed, or what they wrote is gone.",
    Came.NOT_NOW: "{count} could not be reached just now, because Discord is in trouble. That is still in the inbox.",
}


class ReplyButton(OfQuestion, template=custom_ids.REPLY):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(ReplyForm(self.question))


class ReplyForm(StaffForm, title=TITLE):
    def __init__(self, question: int) -> None:
        super().__init__()
        self.question = question
        self.text = ui.TextInput[Any](style=discord.TextStyle.paragraph, max_length=LONGEST)
        self.add_item(ui.Label(text=TEXT, description=TEXT_HELP, component=self.text))

    async def submitted(self, interaction: Interaction) -> None:
        if is_blank(self.text.value):
            raise Gone(NO_WORDS)
        await interaction.response.defer()
        group = await group_of(interaction, self.question)
        came = await answer(interaction.client, group.ids[:MANY], self.text.value.strip(), interaction.user)
        lines = [SAID[result].format(count=_people(came[result])) for result in Came if came[result]]
        lines += [STILL_OPEN.format(count=group.count - MANY)] if group.count > MANY else []
        await interaction.edit_original_response(view=await listed(interaction, 0, "\n".join(lines)))


BUTTONS: tuple[type[StaffPressed], ...] = (ReplyButton,)


async def answer(bot: SchoolbellBot, ids: Iterable[int], text: str, staff: discord.abc.User) -> Counter[Came]:
    """Bring the answer to who asked these questions, in private once to each; what cannot be sent now stays open."""
    came = Counter[Came]()
    told: set[int | None] = set()
    for number in ids:
        # Each is taken just before, so that two of staff at once do not write to the same person.
        for question in await bot.database.run(handle, [number], int(bot.now().timestamp())):
            if question.message is None and question.person in told:
                continue
            told.add(question.person)
            result = await send(bot, question, text, staff)
            came[result] += 1
            if result is Came.NOT_NOW:
                await bot.database.run(keep, _asked(question), question.asked_at)
    return came


async def send(bot: SchoolbellBot, question: Question, text: str, staff: discord.abc.User) -> Came:
    """Bring the answer to who asked, where they asked."""
    said = {
        "text": text,
        "person": escape(staff.display_name, 60),
        "school": bot.assistant.knowledge.school.school.name,
    }
    if question.message is not None and question.channel is not None:
        message = bot.get_partial_messageable(question.channel).get_partial_message(question.message)
        try:
            await message.reply(PUBLIC.format(**said))
        except CONNECTION_ERRORS as error:
            return Came.NEVER if is_final(error) else Came.NOT_NOW
        return Came.SENT
    result = await bot.bell.poster.open(question.person or 0)
    if isinstance(result, Opened):
        written = PRIVATE.format(question=escape(question.text), **said)
        answer = await bot.bell.poster.write(result.channel, written)
        if isinstance(answer, Sent):
            return Came.SENT
        return Came.NOT_NOW if isinstance(answer, TryAgain) else Came.NEVER
    return Came.NOT_NOW if isinstance(result, TryAgain) else Came.NEVER


def _asked(question: Question) -> Asked:
    """The question as it was before it was taken."""
    return Asked(
        text=question.text,
        why=question.why,
        person=question.person or 0,
        channel=question.channel,
        guild=question.guild,
        message=question.message,
        entry=question.entry,
        course=question.course,
    )


def _people(count: int) -> str:
    return PEOPLE.get(count, SO_MANY_PEOPLE.format(count=count))
