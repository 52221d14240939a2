"""Who may use the staff desk. Discord hides /staff from students; here it is checked again, at each action."""

from __future__ import annotations

from typing import Any

import discord

from bot.chat.forms import Form, turn_down
from bot.chat.pressing import Gone, Pressed
from bot.chat.replies import Interaction, is_staff, say

STAFF_ONLY = "That is for staff: it takes the permission *Manage Server* or *Manage Messages* in this server."


async def admitted(interaction: discord.Interaction[Any]) -> bool:
    """Whether a member of staff acts here; anybody else is told so, and offered nothing while typing.

    What counts is a permission in the whole server: who may manage the messages of one channel is not staff.
    """
    person = interaction.user
    if isinstance(person, discord.Member) and is_staff(person.guild_permissions):
        return True
    if interaction.type is discord.InteractionType.autocomplete:
        await interaction.response.autocomplete([])
    else:
        await say(interaction, STAFF_ONLY)
    return False


class StaffPressed(Pressed, template="(?!)"):
    """A button or menu that does nothing for anybody but staff, whoever has made it appear."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        return await admitted(interaction)


class StaffForm(Form):
    """A form of which nothing is read unless staff have sent it."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        return await super().interaction_check(interaction) and await admitted(interaction)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        try:
            await self.submitted(interaction)
        except Gone as refusal:
            await turn_down(interaction, str(refusal))

    async def submitted(self, interaction: Interaction) -> None:
        """Do what was typed; raises Gone with a sentence where that cannot be done."""
        raise NotImplementedError
