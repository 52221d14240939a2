"""Reminders of a course switched on and off by a button, and the buttons under a reminder."""

from __future__ import annotations

import discord
from discord import ui

from bot.answering.moments import stamp
from bot.chat import custom_ids
from bot.chat.cards import REMIND_ME, with_buttons
from bot.chat.pressing import Pressed
from bot.chat.reminders.leads import of_course
from bot.chat.reminders.panel import muted_until
from bot.chat.reminders.poster import DONE
from bot.chat.replies import Interaction, is_private
from bot.reminders.desk import Overview, Route

FOLLOWED = "I remind you of **{course}** by direct message: {when}. {next}{hitch}"
HOW_TO_STOP = "-# Stop with the button below. Change it at any time with {reminders}."
NEXT = "The next reminder: {moment}."
NOTHING_SOON = "Nothing is coming up yet."
HITCHES = {
    Route.OFF: "\nBut your direct messages from me are switched off: switch them on with {reminders}.",
    Route.CLOSED: "\nBut Discord does not let me write to you: {reminders} says how to change that.",
}
MUTED = "\nBut it is muted until <t:{until}:f>: {reminders} ends that."
STOP = "Stop these reminders"
STOPPED = "I remind you of **{course}** no more."
SNOOZED = "-# Snoozed until {moment}."
TICKED_OFF = "-# Done: no more reminders of this one."
_NOTES = ("-# Snoozed ", "-# Done: ")


class FollowButton(Pressed, template=custom_ids.FOLLOW):
    """Under an answer about a course."""

    async def press(self, interaction: Interaction) -> None:
        bot, course = interaction.client, self.known_course(interaction)
        await bot.bell.follow(interaction.user.id, course)
        overview = await bot.bell.desk.overview(interaction.user.id, bot.now(), limit=1, course=course)
        text, view = _followed(interaction, course, overview), _button(STOP, custom_ids.unfollow(course))
        await interaction.response.send_message(text, view=view, ephemeral=is_private(interaction))
        await bot.bell.open(interaction)


class MeTooButton(FollowButton, template=custom_ids.ME_TOO):
    """Under a reminder in a course's channel."""


class UnderNoticeButton(FollowButton, template=custom_ids.UNDER_NOTICE):
    """Under what staff have posted in a course's channel."""


class UnfollowButton(Pressed, template=custom_ids.UNFOLLOW):
    async def press(self, interaction: Interaction) -> None:
        bot, course = interaction.client, self.known_course(interaction)
        await bot.bell.desk.unfollow(interaction.user.id, course, bot.now())
        view = _button(REMIND_ME, custom_ids.follow(course))
        await interaction.response.edit_message(content=STOPPED.format(course=course), view=view)


class SnoozeButton(Pressed, template=custom_ids.SNOOZE):
    async def press(self, interaction: Interaction) -> None:
        bot, delivery, minutes = interaction.client, int(self.said["delivery"]), int(self.said["minutes"])
        until = await bot.bell.desk.snooze(interaction.user.id, delivery, minutes, bot.now())
        await interaction.response.edit_message(content=_noted(interaction, SNOOZED.format(moment=stamp(until, "f"))))


class DoneButton(Pressed, template=custom_ids.DONE):
    async def press(self, interaction: Interaction) -> None:
        bot, delivery = interaction.client, int(self.said["delivery"])
        await bot.bell.desk.done(interaction.user.id, delivery, bot.now())
        # The button stays, as the message is known by it.
        view = _button(DONE, custom_ids.done(delivery), disabled=True)
        await interaction.response.edit_message(content=_noted(interaction, TICKED_OFF), view=view)


BUTTONS: tuple[type[Pressed], ...] = (
    FollowButton,
    MeTooButton,
    UnderNoticeButton,
    UnfollowButton,
    SnoozeButton,
    DoneButton,
)


def _followed(interaction: Interaction, course: str, overview: Overview) -> str:
    bot = interaction.client
    offsets = next((one.offsets for one in overview.person.follows if one.course == course), None)
    moment = next((f"<t:{one.reminder.fire_at}:F>" for one in overview.upcoming), None)
    reminders = bot.mention("reminders")
    until = muted_until(overview.person, course, bot.now())
    text = FOLLOWED.format(
        course=course,
        when=of_course(bot.assistant.knowledge.courses[course], offsets),
        next=NEXT.format(moment=moment) if moment else NOTHING_SOON,
        hitch=HITCHES.get(overview.route, "").format(reminders=reminders),
    )
    if until:
        text += MUTED.format(until=until, reminders=reminders)
    return f"{text}\n{HOW_TO_STOP.format(reminders=reminders)}"


def _button(label: str, custom_id: str, *, disabled: bool = False) -> ui.View:
    return with_buttons([ui.Button(label=label, custom_id=custom_id, disabled=disabled)])


def _noted(interaction: Interaction, note: str) -> str:
    """The text of the reminder with this note instead of an earlier one."""
    lines = interaction.message.content.splitlines() if isinstance(interaction.message, discord.Message) else []
    return "\n".join([*(line for line in lines if not line.startswith(_NOTES)), note])
