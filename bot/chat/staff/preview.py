"""/staff preview: any entry or course as students see it, drafts too, for each course and at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands, ui

from bot.answering.answers import ENTRY_GONE
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.moments import stamp
from bot.chat import custom_ids
from bot.chat.cards import MANY_CHOICES, MAX_CHOICE, Menu, card, course_buttons, cut
from bot.chat.forms import sentence
from bot.chat.pressing import COURSE_GONE, Gone
from bot.chat.replies import Interaction, say
from bot.chat.staff.gate import StaffForm, StaffPressed
from bot.content.refusal import Refusal
from bot.content.when import read_due
from bot.reminders.spoken import END_OF_DAY, read_when
from bot.staff.preview import Item, Kind, items, one_of_each_format_first, previewed
from bot.timetable.wall_time import localize

NOT_FOUND = "I know no question and no course by that name. Pick one from the list that appears as you type."
DRAFT = "{title} (draft)"
SEEN = "-# Preview: what {who} sees {when}.{draft}"
IS_DRAFT = " It is a draft: students get it only once you take  draft: yes  out of the file."
NOW = "now"
AT = "on {moment}"
ANYBODY = "anybody"
OF_COURSE = "a student of {course}"
OF_NO_COURSE = "a student whose course is not known"
WHOSE = "As seen by a student of …"
NO_COURSE = "A student whose course is not known"
ONE_COURSE = "A student of {course} · {format}"
AT_ANOTHER_TIME = "At another time"
MOMENT_TITLE = "At which moment?"
MOMENT = "Date and time"
MOMENT_HELP = "In the time zone of the school, such as: 24 Nov 2026 17:00"
ONE_MOMENT = '"{text}" is more than one moment. Write one, like  24 Nov 2026 17:00'
LONGEST_MOMENT = 60


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is previewed, for a student of which course, at which instant (seconds since 1970); None is now."""

    item: Item
    course: str | None = None
    moment: int | None = None

    @property
    def key(self) -> str:
        return f"{self.item.kind}{custom_ids.key(self.item.id)}"


def choices(base: KnowledgeBase, typed: str) -> list[app_commands.Choice[str]]:
    """Offer what can be previewed while its name is typed."""
    return [
        app_commands.Choice(name=cut(_title(one), MAX_CHOICE), value=f"{one.kind}{custom_ids.key(one.id)}")
        for one in items(base, typed)[:MANY_CHOICES]
    ]


async def show(interaction: Interaction, wanted: str) -> None:
    """Answer the command."""
    bot = interaction.client
    item = _wanted(wanted, bot.assistant.knowledge)
    if item is None:
        await say(interaction, NOT_FOUND)
        return
    await interaction.response.send_message(
        view=laid_out(Shown(item=item), bot.assistant.knowledge, bot.now()), ephemeral=True
    )


def laid_out(shown: Shown, base: KnowledgeBase, now: datetime) -> ui.LayoutView:
    """Lay the item out as for students, with what it is shown for above, and what else to show below."""
    moment = now if shown.moment is None else datetime.fromtimestamp(shown.moment, UTC)
    outcome = previewed(shown.item, shown.course, base, moment)
    note = SEEN.format(
        who=_who(shown),
        when=NOW if shown.moment is None else AT.format(moment=stamp(moment)),
        draft=IS_DRAFT if shown.item.draft else "",
    )
    students = card(
        outcome,
        pick=lambda code: custom_ids.preview(shown.key, code, shown.moment),
        actions=course_buttons(outcome, base),
    )
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(note))
    for part in students.children:
        view.add_item(part)
    if shown.item.kind is Kind.ENTRY:
        view.add_item(ui.ActionRow(_menu(shown, base)))
    at = custom_ids.preview_at(shown.key, shown.course)
    view.add_item(ui.ActionRow(ui.Button(label=AT_ANOTHER_TIME, custom_id=at)))
    view.stop()
    return view


