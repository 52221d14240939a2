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
from bot.chat.telling import tell
from bot.content.refusal import Refusal

FORGOTTEN = (
    "I no longer know that form: it was open for hours, or I have been restarted meanwhile. Please open it again."
)
GIVEN_BACK = "{why} What you typed is in the file below."
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
        await apologise(interaction, error, type(self).__name__, _given_back(interaction))


async def turn_down(interaction: discord.Interaction[Any], why: str) -> None:
    """Say why a form is not taken, and hand what was typed into it back to the person."""
    if files := _given_back(interaction):
        why = GIVEN_BACK.format(why=why)
    await tell(interaction, why, files)


async def turn_down_if_unknown(interaction: discord.Interaction[Any]) -> None:
    """Turn a form down that nothing has taken: none outlives its process."""
    if TAKEN not in interaction.extras:  # it is there by now, as discord.py begins with the form
        await turn_down(interaction, FORGOTTEN)


def sentence(refusal: Refusal) -> str:
    """What a refusal says, made safe, as it quotes what was typed."""
    text = str(refusal)
    return escape(text[:1].upper() + text[1:], 400)


def _given_back(interaction: discord.Interaction[Any]) -> list[discord.File]:
    """A file with all that was typed into a form; none if that is nothing."""
    typed = "\n\n".join(_typed(dict(interaction.data or {})))
    return [discord.File(BytesIO(f"{typed}\n".encode()), FILE)] if typed else []


def _typed(part: dict[str, Any]) -> Iterator[str]:
    """The texts in the fields of a form as Discord sends it."""
    if part.get("type") == discord.ComponentType.text_input.value and str(part.get("value", "")).strip():
        yield str(part["value"])
    for inner in (*part.get("components", ()), *filter(None, [part.get("component")])):
        yield from _typed(inner)
