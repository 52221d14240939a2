"""Commands are published only when Discord has others than we do."""

from __future__ import annotations

import logging
from typing import Any

from discord import app_commands

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


async def publish(tree: app_commands.CommandTree[Any]) -> list[app_commands.AppCommand]:
    """Make Discord's commands ours, and return them with their ids.

    Each start asks what Discord has, which needs nothing to be kept between starts; only a difference is written,
    because Discord limits the changes of a day.
    """
    published = await tree.fetch_commands()
    ours = [command.to_dict(tree) for command in tree.get_commands()]
    if _comparable([_as_dict(command) for command in published]) == _comparable(ours):
        return published
    log.info("commands_published count=%d", len(ours))
    return await tree.sync()


def _as_dict(command: app_commands.AppCommand) -> dict[str, Any]:
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