class _OfItem(StaffPressed, template="(?!)"):
    def shown(self, interaction: Interaction, course: str | None) -> Shown:
        base = interaction.client.assistant.knowledge
        item = _keyed(self.said["kind"], self.said["item"], base)
        if item is None:
            raise Gone(ENTRY_GONE if self.said["kind"] == Kind.ENTRY else COURSE_GONE)
        moment = self.said.get("moment") or "-"
        return Shown(item=item, course=course, moment=None if moment == "-" else int(moment))


class PreviewButton(_OfItem, template=custom_ids.PREVIEW):
    """A course under "which course do you mean"."""

    async def press(self, interaction: Interaction) -> None:
        await _replace(interaction, self.shown(interaction, self.course(interaction)))


class PreviewMenu(_OfItem, template=custom_ids.PREVIEW_FOR):
    async def press(self, interaction: Interaction) -> None:
        course = custom_ids.find(self.chosen[0], interaction.client.assistant.knowledge.courses)
        await _replace(interaction, self.shown(interaction, course))


class PreviewAtButton(_OfItem, template=custom_ids.PREVIEW_AT):
    async def press(self, interaction: Interaction) -> None:
        form = MomentForm(self.shown(interaction, self.course(interaction)))
        await interaction.response.send_modal(form)


class MomentForm(StaffForm, title=MOMENT_TITLE):
    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown
        self.typed = ui.TextInput[Any](max_length=LONGEST_MOMENT)
        self.add_item(ui.Label(text=MOMENT, description=MOMENT_HELP, component=self.typed))

    async def submitted(self, interaction: Interaction) -> None:
        bot = interaction.client
        try:
            moment = read_moment(self.typed.value, bot.now(), bot.assistant.knowledge.school.timezone)
        except Refusal as refusal:
            await say(interaction, sentence(refusal))
            return
        shown = Shown(item=self.shown.item, course=self.shown.course, moment=int(moment.timestamp()))
        await _replace(interaction, shown)


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a moment as staff type it, past or to come, in the school's zone; raises Refusal."""
    moment: object
    try:
        moment = read_due(text, None, END_OF_DAY)
    except Refusal:
        moment = read_when(text, now.astimezone(zone), END_OF_DAY)
    if not isinstance(moment, datetime):
        raise Refusal(ONE_MOMENT.format(text=text))
    return localize(moment, zone)


BUTTONS: tuple[type[StaffPressed], ...] = (PreviewButton, PreviewMenu, PreviewAtButton)


async def _replace(interaction: Interaction, shown: Shown) -> None:
    bot = interaction.client
    known = {*bot.assistant.knowledge.courses, None}
    if shown.course not in known:
        raise Gone(COURSE_GONE)
    await interaction.response.edit_message(view=laid_out(shown, bot.assistant.knowledge, bot.now()))


def _menu(shown: Shown, base: KnowledgeBase) -> Menu:
    courses: Sequence[tuple[str | None, str]] = [
        (None, NO_COURSE),
        *((one.code, ONE_COURSE.format(course=one.code, format=one.format)) for one in one_of_each_format_first(base)),
    ]
    options = [
        discord.SelectOption(
            label=cut(label, MAX_CHOICE),
            value="-" if code is None else custom_ids.key(code),
            default=code == shown.course,
        )
        for code, label in courses[:MANY_CHOICES]
    ]
    return ui.Select(options=options, placeholder=WHOSE, custom_id=custom_ids.preview_for(shown.key, shown.moment))


def _wanted(wanted: str, base: KnowledgeBase) -> Item | None:
    """What was picked from the list; or what was typed, if it is the name of one thing or the beginning of a few."""
    picked = _keyed(wanted[:1], wanted[1:], base)
    return picked or next(iter(items(base, wanted)), None)


def _keyed(kind: str, key: str, base: KnowledgeBase) -> Item | None:
    return next((one for one in items(base) if one.kind == kind and custom_ids.key(one.id) == key), None)


def _title(item: Item) -> str:
    return DRAFT.format(title=item.title) if item.draft else item.title


def _who(shown: Shown) -> str:
    if shown.item.kind is Kind.COURSE:
        return ANYBODY
    return OF_COURSE.format(course=cut(shown.course)) if shown.course else OF_NO_COURSE
