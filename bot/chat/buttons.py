"""What pressing a button does. Each works after a restart, because its custom_id holds all that it needs.

A button on a public card works for everybody: for the person whose question it was, and for staff, it replaces the
card; to anybody else it answers privately.
"""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.answering.outcomes import Answer
from bot.answering.suits import Preferences
from bot.chat import custom_ids, feedback, privacy
from bot.chat.asked import asked_in, counted, declined, place_of, place_of_message
from bot.chat.cards import course_buttons, schedule_buttons
from bot.chat.failures import CONNECTION_ERRORS, is_final
from bot.chat.forms import Form
from bot.chat.posted import question_in, shown_by, without
from bot.chat.pressing import COURSE_GONE, Gone, Pressed
from bot.chat.reminders import buttons as reminder_buttons
from bot.chat.reminders import panel_buttons
from bot.chat.replies import Interaction, asker_of, is_private, is_staff, reply, say
from bot.chat.staff import buttons as staff_buttons
from bot.chat.together import partner_buttons
from bot.store.questions import Count

OUTDATED = "That button is from an older version of me and no longer works. Please ask again."
NOT_YOURS = "Only the person who asked and staff can remove this answer."
REMOVED = "The answer is removed."
CANNOT_POST = "I cannot write in this channel, so only you can see the answer."
CALENDAR = "Open this file to add the dates of {courses} to your calendar."
SUITS_TITLE = "Which format suits me?"
WEEK_CHANGES = "Does your week change from one to the next?"
LIKES_LIVE = "Do you like live discussion?"
WANTS_ROUTINE = "Do you want a fixed routine?"
PREFERENCES = {"Yes": True, "No": False, "No preference": None}

MANY_DAYS = 30
"""How far ahead the schedule under a course's card looks."""


class AnswerButton(Pressed, template=custom_ids.ANSWER):
    """One of "did you mean", or the course that an answer depends on."""

    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        entry, course = self.entry(interaction), self.course(interaction)
        outcome = bot.assistant.answer(entry, await asker_of(interaction, course), now=bot.now())
        # With a course, the question was counted when it was asked which one is meant.
        if course is None and self.is_for(interaction):
            await counted(bot, [Count.ANSWERED], entry, card=interaction.message)
        actions = course_buttons(outcome, bot.assistant.knowledge)
        # What was picked from the list is not said on the card, as it is the title.
        asked = _asked(interaction) or bot.assistant.knowledge.entries[entry].question
        private = int(self.said["asker"]) == custom_ids.NOBODY
        await self.settle(interaction, outcome, actions=actions, question=asked if private else "")


class NoneButton(Pressed, template=custom_ids.NONE_OF_THESE):
    """What was asked goes to staff, if the person who asked it says so."""

    async def press(self, interaction: Interaction) -> None:
        bot, asker, asked = interaction.client, int(self.said["asker"]), _asked(interaction)
        outcome = bot.assistant.none_of_these()
        if asker == custom_ids.NOBODY:
            outcome = await declined(bot, asked, outcome, place_of(interaction), interaction.message)
        elif asker == interaction.user.id and (message := await _replied_to(interaction)):
            outcome = await declined(bot, asked_in(message), outcome, place_of_message(message), interaction.message)
        await self.settle(interaction, outcome, question=asked)


class RelatedButton(Pressed, template=custom_ids.RELATED):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        asker = await asker_of(interaction, self.course(interaction))
        outcome = bot.assistant.answer(self.entry(interaction), asker, now=bot.now())
        await reply(interaction, outcome, actions=course_buttons(outcome, bot.assistant.knowledge))


class CourseButton(Pressed, template=custom_ids.COURSE):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        outcome = bot.assistant.course(self.course(interaction), asker=await asker_of(interaction), now=bot.now())
        await self.settle(interaction, outcome, actions=course_buttons(outcome, bot.assistant.knowledge))


class ScheduleButton(Pressed, template=custom_ids.SCHEDULE):
    async def press(self, interaction: Interaction) -> None:
        bot, days = interaction.client, int(self.said["days"]) or None
        outcome = bot.assistant.schedule(self.course(interaction), days, await asker_of(interaction), now=bot.now())
        await self.settle(interaction, outcome, actions=schedule_buttons(outcome))


