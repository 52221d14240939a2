"""/staff status: how the files, the reminders and this server are doing, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

import discord

import bot as schoolbell
from bot.answering.moments import stamp
from bot.chat.cards import clip, layout
from bot.chat.replies import Interaction
from bot.chat.staff.reloading import Reloading
from bot.chat.staff.self_test import Gap, gaps
from bot.reminders.digest_words import UNTITLED
from bot.reminders.items import OWN
from bot.reminders.schedule import Schedule
from bot.store.health import Coming, Health, read_health
from bot.timetable.occurrences import Occurrence

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

BROKEN_SINCE = "-# {file}: broken since {moment}."
TAKEN_UP = "-# The last change was taken up {moment}."
NO_CHANGE = "-# I read them when I started, {moment}. They have not been changed since."
COMING = "### Reminders of the next 36 hours"
ONE_COMING = "- <t:{moment}:f>: {what}, to {whom}"
NONE_COMING = (
    "-# None: nothing is coming up of which anybody wants to be reminded, and no channel of a course was found."
)
PEOPLE = {1: "1 person"}
CHANNELS = {1: "1 channel"}
SO_MANY_PEOPLE = "{count} people"
SO_MANY_CHANNELS = "{count} channels"
AND = "{people} and {channels}"
OVERDUE = (
    "⚠️ **Overdue:** {count}, the oldest since <t:{since}:R>. They are sent as soon as Discord takes them; "
    "if this number grows, the operator finds the reason in the log."
)
NOT_OVERDUE = "✅ None is overdue."
UNDELIVERED = "⚠️ **Not delivered in the last 7 days:** {courses}."
UNDELIVERED_OF = "{course} {count}"
OF_COURSE = "{course} {title}"
OWN_DEADLINES = "own deadlines"
WHY_UNDELIVERED = (
    "-# Discord refuses direct messages from a bot that a person has blocked or does not want; they see that in "
    "/reminders. In a channel: see below what I lack. Late ones come from a time when I was not running."
)
HELD = "⚠️ **Changed dates wait for you:** nobody is told or reminded of them until you decide. See {command}."
ALL_DELIVERED = "✅ All of the last 7 days were delivered."
SERVER = "### This server"
ALL_THERE = (
    "✅ I can post, ping and read wherever the files want me to, and every channel and role that they name is there."
)
VERSIONS = "-# Schoolbell {own} · discord.py {discord} · time zones {tzdata}"

LONGEST, LONGEST_OF_REMINDERS = 3_800, 750
"""Letters of all parts together, of which the files' takes up to 1,900; the server's has what the others leave."""


async def show(interaction: Interaction) -> None:
    """Answer the command."""
    bot, guild = interaction.client, interaction.guild
    if guild is None:
        return
    health = await bot.database.run(read_health, OWN, int(bot.now().timestamp()))
    parts = [
        *of_files(bot.get_cog(Reloading.__name__)),
        of_reminders(health, bot.bell.courier.schedule),
        *([HELD.format(command=bot.mention("staff changes"))] if bot.assistant.held else []),
    ]
    found = list(gaps(guild, bot.assistant.knowledge, bot.settings, public=is_open_to_all(bot)))
    server = of_server(found, LONGEST - sum(map(len, parts)))
    versions = VERSIONS.format(own=schoolbell.__version__, discord=discord.__version__, tzdata=version("tzdata"))
    await interaction.response.send_message(view=layout([*parts, server, versions]), ephemeral=True)


def is_open_to_all(bot: SchoolbellBot) -> bool:
    """Whether anybody may invite the bot, and it would stay."""
    return bot.application is not None and bot.application.bot_public and not bot.settings.servers


def of_files(reloading: object) -> Iterator[str]:
    """Say how the two files are, if they are watched, and since when."""
    if isinstance(reloading, Reloading):
        lines = [BROKEN_SINCE.format(file=file, moment=stamp(at, "R")) for file, at in reloading.broken_since.items()]
        if reloading.taken_up_at:
            lines.append(TAKEN_UP.format(moment=stamp(reloading.taken_up_at, "R")))
        else:
            lines.append(NO_CHANGE.format(moment=stamp(reloading.started_at, "R")))
        yield "\n".join([f"### {reloading.text}", *lines])


def of_reminders(health: Health, schedule: Schedule | None) -> str:
    """Say what comes next, what is overdue and what did not arrive."""
    coming = [_coming(one, schedule) for one in health.coming] or [NONE_COMING]
    overdue = OVERDUE.format(count=health.overdue, since=health.overdue_since) if health.overdue else NOT_OVERDUE
    lines = [COMING, overdue]
    if health.undelivered:
        courses = ", ".join(
            UNDELIVERED_OF.format(course=one.course or OWN_DEADLINES, count=one.refused + one.too_late)
            for one in health.undelivered
        )
        lines += [UNDELIVERED.format(courses=courses), WHY_UNDELIVERED]
    else:
        lines.append(ALL_DELIVERED)
    return clip("\n".join([*lines, *coming]), LONGEST_OF_REMINDERS)


def of_server(found: Sequence[Gap], room: int) -> str:
    """Say what is lacking in this server and how to mend it, in so many letters."""
    return clip("\n".join([SERVER, *(map(str, found) if found else [ALL_THERE])]), room)


def _coming(one: Coming, schedule: Schedule | None) -> str:
    people = PEOPLE.get(one.people, SO_MANY_PEOPLE.format(count=one.people))
    channels = CHANNELS.get(one.channels, SO_MANY_CHANNELS.format(count=one.channels))
    whom = AND.format(people=people, channels=channels) if one.people and one.channels else people
    dated = schedule.find(one.occurrence) if schedule else None
    occurrence = dated.of if dated else None
    if not isinstance(occurrence, Occurrence):
        what = one.occurrence
    else:
        what = OF_COURSE.format(course=occurrence.course, title=occurrence.title or UNTITLED)
    return ONE_COMING.format(moment=one.fire_at, what=what, whom=whom if one.people else channels)
