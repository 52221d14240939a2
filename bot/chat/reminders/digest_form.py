"""The form for the weekly overview: on which day, and at what time."""

from __future__ import annotations

from calendar import day_name
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.answering.facts import zone_in_words
from bot.chat import custom_ids
from bot.chat.forms import Form, sentence
from bot.chat.reminders.panel import refused
from bot.chat.reminders.panels import show
from bot.content.refusal import Refusal
from bot.content.when import read_time
from bot.store.records import Digest, Person

TITLE = "Weekly overview"
DAY = "On which day?"
DAY_HELP = "One message with all that comes up in the seven days from then"
NEVER = "No weekly overview"
AT = "At what time?"
AT_HELP = "Such as 6pm or 18:00, in the time zone {zone}"
SAVED = "Your weekly overview is saved."
STOPPED = "You get no weekly overview any more."
LONGEST = 60
OFF = "off"
SUNDAY, EVENING = 6, time(18)
"""What is offered to who has not chosen yet."""


@dataclass(frozen=True, kw_only=True)
class TypedDigest:
    """What stands in the form: the number of a weekday or OFF, and the time as a student types it."""

    day: str
    at: str


def digest_of(person: Person) -> TypedDigest:
    """Fill the form with what a person has chosen."""
    wish = person.digest or Digest(weekday=SUNDAY, at=EVENING, since=0)
    return TypedDigest(day=str(wish.weekday), at=f"{wish.at:%H:%M}")


class DigestForm(Form, title=TITLE):
    """What cannot be read is kept, so that nobody has to type it twice. `zone` is that of the time."""

    def __init__(self, typed: TypedDigest, zone: ZoneInfo) -> None:
        super().__init__()
        choices = [*((name, str(day)) for day, name in enumerate(day_name)), (NEVER, OFF)]
        days = [discord.SelectOption(label=name, value=day, default=day == typed.day) for name, day in choices]
        self.day = ui.Label[Any](text=DAY, description=DAY_HELP, component=ui.Select[Any](options=days))
        field = ui.TextInput[Any](default=typed.at, max_length=LONGEST)
        self.at = ui.Label[Any](text=AT, description=AT_HELP.format(zone=zone_in_words(zone)), component=field)
        self.add_item(self.day)
        self.add_item(self.at)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, who = interaction.client, interaction.user.id
        typed = _typed(self.day.component, self.at.component)
        if typed.day == OFF:
            bot.drafts.drop(who, TypedDigest)
            await bot.bell.desk.stop_digest(who, bot.now())
            await show(interaction, STOPPED)
            return
        try:
            at = read_time(typed.at)
        except Refusal as refusal:
            bot.drafts.keep(who, typed)
            await interaction.response.edit_message(view=refused(sentence(refusal), custom_ids.DIGEST))
            return
        bot.drafts.drop(who, TypedDigest)
        await bot.bell.desk.set_digest(who, int(typed.day), at, bot.now())
        await show(interaction, SAVED)
        await bot.bell.open(interaction)


def _typed(day: ui.Item[Any], at: ui.Item[Any]) -> TypedDigest:
    chosen = day.values[0] if isinstance(day, ui.Select) and day.values else OFF
    return TypedDigest(day=chosen, at=at.value.strip() if isinstance(at, ui.TextInput) else "")
