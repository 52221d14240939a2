"""The form for the weekly overview: on which day, and at what time."""

from __future__ import annotations

from calendar import day_name
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

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


class DigestForm(Form, title=TITLE):
    def __init__(self, person: Person, schools: ZoneInfo) -> None:
        super().__init__()
        wish = person.digest or Digest(weekday=SUNDAY, at=EVENING, since=0)
        zone = (person.zone or schools).key
        days = [
            discord.SelectOption(label=name, value=str(day), default=day == wish.weekday)
            for day, name in enumerate(day_name)
        ]
        menu = ui.Select[Any](options=[*days, discord.SelectOption(label=NEVER, value=OFF)])
        self.day = ui.Label[Any](text=DAY, description=DAY_HELP, component=menu)
        field = ui.TextInput[Any](default=f"{wish.at:%H:%M}", max_length=LONGEST)
        self.at = ui.Label[Any](text=AT, description=AT_HELP.format(zone=zone), component=field)
        self.add_item(self.day)
        self.add_item(self.at)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, who = interaction.client, interaction.user.id
        try:
            wish = _read(self.day.component, self.at.component)
        except Refusal as refusal:
            await interaction.response.edit_message(view=refused(sentence(refusal), custom_ids.DIGEST))
            return
        if wish is None:
            await bot.bell.desk.stop_digest(who, bot.now())
            await show(interaction, STOPPED)
            return
        await bot.bell.desk.set_digest(who, *wish, bot.now())
        await show(interaction, SAVED)
        await bot.bell.open(interaction)


def _read(day: ui.Item[Any], at: ui.Item[Any]) -> tuple[int, time] | None:
    """The weekday and the time that were chosen, None for never; raises Refusal."""
    chosen = day.values[0] if isinstance(day, ui.Select) and day.values else OFF
    if chosen == OFF:
        return None
    return int(chosen), read_time(at.value.strip() if isinstance(at, ui.TextInput) else "")
