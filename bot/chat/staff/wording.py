"""`Add wording`: another way of asking for an entry that is there, written into faq.yaml from Discord."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat import custom_ids
from bot.chat.cards import MANY_CHOICES, MAX_CHOICE, Button, cut
from bot.chat.escape import escape
from bot.chat.posted import said_in
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction
from bot.chat.staff import written
from bot.chat.staff.gate import StaffForm, StaffPressed
from bot.chat.staff.inbox import OfQuestion, question_of
from bot.content.edit import LONGEST_WORDING, add_wording
from bot.content.model import Entry
from bot.staff.preview import Kind, items

TITLE = "Add wording"
TO = "To which question?"
TO_HELP = "The likeliest first"
OTHER = "Or another one"
OTHER_HELP = "A few words of the question, if it is not in the list above"
WORDING = "The wording"
WORDING_HELP = "As a student would type it, without the course; shorten it if it is long"
NEW = "### A new wording for “{question}”"
SHOWN = "New wording: "
NO_SUCH = "There is no question with these words: {typed}"
GONE = "I no longer know that wording. Please add it again."


class AddWordingButton(OfQuestion, template=custom_ids.ADD_WORDING):
    async def press(self, interaction: Interaction) -> None:
        text, base = (await question_of(interaction, self.question)).text, interaction.client.assistant.knowledge
        form = WordingForm(self.question, _without_course(text, base), likeliest(text, base))
        await interaction.response.send_modal(form)


class WordingForm(StaffForm, title=TITLE):
    def __init__(self, question: int, wording: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.question = question
        options = [
            discord.SelectOption(label=cut(one.question, MAX_CHOICE), value=custom_ids.key(one.id), default=not number)
            for number, one in enumerate(entries[:MANY_CHOICES])
        ]
        self.entry = ui.Select[Any](options=options)
        self.other = ui.TextInput[Any](required=False, max_length=MAX_CHOICE)
        self.wording = ui.TextInput[Any](
            style=discord.TextStyle.paragraph, default=wording[:LONGEST_WORDING], max_length=LONGEST_WORDING
        )
        self.add_item(ui.Label(text=WORDING, description=WORDING_HELP, component=self.wording))
        self.add_item(ui.Label(text=TO, description=TO_HELP, component=self.entry))
        if len(entries) > MANY_CHOICES:
            self.add_item(ui.Label(text=OTHER, description=OTHER_HELP, component=self.other))

    async def submitted(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        entry = self._entry(interaction.client.assistant.knowledge)
        wording = " ".join(self.wording.value.split())
        edited, found = await written.judged(interaction, partial(add_wording, entry=entry.id, wording=wording))
        head = [NEW.format(question=entry.question), f"{SHOWN}{escape(wording, LONGEST_WORDING)}"]
        write: Button = ui.Button(
            label=written.WRITE,
            style=discord.ButtonStyle.primary,
            custom_id=custom_ids.write_wording(self.question, entry.id),
        )
        view = written.proposed(head, edited, found, [write], self.question)
        await interaction.edit_original_response(view=view)

    def _entry(self, base: KnowledgeBase) -> Entry:
        typed = (self.other.value or "").strip()
        if typed:
            named = [one.id for one in items(base, typed) if one.kind is Kind.ENTRY and not one.draft]
        else:
            named = [found for value in self.entry.values if (found := custom_ids.find(value, base.entries))]
        if not named:
            raise Gone(NO_SUCH.format(typed=escape(typed)))
        return base.entries[named[0]]


class WriteWordingButton(OfQuestion, template=custom_ids.WRITE_WORDING):
    """Writes what the card shows, so that it is the same over a restart."""

    async def press(self, interaction: Interaction) -> None:
        wording = said_in(interaction.message, SHOWN) if interaction.message else ""
        if not wording:
            raise Gone(GONE)
        change = partial(add_wording, entry=self.entry(interaction), wording=wording)
        await interaction.response.defer()
        await interaction.edit_original_response(view=await written.write(interaction, change, self.question))


BUTTONS: tuple[type[StaffPressed], ...] = (AddWordingButton, WriteWordingButton)


def likeliest(text: str, base: KnowledgeBase) -> list[Entry]:
    """All entries, those first that the matcher finds likeliest for a question."""
    ranked = [match.entry for match in base.matcher.rank(base.names.find(text).rest, MANY_CHOICES)]
    return [base.entries[one] for one in dict.fromkeys([*ranked, *base.entries]) if one in base.entries]


def _without_course(text: str, base: KnowledgeBase) -> str:
    """The question as it would be added; all of it, if it is nothing but the name of a course."""
    return " ".join(base.names.find(text).rest.split()).strip(" ,;:") or text
