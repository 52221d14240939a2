"""What went wrong, in words for the person and under the same reference in the log."""

from __future__ import annotations

import functools
import logging
import secrets
import traceback
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ParamSpec, TypeAlias, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.chat.telling import tell

log = logging.getLogger(__name__)

Given = ParamSpec("Given")
Offered = TypeVar("Offered")
Complete: TypeAlias = Callable[Given, Coroutine[Any, Any, list[Offered]]]

SORRY = (
    "Something went wrong on my side, and I could not answer. Please try again in a minute. "
    "If it happens again, tell staff this reference: `{reference}`"
)
CHANGED = (
    "I have just been updated, and your Discord still has the old form of this command. "
    "Restart Discord, then try again."
)

CONNECTION_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)
"""What any request to Discord may raise after discord.py's own retries."""


def is_final(error: Exception) -> bool:
    """Whether Discord has refused a request for good: not allowed, or what it is about is gone."""
    return isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != 429


def record(error: BaseException, what: str) -> str:
    """Log an error under a new short reference and return that.

    The log gets its type and where it came from, but not its message: that may quote what a student wrote.
    """
    cause = error.__cause__ if isinstance(error, app_commands.CommandInvokeError) and error.__cause__ else error
    reference = secrets.token_hex(3)
    code = f" (HTTP {cause.status}, code {cause.code})" if isinstance(cause, discord.HTTPException) else ""
    where = "".join(traceback.format_tb(cause.__traceback__))
    log.error("failed reference=%s in=%s error=%s%s\n%s", reference, what, type(cause).__name__, code, where)
    return reference


async def apologise(
    interaction: discord.Interaction, error: BaseException, what: str, files: Sequence[discord.File] = ()
) -> None:
    """Tell the person privately that it failed, whatever state the interaction is in, and hand them these files."""
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        log.warning("command_outdated in=%s", what)
        text = CHANGED
    else:
        text = SORRY.format(reference=record(error, what))
    try:
        await tell(interaction, text, files)
    except CONNECTION_ERRORS as second:
        record(second, "apology")


def offers_nothing_on_failure(complete: Complete[Given, Offered]) -> Complete[Given, Offered]:
    """Let an autocomplete that fails offer nothing; discord.py would log the error's message, and so what was typed."""

    @functools.wraps(complete)
    async def completed(*args: Given.args, **kwargs: Given.kwargs) -> list[Offered]:
        try:
            return await complete(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 # there is nobody to tell: an autocomplete has no words
            record(error, complete.__qualname__)
            return []

    return completed
