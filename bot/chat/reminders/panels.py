"""The panel of the person who presses something in it."""

from __future__ import annotations

from discord import ui

from bot.chat.reminders.panel import panel
from bot.chat.replies import Interaction, asker_of


async def panel_of(interaction: Interaction, note: str = "") -> ui.LayoutView:
    """Lay out the panel of this person; `note` is what has just happened."""
    bot = interaction.client
    now = bot.now()
    overview = await bot.bell.desk.overview(interaction.user.id, now)
    offered = bot.assistant.suggest_courses("", await asker_of(interaction))
    return panel(overview, bot.assistant.knowledge, offered, now, note)


async def show(interaction: Interaction, note: str = "") -> None:
    """Put the panel, as it is now, in the place of what was pressed."""
    await interaction.response.edit_message(view=await panel_of(interaction, note))
