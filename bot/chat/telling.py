"""Words for one person about what they have just done, in whatever state the interaction is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord


async def tell(
    interaction: discord.Interaction[Any], text: str, files: Sequence[discord.File] = (), *, ephemeral: bool = True
) -> None:
    """Answer an interaction with a sentence, also after the bot has asked for time. Raises as Discord's requests do."""
    if interaction.response.is_done():
        await interaction.followup.send(text, files=files, ephemeral=ephemeral)
    else:
        await interaction.response.send_message(text, files=files, ephemeral=ephemeral)
