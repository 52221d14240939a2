"""What every form has in common: whatever fails in it ends in words for the person."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.escape import escape
from bot.chat.failures import apologise
from bot.content.refusal import Refusal


class Form(ui.Modal):
    """A form whose failures are told and logged like those of a command."""

    async def on_error(  # type: ignore[override] # discord.py's own Modal narrows it in the same way
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        await apologise(interaction, error, type(self).__name__)


def sentence(refusal: Refusal) -> str:
    """What a refusal says, made safe, as it quotes what was typed."""
    text = str(refusal)
    return escape(text[:1].upper() + text[1:], 400)
