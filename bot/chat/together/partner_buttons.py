"""What the buttons of study partners do. Each checks anew that whoever presses it sees the course's channel."""

from __future__ import annotations

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.pressing import Pressed
from bot.chat.replies import Interaction, is_private
from bot.chat.together.partner_cards import invitation, left_card, partners_card, shut_out
from bot.content.model import Course
from bot.reminders.desk import RefusedError

IN_THREAD = "You are in it now. Say hello there."


class PartnersButton(Pressed, template=custom_ids.PARTNERS):
    """Under a course's card."""

    async def press(self, interaction: Interaction) -> None:
        course = _course(self, interaction)
        await interaction.response.defer(ephemeral=is_private(interaction), thinking=True)
        await interaction.edit_original_response(view=await _opened(interaction, course))


class JoinButton(Pressed, template=custom_ids.JOIN_PARTNERS):
    async def press(self, interaction: Interaction) -> None:
        course, partners = _course(self, interaction), interaction.client.partners
        await interaction.response.defer()
        channel = await _place(interaction, course)
        await partners.join(course, channel, interaction.user.id)
        await interaction.edit_original_response(view=await _card(interaction, course, channel))


class LeaveButton(Pressed, template=custom_ids.LEAVE_PARTNERS):
    async def press(self, interaction: Interaction) -> None:
        course = self.known_course(interaction)
        await interaction.response.defer()
        still_in = await interaction.client.partners.leave(course, interaction.user.id)
        await interaction.edit_original_response(view=left_card(course, still_in))


class ThreadButton(Pressed, template=custom_ids.PARTNERS_THREAD):
    async def press(self, interaction: Interaction) -> None:
        course, partners = _course(self, interaction), interaction.client.partners
        await interaction.response.defer()
        channel = await _place(interaction, course)
        await partners.open_thread(course, channel, interaction.user.id)
        await interaction.edit_original_response(view=await _card(interaction, course, channel, IN_THREAD))


BUTTONS: tuple[type[Pressed], ...] = (PartnersButton, JoinButton, LeaveButton, ThreadButton)


def _course(button: Pressed, interaction: Interaction) -> Course:
    return interaction.client.assistant.knowledge.courses[button.known_course(interaction)]


async def _opened(interaction: Interaction, course: Course) -> ui.LayoutView:
    """The card of this person; who has joined and does not see the channel any more can still leave."""
    try:
        return await _card(interaction, course, await _place(interaction, course))
    except RefusedError as refusal:
        if await interaction.client.partners.has_joined(course, interaction.user.id):
            return shut_out(course.code, str(refusal))
        raise


async def _place(interaction: Interaction, course: Course) -> discord.TextChannel:
    """The course's channel, once it is known that this person sees it."""
    return await interaction.client.partners.place(course, interaction.user, interaction.guild)


async def _card(
    interaction: Interaction, course: Course, channel: discord.TextChannel, note: str = ""
) -> ui.LayoutView:
    partners, who = interaction.client.partners, interaction.user.id
    if not await partners.has_joined(course, who):
        return invitation(course, channel)
    others = await partners.others(course, channel, who)
    return partners_card(course.code, others, await partners.thread(course, channel), note)
