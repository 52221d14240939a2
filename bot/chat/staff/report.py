"""/staff report: what was asked and whether it helped, as a picture or in letters, and as a table."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from io import BytesIO

import discord

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.replies import Interaction
from bot.staff.inbox import groups, ours
from bot.staff.picture import picture
from bot.staff.report import Report, as_csv, in_bars, report
from bot.store import Connection
from bot.store.questions import Counted, Question, read_counts, read_unanswered

HEAD = "**{title}**\n{summary}"
BARS = "```\n{bars}\n```"
LONGEST_BARS = 1_900
FILE = "questions-{first}-{last}"


async def show(interaction: Interaction, days: int) -> None:
    """Answer the command, for so many days up to today."""
    await interaction.response.defer(ephemeral=True)
    bot = interaction.client
    now, base = bot.now(), bot.assistant.knowledge
    counted, asked = await bot.database.run(_read, now, days, base)
    told, image, table = await asyncio.to_thread(_made, counted, ours(asked, interaction.guild_id), base, now, days)
    name = FILE.format(first=told.first, last=told.last)
    files = [discord.File(BytesIO(table), f"{name}.csv")]
    if image is None:
        bars = in_bars(told).replace("```", "'''")[:LONGEST_BARS]
        await interaction.edit_original_response(content=BARS.format(bars=bars), attachments=files)
        return
    text = HEAD.format(title=told.title, summary=told.summary)
    pictures = [discord.File(BytesIO(image), f"{name}.png"), *files]
    await interaction.edit_original_response(content=text, attachments=pictures)


def _read(
    connection: Connection, now: datetime, days: int, base: KnowledgeBase
) -> tuple[list[Counted], list[Question]]:
    last = now.astimezone(base.school.timezone).date()
    since = int((now - timedelta(days=days)).timestamp())
    counted = read_counts(connection, last - timedelta(days=days - 1), last)
    return counted, read_unanswered(connection, since, int(now.timestamp()))


def _made(
    counted: list[Counted], asked: list[Question], base: KnowledgeBase, now: datetime, days: int
) -> tuple[Report, bytes | None, bytes]:
    """Add up and draw, which takes a second."""
    last = now.astimezone(base.school.timezone).date()
    told = report(counted, groups(asked, base), base, last - timedelta(days=days - 1), last)
    return told, picture(told, dark=True), as_csv(told)
