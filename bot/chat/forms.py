"""What every form has in common: whatever fails in it ends in words for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.chat.escape import escape
from bot.chat.failures import apologise
from bot.content.refusal import Refusal

FORGOTTEN = (
    "I no longer know that form: it was open for hours, or I have been restarted meanwhile. Please open it again."
)
GIVEN_BACK = f"{FORGOTTEN} What you typed is in the file below."
FILE = "what-you-typed.txt"
NO_WORDS = "There were no words in that, so nothing was sent. Press the button again and write some."
TAKEN = "taken by its form"
OPEN_FOR = timedelta(hours=3)
"""Then a form that was closed without being sent is forgotten; Discord tells nobody of that."""


class Form(ui.Modal):
    """A form whose failures are told and logged like those of a command."""

    def __init__(self) -> None:
        super().__init__(timeout=OPEN_FOR.total_seconds())

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        interaction.extras[TAKEN] = True
        return True

    async def on_error(  # type: ignore[override] # discord.py's own Modal narrows it in the same way
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        await apologise(interaction, error, type(self).__name__)


async def give_back(interaction: discord.Interaction[Any]) -> None:
    """Hand what was typed into a form back to the person, unless the form has taken it; none outlives its process."""
    if TAKEN in interaction.extras:  # set before this is called, as discord.py begins with the form
        return
    typed = "\n\n".join(_typed(dict(interaction.data or {})))
    files = [discord.File(BytesIO(f"{typed}\n".encode()), FILE)] if typed else []
    await interaction.response.send_message(GIVEN_BACK if typed else FORGOTTEN, files=files, ephemeral=True)


def sentence(refusal: Refusal) -> str:
    """What a refusal says, made safe, as it quotes what was typed."""
    text = str(refusal)
    return escape(text[:1].upper() + text[1:], 400)


def _typed(part: dict[str, Any]) -> Iterator[str]:
    """The texts in the fields of a form as Discord sends it."""
    if part.get("type") == discord.ComponentType.text_input.value and str(part.get("value", "")).strip():
        yield str(part["value"])
    for inner in (*part.get("components", ()), *filter(None, [part.get("component")])):
        yield from _typed(inner)
