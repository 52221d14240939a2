"""/staff: the desk, one group of commands that students neither see nor can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.failures import offers_nothing_on_failure
from bot.chat.replies import Interaction
from bot.chat.staff import preview, status
from bot.chat.staff.greeting import greet
from bot.chat.staff.self_test import gaps

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

NAME = "staff"
"""All that begins with this name is checked in one place, where commands arrive (`Tree.interaction_check`)."""


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class Staff(commands.GroupCog, group_name=NAME, group_description="The staff desk: only staff see and can use it"):
    """Opens the desk."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot

    @app_commands.command(name="status", description="How the files, the reminders and this server are doing")
    async def status(self, interaction: Interaction) -> None:
        await status.show(interaction)

    @app_commands.command(name="preview", description="See a question, a draft or a course as students see it")
    @app_commands.describe(item="A question or a course; pick one from the list")
    async def preview(self, interaction: Interaction, item: str) -> None:
        await preview.show(interaction, item)

    @preview.autocomplete("item")
    @offers_nothing_on_failure
    async def complete_item(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return preview.choices(self.bot.assistant.knowledge, typed)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        found = gaps(guild, self.bot.assistant.knowledge, self.bot.settings, public=status.is_public(self.bot))
        await greet(guild, list(found), help_=self.bot.mention("help"), status=self.bot.mention("staff status"))
