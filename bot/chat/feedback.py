"""What a person can say of a private answer: that it helped, or that it was not quite what they asked for."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.answering.answers import ENTRY_GONE
from bot.answering.outcomes import Unknown
from bot.chat import custom_ids
from bot.chat.asked import PASSED_ON, counted, passed_on, place_of
from bot.chat.cards import ASKED, MAX_ASKED, Button, card, cut, layout
from bot.chat.escape import escape, is_blank
from bot.chat.forms import NO_WORDS, Form, turn_down
from bot.chat.posted import question_in, without
from bot.chat.pressing import Gone, Pressed
from bot.chat.replies import Interaction, is_private
from bot.store.questions import Count, Why

OTHERS = {
    0: "Thank you for saying so. I know nothing closer to it.",
    1: "Thank you for saying so. Is it this?",
    2: "Thank you for saying so. Is it one of these?",
}
TO_STAFF = "Ask staff"
THANKS = "-# Thank you."
SMALL = "-# "
NOT_PASSED = "I could not pass your question on just now. Please try again in a minute, or ask {contact}"
FORM = "Ask staff"
TEXT = "What would you like to know?"
TEXT_HELP = "Staff read this, and may answer you in a direct message."
LONGEST = 1_000
NO_QUESTION = "I no longer know what you asked. Please ask again."


class _Feedback(Pressed, template="(?!)"):
    """A button under an answer, or under the name of an office that has it."""

    def entry(self, interaction: Interaction) -> str:
        base = interaction.client.assistant.knowledge
        found = custom_ids.find(self.said["entry"], [*base.entries, *base.elsewhere])
        if found is None:
            raise Gone(ENTRY_GONE)
        return found

    def asked(self, interaction: Interaction) -> str:
        """What was typed to get this answer; if it was picked from a list, the question of its entry."""
        base, entry = interaction.client.assistant.knowledge, self.entry(interaction)
        title = base.entries[entry].question if entry in base.entries else base.elsewhere[entry].topic
        return (question_in(interaction.message) if interaction.message else "") or title


class HelpedButton(_Feedback, template=custom_ids.HELPED):
    async def press(self, interaction: Interaction) -> None:
        entry, course = self.entry(interaction), self.course(interaction)
        view = _rated(interaction)
        view.add_item(ui.TextDisplay(THANKS))
        await interaction.response.edit_message(view=view)
        await counted(interaction.client, [Count.HELPED], entry, course, interaction.message)


class NotQuiteButton(_Feedback, template=custom_ids.NOT_QUITE):
    """Offers the next likely entries beside the answer, and to ask staff."""

    async def press(self, interaction: Interaction) -> None:
        entry, course, asked = self.entry(interaction), self.course(interaction), self.asked(interaction)
        await interaction.response.edit_message(view=_rated(interaction))
        others = interaction.client.assistant.others(asked, entry, max(OTHERS))
        buttons: list[Button] = [
            ui.Button(label=cut(one.question), custom_id=custom_ids.related(one.entry, course)) for one in others
        ]
        staff: Button = ui.Button(label=TO_STAFF, custom_id=custom_ids.pass_on(entry, course))
        said = f"{ASKED}{escape(asked, MAX_ASKED)}"
        view = layout([said, OTHERS[len(others)]], rows=[[*buttons], [staff]])
        await interaction.followup.send(view=view, ephemeral=is_private(interaction))
        await counted(interaction.client, [Count.NOT_QUITE], entry, course, interaction.message)


class PassOnButton(_Feedback, template=custom_ids.PASS_ON):
    async def press(self, interaction: Interaction) -> None:
        form = QuestionForm(self.asked(interaction), self.entry(interaction), self.course(interaction))
        await interaction.response.send_modal(form)


class QuestionForm(Form, title=FORM):
    """What staff get to read: what was asked, or what the person makes of it."""

    def __init__(self, asked: str, entry: str, course: str | None) -> None:
        super().__init__()
        self.entry, self.course = entry, course
        self.text = ui.TextInput[Any](style=discord.TextStyle.paragraph, default=asked[:LONGEST], max_length=LONGEST)
        self.add_item(ui.Label(text=TEXT, description=TEXT_HELP, component=self.text))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, asked = interaction.client, self.text.value
        place = place_of(interaction)
        if is_blank(asked):
            await turn_down(interaction, NO_WORDS)
        elif await passed_on(bot, asked, Why.NOT_QUITE, place, entry=self.entry, course=self.course):
            outcome = Unknown(text=PASSED_ON.removeprefix(SMALL))
            await interaction.response.edit_message(view=card(outcome, question=asked))
        else:
            await turn_down(interaction, NOT_PASSED.format(contact=bot.assistant.contact()))


BUTTONS: tuple[type[Pressed], ...] = (HelpedButton, NotQuiteButton, PassOnButton)


def _rated(interaction: Interaction) -> ui.LayoutView:
    """The answer without the two buttons."""
    if not isinstance(interaction.message, discord.Message):
        raise Gone(NO_QUESTION)
    return without(interaction.message, *custom_ids.FEEDBACK)
