"""The bot on Discord, wired together."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant import Assistant
from bot.chat import buttons
from bot.chat.ask import Ask
from bot.chat.courses import Courses
from bot.chat.failures import apologise, record
from bot.chat.help import Help
from bot.chat.pace import Pace
from bot.chat.servers import lacking
from bot.settings import Settings

log = logging.getLogger(__name__)

_PUBLISHED = {
    "name",
    "description",
    "type",
    "options",
    "required",
    "autocomplete",
    "choices",
    "value",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "contexts",
    "integration_types",
    "default_member_permissions",
}
"""The fields in which a command may differ from the one that Discord has; it adds others of its own."""


class Tree(app_commands.CommandTree["SchoolbellBot"]):
    """The commands, whose failures end in words for the person."""

    async def on_error(
        self, interaction: discord.Interaction[SchoolbellBot], error: app_commands.AppCommandError, /
    ) -> None:
        await apologise(interaction, error, getattr(interaction.command, "qualified_name", "an unknown command"))


class SchoolbellBot(commands.Bot):
    """Schoolbell on Discord. Handlers find in it the assistant, the settings and the only clock, `now`."""

    def __init__(self, assistant: Assistant, settings: Settings, now: Callable[[], datetime]) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        intents.message_content = settings.message_content
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.assistant = assistant
        self.settings = settings
        self.now = now
        self.pace = Pace()
        self._mentions: dict[str, str] = {}

    async def setup_hook(self) -> None:
        self.add_dynamic_items(*buttons.BUTTONS)
        for cog in (Ask(self), Courses(self), Help(self)):
            await self.add_cog(cog)
        await self._publish_commands()

    def mention(self, command: str) -> str:
        """Name a command so that a click opens it."""
        return self._mentions.get(command, f"`/{command}`")

    async def on_interaction(self, interaction: discord.Interaction[SchoolbellBot]) -> None:
        """Answer a button that nothing knows any more; all others are found by their custom_id."""
        custom_id = str(dict(interaction.data or {}).get("custom_id"))
        if interaction.type is discord.InteractionType.component and not buttons.is_known(custom_id):
            await interaction.response.send_message(buttons.OUTDATED, ephemeral=True)

    async def on_message(self, message: discord.Message) -> None:
        """Keep discord.py from looking for prefix commands: there are none, and `Ask` listens."""

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self._check(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._check(guild)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        if error := sys.exception():
            record(error, event_method)

    def _check(self, guild: discord.Guild) -> None:
        for problem in lacking(guild, self.assistant.knowledge, self.settings.answer_channels):
            log.warning("server_lacks guild=%s %s", guild.id, problem)

    async def _publish_commands(self) -> None:
        """Publish the commands if Discord has others: asking is free, but changes are limited to so many a day."""
        published = await self.tree.fetch_commands()
        ours = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        if _comparable([_as_published(command) for command in published]) != _comparable(ours):
            published = await self.tree.sync()
            log.info("commands_published count=%d", len(published))
        self._mentions = {command.name: command.mention for command in published}


def create(assistant: Assistant, settings: Settings, now: Callable[[], datetime]) -> SchoolbellBot:
    """Make the bot, ready to be started once. `now` is the only clock that it reads."""
    return SchoolbellBot(assistant, settings, now)


def _as_published(command: app_commands.AppCommand) -> dict[str, Any]:
    permissions = command.default_member_permissions
    return {**command.to_dict(), "default_member_permissions": permissions.value if permissions else None}


def _comparable(value: Any) -> Any:
    """Reduce commands to what matters: known fields that say something, in no particular order."""
    if isinstance(value, dict):
        return {k: _comparable(v) for k, v in value.items() if k in _PUBLISHED and v not in (None, False, [], "")}
    if isinstance(value, list):
        parts = [_comparable(part) for part in value]
        return parts if not parts or isinstance(parts[0], int) else sorted(parts, key=str)
    return value
