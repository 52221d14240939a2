"""Commands are published only when Discord has others than we do."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from discord import app_commands
from discord.ext import commands

log = logging.getLogger(__name__)

_PERMISSIONS = "default_member_permissions"
_COMPARED = {
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
    _PERMISSIONS,
}
"""The fields in which a command may differ; Discord adds others of its own."""


async def publish(bot: commands.Bot) -> dict[str, str]:
    """Make Discord's commands ours, and return how to mention each by its name so that a click opens it.

    Each start asks what Discord has, so nothing needs to be kept between starts; only a difference is written, because
    Discord limits the changes of a day.
    """
    if bot.application_id is None:
        raise app_commands.MissingApplicationID
    # Not tree.fetch_commands(): discord.py 2.7.1 misreads the contexts in which Discord says a command may be used.
    published: Iterable[Mapping[str, Any]] = await bot.http.get_global_commands(bot.application_id)
    if _comparable(published) != _comparable(command.to_dict(bot.tree) for command in bot.tree.get_commands()):
        published = [_named(command) for command in await bot.tree.sync()]
        log.info("commands_published")
    return {command["name"]: f"</{command['name']}:{command['id']}>" for command in published}


def _named(command: app_commands.AppCommand) -> dict[str, Any]:
    return {"name": command.name, "id": command.id}


def _comparable(found: Iterable[Mapping[str, Any]]) -> list[Any]:
    return sorted((_said(command) for command in found), key=lambda command: (command["type"], command["name"]))


def _said(value: Any) -> Any:
    """Keep the compared fields that say something; an absent one and an empty one mean the same."""
    if isinstance(value, Mapping):
        said = {k: _said(v) for k, v in value.items() if k in _COMPARED and (v or (v == 0 and v is not False))}
        if _PERMISSIONS in said:
            said[_PERMISSIONS] = int(said[_PERMISSIONS])  # Discord writes the number as text
        return said
    return [_said(part) for part in value] if isinstance(value, list) else value