class DatesButton(Pressed, template=custom_ids.DATES):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        outcome = bot.assistant.schedule(
            self.course(interaction), MANY_DAYS, await asker_of(interaction), now=bot.now()
        )
        await reply(interaction, outcome, actions=schedule_buttons(outcome))


class SeeDatesButton(DatesButton, template=custom_ids.SEE_DATES):
    """Under a notice that dates have changed."""


class CalendarButton(Pressed, template=custom_ids.CALENDAR):
    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        whole = bot.assistant.schedule(self.course(interaction), None, await asker_of(interaction), now=bot.now())
        if not isinstance(whole, Answer):
            raise Gone(COURSE_GONE)
        name = re.sub(r"[^\w-]+", "-", "_".join(whole.courses))[:60]
        file = discord.File(BytesIO(bot.assistant.calendar(whole.courses, now=bot.now())), f"{name}.ics")
        text = CALENDAR.format(courses=", ".join(whole.courses))
        await interaction.response.send_message(text, file=file, ephemeral=is_private(interaction))


class ShowButton(Pressed, template=custom_ids.SHOW):
    async def press(self, interaction: Interaction) -> None:
        message, channel = interaction.message, interaction.channel
        if message is None or not isinstance(channel, discord.abc.Messageable):
            raise Gone(CANNOT_POST)
        await interaction.response.edit_message(view=without(message, custom_ids.SHOW))
        try:
            # Discord drops a second message with the same nonce, so that a double click shows the answer once.
            await channel.send(view=shown_by(message, interaction.user), nonce=f"s{message.id}")
        except discord.HTTPException as error:
            if not is_final(error):
                raise
            await interaction.followup.send(CANNOT_POST, ephemeral=True)


class RemoveButton(Pressed, template=custom_ids.REMOVE):
    async def press(self, interaction: Interaction) -> None:
        if int(self.said["asker"]) != interaction.user.id and not is_staff(interaction.permissions):
            await say(interaction, NOT_YOURS)
            return
        await interaction.response.defer()
        if interaction.message is not None:
            with suppress(discord.NotFound):  # pressed twice
                await interaction.message.delete()
        await interaction.followup.send(REMOVED, ephemeral=True)


class SuitsButton(Pressed, template=custom_ids.SUITS):
    async def press(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(SuitsForm())


class SuitsForm(Form, title=SUITS_TITLE):
    """Three questions about oneself."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = [_three_way(text) for text in (WEEK_CHANGES, LIKES_LIVE, WANTS_ROUTINE)]
        for question in self.questions:
            self.add_item(question)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        week_changes, likes_live, wants_routine = (_chosen(question) for question in self.questions)
        preferences = Preferences(week_changes=week_changes, likes_live=likes_live, wants_routine=wants_routine)
        await reply(interaction, interaction.client.assistant.suits(preferences))


BUTTONS: tuple[type[Pressed], ...] = (
    AnswerButton,
    NoneButton,
    RelatedButton,
    CourseButton,
    ScheduleButton,
    DatesButton,
    SeeDatesButton,
    CalendarButton,
    ShowButton,
    RemoveButton,
    SuitsButton,
    *feedback.BUTTONS,
    *reminder_buttons.BUTTONS,
    *panel_buttons.BUTTONS,
    *partner_buttons.BUTTONS,
    *privacy.BUTTONS,
    *staff_buttons.BUTTONS,
)


def is_known(custom_id: str) -> bool:
    """Whether a button with this custom_id still does something."""
    return any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in BUTTONS)


def _asked(interaction: Interaction) -> str:
    """What was typed to get a private card."""
    return question_in(interaction.message) if interaction.message else ""


async def _replied_to(interaction: Interaction) -> discord.Message | None:
    """The message to which a public card is the reply, if it can still be read."""
    card, channel = interaction.message, interaction.channel
    number = card.reference.message_id if card and card.reference else None
    if number is None or not isinstance(channel, discord.abc.Messageable):
        return None
    try:
        return await channel.fetch_message(number)
    except CONNECTION_ERRORS:
        return None


def _three_way(text: str) -> ui.Label[Any]:
    options = [discord.RadioGroupOption(label=label, value=label) for label in PREFERENCES]
    return ui.Label(text=text, component=ui.RadioGroup(options=options))


def _chosen(question: ui.Label[Any]) -> bool | None:
    group = question.component
    return PREFERENCES.get(group.value or "") if isinstance(group, ui.RadioGroup) else None
