"""/staff why: how a question is matched, in words that tell what to add to faq.yaml."""

from __future__ import annotations

import asyncio

from bot.chat.cards import clip, layout
from bot.chat.escape import escape, escape_lines
from bot.chat.replies import Interaction
from bot.staff.why import why

TITLE = "### “{question}”"
ANYBODY = "-# As anybody is answered, in any channel. A student's own course, if it is known, is added to the answer."


async def show(interaction: Interaction, question: str) -> None:
    """Answer the command."""
    await interaction.response.defer(ephemeral=True)
    found = await asyncio.to_thread(why, question, interaction.client.assistant.knowledge)
    texts = [TITLE.format(question=escape(question, 300)), clip(escape_lines(str(found))), ANYBODY]
    await interaction.edit_original_response(view=layout(texts))
