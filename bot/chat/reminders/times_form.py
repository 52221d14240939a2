"""The form for a student's time zone and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
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
from bot.content.zones import zone_meant
from bot.store.records import Person, QuietHours

TITLE = "Time zone and quiet hours"
ZONE = "Your time zone"
ZONE_HELP = "The name of the nearest large city, such as America/New_York or Europe/London"
FROM = "Nothing rings from"
UNTIL = "until"
FROM_HELP = "Such as 10pm or 22:00. Leave both empty for no quiet hours."
UNTIL_HELP = "Such as 7am or 07:00"
ONE_IS_MISSING = "Quiet hours need both a beginning and an end, such as 10pm and 7am. Leave both empty for none."
NO_TIME_BETWEEN = "The quiet hours begin and end at the same time. Choose two times, or leave both empty for none."
SAVED = "Your times are saved."
LONGEST = 60


@dataclass(frozen=True, kw_only=True)
class TypedTimes:
    """What stands in the form, as a student types it."""

    zone: str
    starts: str = ""
    ends: str = ""


def times_of(person: Person, schools: ZoneInfo) -> TypedTimes:
    """Fill the form with what a person has chosen."""
    zone, quiet = (person.zone or schools).key, person.quiet
    if quiet is None:
        return TypedTimes(zone=zone)
    return TypedTimes(zone=zone, starts=f"{quiet.starts:%H:%M}", ends=f"{quiet.ends:%H:%M}")


class TimesForm(Form, title=TITLE):
    """What cannot be read is kept, so that nobody has to type it twice."""

    def __init__(self, typed: TypedTimes) -> None:
        super().__init__()
        self.zone = _text(ZONE, ZONE_HELP, typed.zone, required=True)
        self.starts = _text(FROM, FROM_HELP, typed.starts)
        self.ends = _text(UNTIL, UNTIL_HELP, typed.ends)
        for field in (self.zone, self.starts, self.ends):
            self.add_item(field)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, who = interaction.client, interaction.user.id
        typed = TypedTimes(zone=_value(self.zone), starts=_value(self.starts), ends=_value(self.ends))
        try:
            name, quiet = zone_meant(typed.zone).key, _quiet(typed.starts, typed.ends)
        except Refusal as refusal:
            bot.drafts.keep(who, typed)
            await interaction.response.edit_message(view=refused(sentence(refusal), custom_ids.TIMES))
            return
        bot.drafts.drop(who, TypedTimes)
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
