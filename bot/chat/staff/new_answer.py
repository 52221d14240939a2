"""`New answer`: a question that is new to faq.yaml, with its answer, written there from Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat import custom_ids
from bot.chat.cards import MANY_CHOICES, MAX_CHOICE, Button, clip, cut
from bot.chat.pressing import Gone
from bot.chat.replies import Interaction
from bot.chat.staff import written
from bot.chat.staff.gate import StaffForm, StaffPressed
from bot.chat.staff.inbox import OfQuestion, question_of
from bot.content.edit import LONGEST_QUESTION, LONGEST_WORDING, NewEntry, add_entry
from bot.content.schema import LONGEST_ANSWER

TITLE = "New answer"
QUESTION = "The question"
QUESTION_HELP = "As students see it in lists and above the answer"
ALSO = "Other ways of asking it"
ALSO_HELP = "One a line; new words help most"
ANSWER = "The answer"
ANSWER_HELP = "In plain text or Markdown. No dates and no links: they belong in courses.yaml"
TOPIC = "Listed under"
NEW = "### {question}\n{answer}"
TYPE_AGAIN = "Too much time has passed, or I have been restarted. Please type it again."
LONGEST_SHOWN = 900
LONGEST_WORDINGS = 1_000


@dataclass
class Typed:
    """What was typed into the form."""

    question: str
    also_asked: str = ""
    answer: str = ""
    topic: str | None = None

    def entry(self) -> NewEntry:
        also = tuple(line.strip() for line in self.also_asked.splitlines() if line.strip())
        return NewEntry(question=self.question, answer=self.answer, also_asked=also, topic=self.topic)


class NewAnswerButton(OfQuestion, template=custom_ids.NEW_ANSWER):
    """Opens the form: with what this person typed for it before, or with what was asked.

    What was asked stays a wording, whatever staff make of the question: nothing is closer to how students ask.
    """

    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        asked = await question_of(interaction, self.question)
        text = " ".join(asked.text.split())
        typed = bot.drafts.find(interaction.user.id, Typed, self.question) or Typed(
            question=text[:LONGEST_QUESTION], also_asked=text if len(text) <= LONGEST_WORDING else ""
        )
        form = AnswerForm(self.question, typed, topics(bot.assistant.knowledge))
        await interaction.response.send_modal(form)


class AnswerForm(StaffForm, title=TITLE):
    def __init__(self, question: int, typed: Typed, known: Sequence[str]) -> None:
        super().__init__()
        self.number = question
        long = discord.TextStyle.paragraph
        self.question = ui.TextInput[Any](default=typed.question, max_length=LONGEST_QUESTION)
        self.also = ui.TextInput[Any](
            style=long, required=False, default=typed.also_asked or None, max_length=LONGEST_WORDINGS
        )
        self.answer = ui.TextInput[Any](style=long, default=typed.answer or None, max_length=min(LONGEST_ANSWER, 4000))
        options = [
            discord.SelectOption(
                label=cut(topic, MAX_CHOICE), value=custom_ids.key(topic), default=topic == typed.topic
            )
            for topic in known[:MANY_CHOICES]
        ]
        self.known = known
        self.topic = ui.Select[Any](options=options, required=False, min_values=0)
        self.add_item(ui.Label(text=QUESTION, description=QUESTION_HELP, component=self.question))
        self.add_item(ui.Label(text=ALSO, description=ALSO_HELP, component=self.also))
        self.add_item(ui.Label(text=ANSWER, description=ANSWER_HELP, component=self.answer))
        if options:
            self.add_item(ui.Label(text=TOPIC, component=self.topic))

    async def submitted(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        chosen = next(iter(self.topic.values), "")
        typed = Typed(
            question=self.question.value,
            also_asked=self.also.value or "",
            answer=self.answer.value,
            topic=custom_ids.find(chosen, self.known),
        )
        interaction.client.drafts.keep(interaction.user.id, typed, self.number)
        edited, found = await written.judged(interaction, partial(add_entry, new=typed.entry()))
        again: Button = ui.Button(label=written.CHANGE, custom_id=custom_ids.of_question("answer", self.number))
        write: Button = ui.Button(
            label=written.WRITE,
            style=discord.ButtonStyle.primary,
            custom_id=custom_ids.of_question("write-answer", self.number),
        )
        head = [clip(NEW.format(question=typed.question.strip(), answer=typed.answer.strip()), LONGEST_SHOWN)]
        view = written.proposed(head, edited, found, [write, again], self.number)
        await interaction.edit_original_response(view=view)


class WriteAnswerButton(OfQuestion, template=custom_ids.WRITE_ANSWER):
    async def press(self, interaction: Interaction) -> None:
        typed = interaction.client.drafts.find(interaction.user.id, Typed, self.question)
        if typed is None:
            raise Gone(TYPE_AGAIN)
        await interaction.response.defer()
        view = await written.write(interaction, partial(add_entry, new=typed.entry()), self.question)
        await interaction.edit_original_response(view=view)


BUTTONS: tuple[type[StaffPressed], ...] = (NewAnswerButton, WriteAnswerButton)


def topics(base: KnowledgeBase) -> list[str]:
    """The groups in which questions are listed."""
    return list(dict.fromkeys(one.topic for one in base.faq.entries if one.topic))
