"""What every form has in common: whatever fails in it ends in words for the person."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.failures import apologise


class Form(ui.Modal):
    """A form whose failures are told and logged like those of a command."""

    async def on_error(  # type: ignore[override] # discord.py's own Modal narrows it in the same way
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        await apologise(interaction, error, type(self).__name__)
