"""Who asks, from where, and how the reply reaches them: privately in a server, plainly in a direct message."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import discord

from bot.answering.moments import stamp
from bot.answering.outcomes import Answer, Elsewhere, Outcome, WhichCourse
from bot.assistant import Asker
from bot.chat.cards import card
from bot.chat.failures import record
from bot.chat.telling import tell

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

Interaction: TypeAlias = "discord.Interaction[SchoolbellBot]"

TOO_FAST = "That was a lot of questions at once. Please ask again {moment}."


async def asker_of(interaction: Interaction, course: str | None = None) -> Asker:
    """Who uses a command or presses a button, where, and the courses that they follow."""
    following = await following_of(interaction.client, interaction.user.id)
    return asker_in(interaction.user, interaction.channel, course, following)


async def following_of(bot: SchoolbellBot, person: int) -> tuple[str, ...]:
    """The courses that this person follows; none while the database fails, as a question can be answered without it."""
    try:
        return await bot.bell.following(person)
    except Exception as error:  # noqa: BLE001 # whatever it is, it must not keep anybody from an answer
        record(error, "following")
        return ()


def asker_in(
    person: discord.abc.User, channel: object, course: str | None = None, following: tuple[str, ...] = ()
) -> Asker:
    """This person in this channel (a thread stands for its channel). Direct messages have neither name nor roles."""
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    roles = person.roles if isinstance(person, discord.Member) else []
    return Asker(
        person=person.id,
        course=course,
        channel=getattr(place, "name", None),
        roles=tuple(role.name for role in roles if not role.is_default()),
        following=following,
    )


def is_staff(permissions: discord.Permissions) -> bool:
    """Staff are those who may manage the server or its messages."""
    return permissions.manage_guild or permissions.manage_messages or permissions.administrator


def is_settled(outcome: Outcome) -> bool:
    """Whether the bot is sure of the topic, even if it has yet to hear which course is meant."""
    return isinstance(outcome, Answer | Elsewhere) or (isinstance(outcome, WhichCourse) and outcome.entry is not None)


async def reply(interaction: Interaction, outcome: Outcome, **layout: Any) -> None:
    """Answer a command or a button with a new message that only this person sees.

    It is sent at once, without deferring: an answer takes milliseconds of the 3 seconds that Discord allows.
    """
    view = card(outcome, shareable=may_share(interaction), **layout)
    await interaction.response.send_message(view=view, ephemeral=is_private(interaction))


async def say(interaction: Interaction, text: str) -> None:
    """Tell this person one sentence, also after the bot has asked for time."""
    await tell(interaction, text, ephemeral=is_private(interaction))


async def slow_down(interaction: Interaction) -> bool:
    """Ask for patience and return True if this person has asked too often in the last seconds."""
    bot, now = interaction.client, interaction.client.now()
    seconds = bot.pace.wait(interaction.user.id, now)
    if seconds:
        await say(interaction, too_fast(now, seconds))
    return bool(seconds)


def too_fast(now: datetime, seconds: int) -> str:
    """Word how long to wait with the next question."""
    return TOO_FAST.format(moment=stamp(now + timedelta(seconds=seconds), "R"))


def is_private(interaction: Interaction) -> bool:
    """Only in a server does a reply need hiding; in a direct message it should stay."""
    return interaction.guild_id is not None


def may_share(interaction: Interaction) -> bool:
    """Whether both the person and the bot may write where the command was used."""
    thread = isinstance(interaction.channel, discord.Thread)
    return interaction.guild_id is not None and all(
        who.send_messages_in_threads if thread else who.send_messages
        for who in (interaction.permissions, interaction.app_permissions)
    )
