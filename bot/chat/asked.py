"""What becomes of a question: it is counted, and if there is no answer to it, it goes to staff with who asked it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from bot.answering.outcomes import Answer, DidYouMean, Elsewhere, Outcome, Reply, Unknown, WhichCourse
from bot.chat.failures import record
from bot.store.questions import Asked, Count, Press, Why, count, keep

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot
    from bot.chat.replies import Interaction

PASSED_ON = "-# I have passed your question on to staff. They may answer you in a direct message."
PASSED_ON_HERE = "-# I have passed your question on to staff. They may answer you here."

_MENTION = re.compile(r"<@!?\d+>|^\s*@\w+")
"""A mention, or a name at the beginning that was typed and not picked, which stays text."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Who asked, and where. `message` is what they wrote where others read it, and are to read the reply too."""

    person: int
    channel: int | None
    guild: int | None
    message: int | None = None


def place_of(interaction: Interaction) -> Place:
    """Where a command was used or a private button pressed: a reply goes to the person alone."""
    return Place(person=interaction.user.id, channel=interaction.channel_id, guild=interaction.guild_id)


def place_of_message(message: discord.Message) -> Place:
    """Where a message was written: in a server a reply goes there, too."""
    guild = message.guild.id if message.guild else None
    return Place(
        person=message.author.id,
        channel=message.channel.id,
        guild=guild,
        message=message.id if guild is not None else None,
    )


def without_mentions(text: str) -> str:
    """A message's words without the mentions in it, by which somebody was addressed."""
    return _MENTION.sub(" ", text).strip()


def title_of(channel: object) -> str:
    """The title of a forum post; empty in any other channel."""
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return channel.name
    return ""


def asked_in(message: discord.Message) -> str:
    """What somebody asked in a message; in a forum post its title belongs to it."""
    return "\n".join(filter(None, [title_of(message.channel), without_mentions(message.content)]))


async def settled(bot: SchoolbellBot, question: str, said: Reply, place: Place) -> Outcome:
    """Count a question in free text and pass it on if there is no answer; the outcome then says that it was."""
    outcome, course = said.outcome, said.courses[0] if len(said.courses) == 1 else None
    match outcome:
        case Unknown(chatter=True):
            pass
        case Unknown():
            await counted(bot, [Count.ASKED], course=course)
            return await declined(bot, question, outcome, place)
        case DidYouMean():
            await counted(bot, [Count.ASKED, Count.OFFERED], course=course)
        case Answer(entry=entry, courses=courses):
            about = courses[0] if len(courses) == 1 else None
            await counted(bot, [Count.ASKED, Count.ANSWERED], entry, about)
        case WhichCourse(entry=entry):
            await counted(bot, [Count.ASKED, Count.ANSWERED], entry)
        case Elsewhere():
            await counted(bot, [Count.ASKED, Count.ANSWERED], course=course)
    return outcome


async def declined(
    bot: SchoolbellBot, question: str, outcome: Unknown, place: Place, card: discord.Message | None = None
) -> Unknown:
    """Count that there was no answer, and pass the question on, if it is known. `card`: as in `counted`."""
    named = bot.assistant.knowledge.names.find(question).courses
    course = named[0] if len(named) == 1 else None
    await counted(bot, [Count.UNANSWERED], course=course, card=card)
    if not question or not await passed_on(bot, question, Why.UNANSWERED, place, course=course):
        return outcome
    return replace(outcome, text=f"{outcome.text}\n\n{PASSED_ON if place.message is None else PASSED_ON_HERE}")


async def passed_on(
    bot: SchoolbellBot, question: str, why: Why, place: Place, *, entry: str | None = None, course: str | None = None
) -> bool:
    """Put a question into staff's inbox; False if that failed, which must not keep anybody from the rest."""
    asked = Asked(text=question, why=why, entry=entry, course=course, **vars(place))
    try:
        await bot.database.run(keep, asked, int(bot.now().timestamp()))
    except Exception as error:  # noqa: BLE001 # whatever it is, the person gets the answer that there is
        record(error, "passing_on")
        return False
    return True


async def counted(
    bot: SchoolbellBot,
    what: Collection[Count],
    entry: str | None = None,
    course: str | None = None,
    card: discord.Message | None = None,
) -> None:
    """Count what became of a question, on the school's day; a failure is logged and nothing else.

    `card`: on which that was pressed; a second press there, such as of a double click, is not counted.
    """
    now = bot.now()
    day = now.astimezone(bot.assistant.knowledge.school.timezone).date()
    press = Press(card=card.id, at=int(now.timestamp())) if card else None
    try:
        await bot.database.run(count, day, what, entry, course, press)
    except Exception as error:  # noqa: BLE001 # as above
        record(error, "counting")
