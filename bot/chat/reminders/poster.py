"""Reminders on their way to Discord: posted once, found again, and what Discord's refusals mean."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import discord
from discord import ui

from bot.chat import custom_ids
from bot.chat.cards import REMIND_ME, Button, clip, with_buttons
from bot.chat.failures import CONNECTION_ERRORS
from bot.reminders.post import (
    ChannelClosed,
    Letter,
    Missing,
    Opened,
    PersonClosed,
    Refused,
    Sent,
    TryAgain,
    failure,
)
from bot.store.records import TextKind, To

MAX_CONTENT = 2_000
SNOOZES = {15: "Snooze 15 min", 60: "Snooze 1 h", 1440: "Snooze 1 day"}
DONE = "Done"
SEE_DATES = "See the dates"
SEE_PANEL = "My reminders"
TO_ROLE = "<@&{role}> {text}"

_SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?")
_OF_DELIVERY = re.compile(custom_ids.OF_DELIVERY)


class Poster:
    """Posts what the courier hands over. Channels are known by their number alone, so that nothing is looked up."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def open(self, person: int) -> Opened | PersonClosed | TryAgain:
        """Open, or find again, the direct messages with a person."""
        try:
            return Opened((await self._client.create_dm(discord.Object(person))).id)
        except CONNECTION_ERRORS as error:
            refusal = _failure(error)
            return refusal if isinstance(refusal, PersonClosed | TryAgain) else TryAgain()

    async def send(self, letter: Letter) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        """Post a letter as plain content, which is what a phone's notification shows; it pings `role` and nobody else.

        discord.py sends a nonce that it is given along with enforce_nonce.
        """
        try:
            message = await self._client.get_partial_messageable(letter.channel).send(
                _content(letter),
                view=with_buttons(_buttons(letter)),
                nonce=letter.nonce,
                silent=letter.silent,
                suppress_embeds=True,
                allowed_mentions=_mentions(letter),
            )
        except CONNECTION_ERRORS as error:
            return _failure(error)
        return Sent(message.id)

    async def write(self, channel: int, text: str) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        """Write a few words, which may be lost."""
        try:
            return Sent((await self._client.get_partial_messageable(channel).send(text)).id)
        except CONNECTION_ERRORS as error:
            return _failure(error)

    async def find(self, letter: Letter, since: int) -> Sent | Missing | PersonClosed | ChannelClosed | TryAgain:
        """Look, from the newest back to `since`, for the bot's own message with the buttons of this delivery."""
        after = datetime.fromtimestamp(since, UTC)
        channel = self._client.get_partial_messageable(letter.channel)
        try:
            async for message in channel.history(limit=None, after=after, oldest_first=False):
                if message.author == self._client.user and delivery_of(message) == letter.delivery:
                    return Sent(message.id)
        except CONNECTION_ERRORS as error:
            refusal = _failure(error)
            return TryAgain() if isinstance(refusal, Refused) else refusal
        return Missing()


def delivery_of(message: discord.Message) -> int | None:
    """The number of the delivery that this message is, by its buttons; None if it is no reminder."""
    for row in message.components:
        for component in row.children if isinstance(row, discord.ActionRow) else ():
            if found := _OF_DELIVERY.fullmatch(getattr(component, "custom_id", None) or ""):
                return int(found["delivery"])
    return None


def _content(letter: Letter) -> str:
    text = letter.text if letter.role is None else TO_ROLE.format(role=letter.role, text=letter.text)
    return clip(text, MAX_CONTENT)


def _mentions(letter: Letter) -> discord.AllowedMentions:
    roles = [discord.Object(letter.role)] if letter.role is not None else False
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def _buttons(letter: Letter) -> list[Button]:
    """The buttons by which a reminder is put off, ticked off, and found again; a notice leads to the dates."""
    if letter.kind is TextKind.NOTICE and letter.course:
        return [ui.Button(label=SEE_DATES, custom_id=custom_ids.see_dates(letter.delivery, letter.course))]
    if letter.kind is not TextKind.REMINDER:
        return [ui.Button(label=SEE_PANEL, custom_id=custom_ids.see_panel(letter.delivery))]
    if letter.to is To.CHANNEL:
        return [ui.Button(label=REMIND_ME, custom_id=custom_ids.me_too(letter.delivery, letter.course or ""))]
    snoozes: list[Button] = [
        ui.Button(label=label, custom_id=custom_ids.snooze(letter.delivery, minutes))
        for minutes, label in SNOOZES.items()
    ]
    green = discord.ButtonStyle.success
    return [*snoozes, ui.Button(label=DONE, style=green, custom_id=custom_ids.done(letter.delivery))]


def _failure(error: Exception) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
    if not isinstance(error, discord.HTTPException):
        return failure(None, None)
    said = getattr(error.response, "headers", {}).get("Retry-After", "") if error.status == 429 else ""
    return failure(error.status, error.code, float(said) if _SECONDS.fullmatch(said) else None)
