"""Reminders wired to Discord: the desk at which students choose, and the courier who sends what is due."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord.ext import tasks

from bot.chat.escape import escape
from bot.chat.failures import record
from bot.chat.reminders import course_channels
from bot.chat.reminders.poster import Poster
from bot.chat.watch import skip_what_was_missed
from bot.reminders.board import Board
from bot.reminders.delivery import Courier
from bot.reminders.desk import Desk
from bot.reminders.post import Opened
from bot.reminders.schedule import Schedule
from bot.store.database import Database
from bot.store.people import read_people
from bot.store.records import Person

if TYPE_CHECKING:
    from bot.answering.knowledge_base import KnowledgeBase
    from bot.chat.client import SchoolbellBot

RING_EVERY, RING_BUSY, AFTER_FAILURE = 0.25, 0.05, 5.0
PLAN_EVERY = 60.0
"""Seconds between two looks at what is due (sooner while much is), and at what should be planned."""

R = TypeVar("R")


class Bell:
    """Rings while the bot runs. It follows `assistant.knowledge`: a new snapshot is planned at the next look."""

    def __init__(self, bot: SchoolbellBot, database: Database) -> None:
        self.bot = bot
        self.poster = Poster(bot)
        self.courier = Courier(database, self.poster, owner=secrets.token_hex(4), clock=bot.now, escape=escape)
        self.desk = Desk(database, lambda: self.courier.schedule)
        self.board = Board(database, lambda: self.courier.schedule)
        self._database = database
        self._known: KnowledgeBase | None = None
        self._settled_at = 0

    def start(self) -> None:
        """Begin to ring as soon as Discord is ready."""
        self.take_up()
        self.ring.start()
        self.plan.start()

    async def stop(self) -> None:
        """Ring no more; what is being sent is finished, what was not begun is given back."""
        await self.courier.stop()
        self.ring.cancel()
        self.plan.cancel()  # not sooner, as ringing may begin it anew

    def take_up(self) -> bool:
        """Derive the schedule from the present snapshot; False if that is done already."""
        base = self.bot.assistant.knowledge
        if base is self._known:
            return False
        self.courier.schedule = Schedule.of(base.courses.values(), base.timetable, base.school.timezone)
        self._known = base
        return True

    def _settles(self) -> bool:
        """Tell, once, that changed dates are to be told now."""
        taken_up = self.courier.taken_up
        due = taken_up.settles_at if taken_up else None
        if due is None or due == self._settled_at or self.bot.now().timestamp() < due:
            return False
        self._settled_at = due
        return True

    @tasks.loop(seconds=RING_EVERY)
    async def ring(self) -> None:
        if self.take_up() or self._settles():
            self.plan.restart()
        claimed = await _guarded(self.courier.deliver)
        self.ring.change_interval(seconds=AFTER_FAILURE if claimed is None else RING_BUSY if claimed else RING_EVERY)
        skip_what_was_missed(self.ring)

    @tasks.loop(seconds=PLAN_EVERY)
    async def plan(self) -> None:
        now = self.bot.now()
        for guild in [one for one in self.bot.guilds if not one.unavailable]:
            await _guarded(partial(course_channels.appoint, self.desk, guild, self.bot.assistant.knowledge, now))
        await _guarded(self.courier.reconcile)
        if (taken_up := self.courier.taken_up) and self.courier.schedule:
            self.bot.assistant.held = taken_up.held
            self.bot.assistant.editions = taken_up.editions(self.courier.schedule)
        skip_what_was_missed(self.plan)

    @ring.before_loop
    @plan.before_loop
    async def _ready(self) -> None:
        await self.bot.wait_until_ready()

    async def person(self, who: int) -> Person:
        """What a person has set; everybody has something."""
        found = await self._database.run(read_people, [who], int(self.bot.now().timestamp()))
        return found[0] if found else Person(id=who)

    async def following(self, who: int) -> tuple[str, ...]:
        """The courses of which a person is reminded."""
        return tuple(one.course for one in (await self.person(who)).follows)

    async def follow(self, who: int, course: str) -> None:
        """Remind a person of one more course, as long before as of all the others."""
        wished = common_leads(await self.person(who))
        if await self.desk.follow(who, course, self.bot.now()) and wished is not None:
            await self.desk.set_offsets(who, course, wished, self.bot.now())

    async def open(self, interaction: discord.Interaction[Any]) -> None:
        """Open the direct messages with a person who has just asked for reminders, and remember their channel.

        If Discord cannot do so now, the courier opens them before the first reminder.
        """
        person = await self.person(interaction.user.id)
        if person.dm_channel is not None and person.dm_closed_at is None:
            return
        if interaction.guild_id is None and interaction.channel_id is not None:
            opened: object = Opened(interaction.channel_id)
        else:
            opened = await self.poster.open(interaction.user.id)
        if isinstance(opened, Opened):
            await self.desk.direct_messages_opened(interaction.user.id, opened.channel, self.bot.now())


def common_leads(person: Person) -> tuple[int, ...] | None:
    """How long before this person wants to be reminded of all their courses; None is what the file says of each."""
    wishes = [None if one.offsets is None else tuple(sorted(one.offsets)) for one in person.follows]
    return wishes[0] if wishes and all(wish == wishes[0] for wish in wishes) else None


async def _guarded(work: Callable[[], Coroutine[Any, Any, R]]) -> R | None:
    """One failure must not end a loop, and discord.py ends one at any error that it does not know."""
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 # the next turn of the loop tries again
        record(error, "reminders")
        return None
