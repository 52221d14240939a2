"""Questions that nobody addressed to the bot, in the channels and forums that the operator listed.

Public, so it keeps its manners: only when sure, never to staff, never where a person has already answered or is
speaking to somebody else, once a thread, and not the same answer twice within minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.answering.outcomes import DidYouMean, Reply
from bot.chat.asked import place_of_message, settled, title_of
from bot.chat.cards import card
from bot.chat.replies import asker_in, is_settled, is_staff

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

REPEAT_AFTER = timedelta(minutes=5)
ANY_ANSWER = ""
LOOK_BACK = 50
"""So many messages of a thread tell whether anybody but its author has written in it."""


class Listening:
    """Decides whether to speak, and remembers what was said where in the last minutes."""

    def __init__(self, bot: SchoolbellBot) -> None:
        self.bot = bot
        self._said: dict[tuple[int, str], datetime] = {}

    async def consider(self, message: discord.Message) -> None:
        """Answer a message in a listed place if that helps, else keep silent."""
        channel, now = message.channel, self.bot.now()
        if not self._listens(message) or _is_for_somebody(message):
            return
        said = self._reply(message, now)
        if said is None:
            return
        outcome = said.outcome
        # Claimed before anything is awaited, so that two questions in the same second do not get the same answer twice.
        answer = (channel.id, ANY_ANSWER if isinstance(channel, discord.Thread) else outcome.text)
        if self._was_said(answer, now):
            return
        self._said[answer] = now
        if not await self._others_wrote(message):
            view = card(outcome, asker=message.author.id)
            await channel.send(view=view, reference=message.to_reference(fail_if_not_exists=False))
            await settled(self.bot, message.content, said, place_of_message(message))

    def _reply(self, message: discord.Message, now: datetime) -> Reply | None:
        """What to say, if anything. A forum post may ask in its title, in its words, or in both together."""
        asker = asker_in(message.author, message.channel)
        title = title_of(message.channel)
        texts = [f"{title}\n{message.content}", title, message.content] if title else [message.content]
        replies = [self.bot.assistant.ask(text, asker, now=now, unasked=True) for text in texts]
        sure = [one for one in replies if is_settled(one.outcome)]
        unsure = [one for one in replies if title and isinstance(one.outcome, DidYouMean)]
        return next(iter([*sure, *unsure]), None)

    def _listens(self, message: discord.Message) -> bool:
        """Whether the place is listed, the words are readable, and the author is a student."""
        channel = message.channel.parent if isinstance(message.channel, discord.Thread) else message.channel
        name = str(getattr(channel, "name", "")).casefold()
        listed = {place.casefold() for place in self.bot.settings.answer_channels}
        person = message.author
        staff = isinstance(person, discord.Member) and is_staff(message.channel.permissions_for(person))
        return name in listed and bool(message.content.strip()) and not staff

    def _was_said(self, answer: tuple[int, str], now: datetime) -> bool:
        self._said = {said: at for said, at in self._said.items() if now - at < REPEAT_AFTER}
        return answer in self._said

    async def _others_wrote(self, message: discord.Message) -> bool:
        """Whether somebody has answered: in a thread anyone but its author, the bot too; in a channel since then."""
        in_thread = isinstance(message.channel, discord.Thread)
        later = message.channel.history(limit=LOOK_BACK, after=None if in_thread else message)
        async for other in later:
            if other.author.id == message.author.id:
                continue
            if not other.author.bot or (in_thread and other.author == self.bot.user):
                return True
        return False


def _is_for_somebody(message: discord.Message) -> bool:
    """Whether the message speaks to somebody: it mentions a person, or replies to somebody else's message."""
    replied = message.reference.resolved if message.reference else None
    to_other = isinstance(replied, discord.Message) and replied.author != message.author
    return to_other or any(person != message.author for person in message.mentions)
