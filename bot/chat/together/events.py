"""Live sessions as scheduled events of each server, where the operator wants them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.chat.failures import CONNECTION_ERRORS, record
from bot.chat.watch import Watch
from bot.reminders.events import Cancel, Create, Edit, Found, Note, Step, mark_in, steps, unsettled, wanted
from bot.reminders.schedule import Schedule
from bot.store.database import Database
from bot.store.events import read_events, write_event
from bot.store.records import EventState, EventText, ScheduledEvent

if TYPE_CHECKING:
    from bot.answering.knowledge_base import KnowledgeBase
    from bot.chat.client import SchoolbellBot

log = logging.getLogger(__name__)

LACKING = "permissions=Create Events: SCHEDULED_EVENTS is on. Give me this permission in the server's settings."
EVERY = timedelta(minutes=3)
"""How long after the last look it is noticed that a session came near, or that a change of one was told."""
KIND: dict[str, Any] = {
    "entity_type": discord.EntityType.external,
    "privacy_level": discord.PrivacyLevel.guild_only,
}
NOT_OVER = (discord.EventStatus.scheduled, discord.EventStatus.active)


class Events(Watch):
    """Holds each server's events against the timetable: after each load, and every few minutes.

    A change of a session reaches its event when it is told to people, and not while it settles or is held.

    It asks Discord which events there are, and remembers only what it cannot ask; so it can be stopped anywhere.
    """

    interval = 15.0

    def __init__(self, bot: SchoolbellBot, database: Database) -> None:
        super().__init__(bot)
        self._database = database
        self._looked: dict[int, tuple[KnowledgeBase, datetime]] = {}
        self._told: set[int] = set()

    async def look(self) -> None:
        base, now = self._bot.assistant.knowledge, self._bot.now()
        for guild in [one for one in self._bot.guilds if not one.unavailable]:
            known, looked = self._looked.get(guild.id, (None, now))
            if base is not known or now >= looked + EVERY:
                self._looked[guild.id] = base, now
                try:
                    await self._hold(guild, base, int(now.timestamp()))
                except Exception as error:  # noqa: BLE001 # the other servers, and the next look, must not suffer
                    record(error, "events")

    async def _hold(self, guild: discord.Guild, base: KnowledgeBase, now: int) -> None:
        """Make the events of a server those that are wanted; none, once the operator has switched them off."""
        if not self._bot.settings.scheduled_events:
            records = await self._database.run(read_events, guild.id)
            if any(one.state is EventState.UP for one in records.values()):
                await self._act(guild, {}, records, (), now)
        elif self._may(guild):
            schedule = Schedule.of(base.courses.values(), base.timetable, base.school.timezone)
            untold = await self._database.run(unsettled, schedule, now)
            records = await self._database.run(read_events, guild.id)  # only now, as some may bear a new key
            await self._act(guild, wanted(base.timetable, base.courses.values(), now), records, untold, now)

    def _may(self, guild: discord.Guild) -> bool:
        """Whether the bot may make events here; what it lacks is logged once, until it has it."""
        missing = list(lacking(guild))
        if missing and guild.id not in self._told:
            log.warning("server_lacks guild=%s %s", guild.id, missing[0])
        (self._told.add if missing else self._told.discard)(guild.id)
        return not missing

    async def _act(
        self,
        guild: discord.Guild,
        texts: Mapping[str, EventText],
        records: Mapping[str, ScheduledEvent],
        untold: Collection[str],
        now: int,
    ) -> None:
        there = [one for one in await guild.fetch_scheduled_events(with_counts=False) if one.status in NOT_OVER]
        events = {one.id: one for one in there}
        for step in steps(texts, records, [_found(one, guild) for one in there], untold, now):
            try:
                await self._take(step, guild, events)
            except CONNECTION_ERRORS as error:
                status = getattr(error, "status", None)
                log.warning("event_failed guild=%s step=%s status=%s", guild.id, type(step).__name__, status)

    async def _take(self, step: Step, guild: discord.Guild, events: dict[int, discord.ScheduledEvent]) -> None:
        """Act in Discord first and remember it then: what happens between the two is found again by its mark."""
        match step:
            case Create(occurrence=key, text=text, made=made):
                fields = _as_discord_calls(asdict(text))
                event = await (events[made].edit(**fields) if made else guild.create_scheduled_event(**fields, **KIND))
                new = ScheduledEvent(guild=guild.id, occurrence=key, event=event.id, state=EventState.UP, written=text)
                await self._database.run(write_event, new)
            case Edit(record=known, text=text, fields=fields):
                await events[known.event].edit(**_as_discord_calls(fields))
                await self._database.run(write_event, replace(known, written=text))
            case Cancel(event=number, active=active, record=known):
                await (events[number].end() if active else events[number].cancel())
                if known:
                    await self._database.run(write_event, replace(known, state=EventState.CANCELLED))
            case Note(record=known, state=state):
                await self._database.run(write_event, replace(known, state=state))


def lacking(guild: discord.Guild) -> Iterator[str]:
    """Say what the bot needs to make scheduled events and has not; it may edit and cancel its own with the same."""
    if not guild.me.guild_permissions.create_events:
        yield LACKING


def _found(event: discord.ScheduledEvent, guild: discord.Guild) -> Found:
    mine = event.creator_id == guild.me.id
    active = event.status is discord.EventStatus.active
    return Found(event=event.id, mark=mark_in(event.description) if mine else None, active=active)


def _as_discord_calls(fields: Mapping[str, Any]) -> dict[str, Any]:
    """These fields of an EventText by the names that discord.py gives them."""
    names = {"starts_at": "start_time", "ends_at": "end_time"}
    return {
        names.get(name, name): datetime.fromtimestamp(value, UTC) if name in names else value
        for name, value in fields.items()
    }
