"""/staff notify with `test`: a sample of each text that students of a course get, for staff alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from discord import ui

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.cards import with_buttons
from bot.chat.escape import escape
from bot.chat.reminders.poster import DONE, SEE_DATES, SNOOZES
from bot.chat.replies import Interaction, say
from bot.reminders.digests import Week
from bot.reminders.notices import Notice
from bot.reminders.schedule import Schedule
from bot.reminders.words import worded
from bot.store.records import KnownOccurrence, Told
from bot.timetable.occurrences import Kind, Occurrence

INTRODUCED = (
    "A sample of each text about **{course}**, as students get it: reminders, a notice as if a date had just been "
    "moved by a day, and the weekly overview. The buttons work only on real ones."
)
NOTHING = "Nothing of **{course}** is coming up of which anybody could be reminded."
UNDER_REMINDER, UNDER_NOTICE = (*SNOOZES.values(), DONE), (SEE_DATES,)
DAY = 86400


async def show(interaction: Interaction, code: str) -> None:
    """Answer the command."""
    bot = interaction.client
    schedule, now = bot.bell.courier.schedule, int(bot.now().timestamp())
    coming = _coming(bot.assistant.knowledge, code, bot.now())
    if schedule is None or not coming:
        await say(interaction, NOTHING.format(course=code))
        return
    await say(interaction, INTRODUCED.format(course=code))
    for text, labels in samples(schedule, coming, code, now):
        buttons = [ui.Button[ui.LayoutView](label=label, disabled=True) for label in labels]
        await interaction.followup.send(text, view=with_buttons(buttons), ephemeral=True, suppress_embeds=True)


def samples(
    schedule: Schedule, coming: Sequence[Occurrence], code: str, now: int
) -> Iterator[tuple[str, Sequence[str]]]:
    """Word each kind of text at the moment at which it would come, with the labels of its buttons."""
    for dated in filter(None, (schedule.find(one.key) for one in coming)):
        fires = dated.starts_at - 60 * min(dated.remind_before, default=0)
        yield worded(dated, schedule, fire_at=fires, now=fires, escape=escape), UNDER_REMINDER
    moved = Notice(course=code, rows=(_moved(coming[0]),))
    yield worded(moved, schedule, fire_at=now, now=now, escape=escape), UNDER_NOTICE
    week = tuple(schedule.between(code, now, now + 7 * DAY))
    if week:
        overview = Week(begins=now, ends=now + 7 * DAY, dated=week)
        yield worded(overview, schedule, fire_at=now, now=now, escape=escape), ()


def _coming(base: KnowledgeBase, code: str, now: datetime) -> list[Occurrence]:
    """The next live session and the next deadline."""
    found = (base.timetable.next(code, kind, now) for kind in (Kind.SESSION, Kind.DEADLINE))
    return [one for one in found if one is not None]


def _moved(occurrence: Occurrence) -> KnownOccurrence:
    """As if it had just been told that something comes a day later."""
    starts_at = int(occurrence.starts.timestamp())
    return KnownOccurrence(
        key=occurrence.key,
        uid=occurrence.key,
        course=occurrence.course,
        kind=occurrence.kind,
        title=occurrence.title,
        told=Told(starts_at=starts_at + DAY),
        before=Told(starts_at=starts_at),
    )
