"""The form for an own deadline or study time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.answering.outcomes import CourseChoice
from bot.chat import custom_ids
from bot.chat.cards import MANY_CHOICES, course_names
from bot.chat.forms import Form, sentence
from bot.chat.reminders.leads import CHOICES, lead
from bot.chat.reminders.own_items import KINDS, Typed, clash_in_words, when_as_typed
from bot.chat.reminders.panel import refused, understood
from bot.content.model import Weekly
from bot.content.refusal import Refusal
from bot.reminders import items
from bot.reminders.spoken import END_OF_DAY, read_when, starting
from bot.store.records import ItemDraft, ItemKind

TITLE = "My own deadline or study time"
KIND = "What is it?"
NAME = "Name"
NAME_HELP = "Such as: Read chapter 3"
WHEN = "When?"
WHEN_HELP = "fri 5pm · in 3 days · sat 10:00-11:30 · every sunday 19:00 · daily 7am for an hour"
COURSE = "For a course?"
REMIND = "Remind me"
LONGEST_WHEN = 100
DEADLINE_HAS_NO_LENGTH = "A deadline is one moment. Write its time alone, like  Fri 5pm ,  or choose  Study time"


class ItemForm(Form, title=TITLE):
    """What is typed is kept until it is confirmed, so that nobody has to type it twice."""

    def __init__(self, typed: Typed, offered: Sequence[CourseChoice]) -> None:
        super().__init__()
        self.typed = typed
        kinds = [discord.RadioGroupOption(label=KINDS[kind], value=kind, default=kind is typed.kind) for kind in KINDS]
        names = course_names(offered[:MANY_CHOICES])
        courses = [
            discord.SelectOption(label=name, value=custom_ids.key(code), default=code == typed.course)
            for name, code in names
        ]
        spans = [
            discord.SelectOption(label=f"{lead(one)} before", value=str(one), default=one in typed.leads)
            for one in sorted({*CHOICES, *typed.leads})
        ]
        self.kind = ui.Label[Any](text=KIND, component=ui.RadioGroup(options=kinds))
        self.name = _line(NAME, NAME_HELP, typed.title, items.LONGEST_TITLE)
        self.when = _line(WHEN, WHEN_HELP, typed.when, LONGEST_WHEN)
        self.course = _menu(COURSE, courses, 1)
        self.remind = _menu(REMIND, spans, items.MOST_OFFSETS)
        for field in (self.kind, self.name, self.when, self.course, self.remind):
            self.add_item(field)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot, who, now = interaction.client, interaction.user.id, interaction.client.now()
        typed = self._read(bot.assistant.knowledge.courses)
        person, schedule = await bot.bell.person(who), bot.bell.courier.schedule
        zone = person.zone or bot.assistant.knowledge.school.timezone
        try:
            draft = understand(typed, zone, now)
            courses = {*(one.course for one in person.follows), *([draft.course] if draft.course else [])}
            clash = clash_in_words(draft, schedule, courses, now) if schedule else ""
            typed, view = replace(typed, draft=draft), understood(draft, clash, now)
        except Refusal as refusal:
            view = refused(sentence(refusal), custom_ids.AGAIN)
        bot.drafts.keep(who, typed)
        await interaction.response.edit_message(view=view)

    def _read(self, known: Iterable[str]) -> Typed:
        chosen = next(iter(_chosen(self.course)), "")
        return replace(
            self.typed,
            kind=ItemKind(_value(self.kind) or ItemKind.DEADLINE),
            title=" ".join(_value(self.name).split()),
            when=_value(self.when).strip(),
            course=custom_ids.find(chosen, known),
            leads=tuple(int(value) for value in _chosen(self.remind)),
            draft=None,
        )


def understand(typed: Typed, zone: ZoneInfo, now: datetime) -> ItemDraft:
    """Read what was typed; raises Refusal with a sentence for who typed it. A moment that is left as it was stays so.

    A day without a time is its end for a deadline; study time needs a time.
    """
    before = typed.edited
    if before is not None and typed.when == when_as_typed(before):
        when, first, until, zone = before.when, before.first, before.until, before.zone
    else:
        wall = now.astimezone(zone)
        when, until = read_when(typed.when, wall, END_OF_DAY if typed.kind is ItemKind.DEADLINE else None), None
        first = starting(when, wall) if isinstance(when, Weekly) else None
        if typed.kind is ItemKind.DEADLINE and not isinstance(when, datetime) and when.minutes:
            raise Refusal(DEADLINE_HAS_NO_LENGTH)
    draft = ItemDraft(
        kind=typed.kind,
        title=typed.title,
        when=when,
        zone=zone,
        course=typed.course,
        first=first,
        until=until,
        offsets=typed.leads,
    )
    if refusal := items.refusal(draft, int(now.timestamp())):
        raise Refusal(refusal)
    return draft


def _line(label: str, description: str, default: str, longest: int) -> ui.Label[Any]:
    field = ui.TextInput[Any](default=default or None, max_length=longest)
    return ui.Label(text=label, description=description, component=field)


def _menu(label: str, options: list[discord.SelectOption], most: int) -> ui.Label[Any]:
    menu = ui.Select[Any](options=options, required=False, min_values=0, max_values=min(most, len(options)))
    return ui.Label(text=label, component=menu)


def _value(field: ui.Label[Any]) -> str:
    return (field.component.value or "") if isinstance(field.component, ui.TextInput | ui.RadioGroup) else ""


def _chosen(field: ui.Label[Any]) -> list[str]:
    return field.component.values if isinstance(field.component, ui.Select) else []
