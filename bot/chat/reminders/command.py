"""/reminders: one private panel with all that a person is reminded of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.chat.reminders.panels import panel_of
from bot.chat.replies import Interaction, is_private

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot


class Reminders(commands.Cog):
    """Opens the panel."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @app_commands.command(description="Reminders of courses, and deadlines and study times of your own")
    async def reminders(self, interaction: Interaction) -> None:
        await interaction.response.send_message(view=await panel_of(interaction), ephemeral=is_private(interaction))
