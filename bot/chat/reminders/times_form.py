"""The form for a student's time zone and quiet hours."""

from __future__ import annotations

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
from bot.content.zones import zone
from bot.store.records import Person, QuietHours

TITLE = "Time zone and quiet hours"
ZONE = "Your time zone"
ZONE_HELP = "The name of the nearest large city, such as America/New_York or Europe/London"
FROM = "Nothing rings from"
UNTIL = "until"
HOURS_HELP = "Such as 10pm or 22:00. Leave both empty for no quiet hours."
ONE_IS_MISSING = "Quiet hours need both a beginning and an end, such as 10pm and 7am. Leave both empty for none."
NO_TIME_BETWEEN = "The quiet hours begin and end at the same time. Choose two times, or leave both empty for none."
SAVED = "Your times are saved."
LONGEST = 60


class TimesForm(Form, title=TITLE):
    def __init__(self, person: Person, schools: ZoneInfo) -> None:
        super().__init__()
        quiet = person.quiet
        self.zone = _text(ZONE, ZONE_HELP, (person.zone or schools).key, required=True)
        self.starts = _text(FROM, HOURS_HELP, f"{quiet.starts:%H:%M}" if quiet else "")
        self.ends = _text(UNTIL, HOURS_HELP, f"{quiet.ends:%H:%M}" if quiet else "")
        for field in (self.zone, self.starts, self.ends):
            self.add_item(field)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, who = interaction.client, interaction.user.id
        try:
            name, quiet = zone(_value(self.zone)).key, _quiet(_value(self.starts), _value(self.ends))
        except Refusal as refusal:
            await interaction.response.edit_message(view=refused(sentence(refusal), custom_ids.TIMES))
            return
        await bot.bell.desk.set_zone(who, name, bot.now())
        await bot.bell.desk.set_quiet_hours(who, quiet, bot.now())
        await show(interaction, SAVED)


def _quiet(starts: str, ends: str) -> QuietHours | None:
    """Read quiet hours; raises Refusal."""
    if not starts and not ends:
        return None
    if not (starts and ends):
        raise Refusal(ONE_IS_MISSING)
    quiet = QuietHours(starts=read_time(starts), ends=read_time(ends))
    if quiet.starts == quiet.ends:
        raise Refusal(NO_TIME_BETWEEN)
    return quiet


def _text(label: str, description: str, default: str, *, required: bool = False) -> ui.Label[Any]:
    field = ui.TextInput[Any](default=default or None, required=required, max_length=LONGEST)
    return ui.Label(text=label, description=description, component=field)


def _value(field: ui.Label[Any]) -> str:
    return field.component.value.strip() if isinstance(field.component, ui.TextInput) else ""
