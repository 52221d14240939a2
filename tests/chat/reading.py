"""Reads messages as a person sees them, and lets time pass as the bot's loops see it."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.client import SchoolbellBot


def items(message: discord.Message | ResponseMessage | None) -> list[ui.Item[Any]]:
    """All that a card is made of, in order."""
    assert message is not None, "there is no message"
    seen = message.message if isinstance(message, ResponseMessage) else message
    return list(ui.LayoutView.from_message(seen).walk_children())


def words(message: discord.Message | ResponseMessage | None) -> str:
    """All text of a message, one paragraph a line."""
    assert message is not None, "there is no message"
    texts = [item.content for item in items(message) if isinstance(item, ui.TextDisplay)]
    return "\n".join([message.content, *texts]).strip()


def labels(message: discord.Message | ResponseMessage | None) -> list[str]:
    """The labels of a message's buttons, in order."""
    return [item.label or "" for item in items(message) if isinstance(item, ui.Button)]


def seen(result: InteractionResult) -> ResponseMessage:
    """The message with which the bot responded."""
    assert result.response is not None, f"no response: {result}"
    return result.response


def last(channel: ChannelHandle) -> discord.Message:
    """The newest message of a channel."""
    assert channel.last_message is not None, "nobody has written"
    return channel.last_message


def replied_to(message: discord.Message) -> int | None:
    """The id of the message to which this one replies."""
    return message.reference.message_id if message.reference else None


async def ring(env: Env) -> None:
    """Let the bell look once at what is planned and what is due, as it does all the time.

    Discord's clock follows the bot's, so that messages are as old as the bot thinks.
    """
    assert isinstance(env.bot, SchoolbellBot)
    behind = (env.bot.now() - env.now()).total_seconds()
    env.backend.clock.advance(max(behind, 60))
    await env.advance_time(1)
