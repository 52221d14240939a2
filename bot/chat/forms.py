"""What every form has in common: whatever fails in it ends in words for the person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord import ui

from bot.chat.escape import escape
from bot.chat.failures import apologise
from bot.chat.replies import Interaction
from bot.content.refusal import Refusal

FORGOTTEN = "I have been restarted while you were typing, so I no longer know that form. Please open it again."
NO_WORDS = "There were no words in that, so nothing was sent. Press the button again and write some."
OPEN_FOR = timedelta(hours=3)
"""Then a form that was closed without being sent is forgotten; Discord tells nobody of that."""


class Form(ui.Modal):
    """A form whose failures are told and logged like those of a command."""

    def __init__(self) -> None:
        super().__init__(timeout=OPEN_FOR.total_seconds())

    async def open(self, interaction: Interaction) -> None:
        """Show it. Its custom_id names this process, as a form does not outlive one."""
        self.custom_id = f"{interaction.client.process}:{self.custom_id}"
        await interaction.response.send_modal(self)

    async def on_error(  # type: ignore[override] # discord.py's own Modal narrows it in the same way
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        await apologise(interaction, error, type(self).__name__)


def sentence(refusal: Refusal) -> str:
    """What a refusal says, made safe, as it quotes what was typed."""
    text = str(refusal)
    return escape(text[:1].upper() + text[1:], 400)
