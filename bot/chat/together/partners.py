"""Study partners of a course in a server: who has joined and is still there, and their one private thread."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import discord

from bot.chat.cards import cut
from bot.chat.failures import CONNECTION_ERRORS, is_final
from bot.chat.places import channel_of
from bot.content.model import Course
from bot.reminders.desk import RefusedError
from bot.store import partners as store
from bot.store.database import Database

if TYPE_CHECKING:
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

THREAD_NAME = "Study partners {course}, {term}"
WELCOME = (
    "This private thread is for the study partners of {course} in {term}, and for staff who look after threads. "
    "To leave it, and to take your name off the list, press **Leave** under **Study partners** on the card of "
    "{command}."
)
NO_CHANNEL = "Study partners of {course} meet in the channel of the course, and there is none in this server."
NOT_IN_CHANNEL = (
    "Study partners of {course} meet in a channel that you cannot see here. If you take this course, ask staff to let "
    "you in."
)
LOCKED = "Staff have closed the thread {thread}. Ask them to open it again."
NOT_ALLOWED = "I am not allowed to open private threads in {channel}. Ask staff to give me there: {permissions}."
REFUSED = "Discord does not let me open a private thread in {channel} for you. Ask staff to open one."
JOIN_FIRST = "Join the study partners first."

NEEDED = {
    "view_channel": "View Channel",
    "create_private_threads": "Create Private Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
MAX_NAME = 100
A_WEEK: Literal[10080] = 10080
"""After so many minutes of silence Discord puts a thread into the archive."""
AT_ONCE = 100
"""So many people Discord looks up in one request."""


class Partners:
    """Each call but `forget` names the course's channel, which stands for its server."""

    def __init__(self, bot: SchoolbellBot, database: Database) -> None:
        self._bot = bot
        self._database = database
        self._by_turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """By course: who leaves while a thread is being filled must not be put into it afterwards."""

    async def place(self, course: Course, person: discord.abc.User, guild: discord.Guild | None) -> discord.TextChannel:
        """Find the course's channel where this person is: in this server, or in the first one they share with the bot.

        Raises RefusedError if there is none, or if they do not see it.
        """
        channels = [one for server in ([guild] if guild else self._bot.guilds) if (one := channel_of(course, server))]
        for channel in channels:
            if await self._present(channel, [person.id]):
                return channel
        raise RefusedError((NOT_IN_CHANNEL if channels else NO_CHANNEL).format(course=course.code))

    async def has_joined(self, course: Course, who: int) -> bool:
        return who in await self._database.run(store.partners, course.code, course.term.name)

    async def others(self, course: Course, channel: discord.TextChannel, who: int) -> list[discord.Member]:
        """Who else has joined and sees the course's channel now, the first first."""
        joined = [one for one in await self._database.run(store.partners, course.code, course.term.name) if one != who]
        return await self._present(channel, joined)

    async def join(self, course: Course, channel: discord.TextChannel, who: int) -> None:
        """Show a person to the others, and let them into the thread if there is one."""
        now = int(self._bot.now().timestamp())
        async with self._by_turns[course.code]:
            await self._database.run(store.join, who, course.code, course.term.name, now)
            thread = await self.thread(course, channel)
            if thread and not thread.locked:
                await _let_in(thread, who)

    async def leave(self, course: str, who: int) -> int | None:
        """Show a person no more and take them out of every thread; return one in which Discord keeps them."""
        await self._database.run(store.leave, who, course)
        async with self._by_turns[course]:
            threads = await self._database.run(store.threads_of, course)
            kept = [number for number in threads if not await self._taken_out(number, who)]
        return kept[0] if kept else None

    async def forget(self, who: int) -> list[int]:
        """Leave all courses; return the threads in which Discord keeps them."""
        left = [await self.leave(course, who) for course in await self._database.run(store.joined_by, who)]
        return [thread for thread in left if thread is not None]

    async def thread(self, course: Course, channel: discord.TextChannel) -> discord.Thread | None:
        """The partners' thread in this channel, if it was opened and is still there."""
        number = await self._database.run(store.thread_of, channel.guild.id, course.code, course.term.name)
        thread = await self._fetch(number) if number else None
        return thread if thread and thread.parent_id == channel.id else None

    async def open_thread(self, course: Course, channel: discord.TextChannel, who: int) -> None:
        """Let a person who has joined into the thread; open it for all of them if there is none.

        Raises RefusedError with what staff can do if that is not possible.
        """
        async with self._by_turns[course.code]:
            if not await self.has_joined(course, who):
                raise RefusedError(JOIN_FIRST)
            thread = await self.thread(course, channel)
            if thread and thread.locked:
                raise RefusedError(LOCKED.format(thread=thread.mention))
            if missing := missing_permissions(channel):
                raise RefusedError(NOT_ALLOWED.format(channel=channel.mention, permissions=", ".join(missing)))
            others: list[discord.Member] = []
            if thread is None:
                thread, others = await self._open(course, channel), await self.others(course, channel, who)
            if not await _let_in(thread, who):
                raise RefusedError(REFUSED.format(channel=channel.mention))
            for other in others:
                await _let_in(thread, other.id)

    async def _open(self, course: Course, channel: discord.TextChannel) -> discord.Thread:
        """Open the thread, or find the one that was opened just before a crash; only staff can add others to it."""
        name = cut(THREAD_NAME.format(course=course.code, term=course.term.name), MAX_NAME)
        mine = (one for one in channel.threads if one.is_private() and one.owner_id == channel.guild.me.id)
        thread = discord.utils.get(mine, name=name)
        if thread is None:
            try:
                thread = await channel.create_thread(
                    name=name, type=discord.ChannelType.private_thread, invitable=False, auto_archive_duration=A_WEEK
                )
            except discord.HTTPException as error:
                if is_final(error):
                    raise RefusedError(REFUSED.format(channel=channel.mention)) from None
                raise
            welcome = WELCOME.format(course=course.code, term=course.term.name, command=self._bot.mention("course"))
            await thread.send(welcome, silent=True)
        await self._database.run(store.set_thread, channel.guild.id, course.code, course.term.name, thread.id)
        return thread

    async def _present(self, channel: discord.TextChannel, people: Sequence[int]) -> list[discord.Member]:
        """Those of these people who are in the server now and see the channel, in the same order.

        Discord is asked, as without the members intent nobody tells the bot who has left.
        """
        found: dict[int, discord.Member] = {}
        for first in range(0, len(people), AT_ONCE):
            some = list(people[first : first + AT_ONCE])
            members = await channel.guild.query_members(user_ids=some, limit=AT_ONCE, cache=False)
            found |= {one.id: one for one in members if channel.permissions_for(one).view_channel}
        return [found[one] for one in people if one in found]

    async def _fetch(self, number: int) -> discord.Thread | None:
        """Find a thread, archived or not; None if it is gone."""
        try:
            found = self._bot.get_channel(number) or await self._bot.fetch_channel(number)
        except (discord.NotFound, discord.Forbidden):
            return None
        return found if isinstance(found, discord.Thread) else None

    async def _taken_out(self, number: int, who: int) -> bool:
        """Take a person out of a thread, if it is still there; False if that failed."""
        try:
            if thread := await self._fetch(number):
                await _woken(thread)
                await thread.remove_user(discord.Object(who))
        except discord.NotFound:  # they had left it themselves
            return True
        except CONNECTION_ERRORS as error:
            log.warning("partner_not_taken_out thread=%s error=%s", number, type(error).__name__)
            return False
        return True


def missing_permissions(channel: discord.TextChannel) -> list[str]:
    """What the bot lacks to open a private thread here, as Discord's settings call it."""
    given = channel.permissions_for(channel.guild.me)
    return [label for name, label in NEEDED.items() if not getattr(given, name)]


async def _let_in(thread: discord.Thread, who: int) -> bool:
    """Put a person into a thread; False if Discord does not."""
    try:
        await _woken(thread)
        await thread.add_user(discord.Object(who))
    except CONNECTION_ERRORS as error:
        log.warning("partner_not_let_in thread=%s error=%s", thread.id, type(error).__name__)
        return False
    return True


async def _woken(thread: discord.Thread) -> None:
    """Take a thread out of the archive, where nobody can be added or removed."""
    if thread.archived:
        await thread.edit(archived=False)
