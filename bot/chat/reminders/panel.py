"""The panel of /reminders: all that a person has set, and what they may change, in one private card."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Iterable, Sequence
from datetime import datetime

import discord
from discord import ui

from bot.answering.facts import zone_in_words
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import CourseChoice
from bot.chat import custom_ids
from bot.chat.cards import MANY_CHOICES, MAX_CHOICE, Button, Menu, clip, course_names, cut, layout
from bot.chat.escape import escape
from bot.chat.reminders.bell import common_leads
from bot.chat.reminders.leads import CHOICES, lead, leads
from bot.chat.reminders.own_items import in_words
from bot.content.model import Weekly
from bot.reminders.desk import Overview, Route, Upcoming
from bot.reminders.digest_words import UNTITLED
from bot.reminders.items import MOST_OFFSETS, is_over
from bot.store.records import ItemDraft, Person, PersonalItem
from bot.timetable.occurrences import Occurrence

TITLE = "### Your reminders"
COURSES = "**Courses:** {courses}"
NO_COURSES = "none yet. Choose some below, or press **Remind me** under any answer about a course."
LEADS = "**How long before:** {leads}"
MUTED = "**Muted:** {courses}"
MUTED_COURSE = "{course} until <t:{until}:f>"
FROM_FILE = "as each course says"
VARIOUS = "different for each course"
WHERE = {
    Route.DIRECT: "**Where:** in a direct message from me",
    Route.OFF: "**Where:** nowhere. Direct messages are switched off.",
    Route.CLOSED: (
        "**Where:** ⚠️ Discord does not let me write to you. Open the menu of the server, choose **Privacy Settings**, "
        "switch on **Direct Messages**, and press **Test message** here."
    ),
}
TIMES = "**Your times:** {zone}; {quiet}"
SCHOOLS_ZONE = "{zone} (the school's)"
DIGEST = "**Weekly overview:** every {weekday} at {at}, next {moment}"
DIGEST_HELD_UP = "**Weekly overview:** every {weekday} at {at}"
NO_DIGEST = "**Weekly overview:** none"
QUIET = "nothing rings from {starts} to {ends}"
NO_QUIET = "no quiet hours"
OWN = "**My own deadlines and study times:**"
NO_OWN = "**My own deadlines and study times:** none yet"
NEXT = "**Next:**"
NOTHING_NEXT = "**Next:** no reminder is on its way"
NEXT_LINE = "- {fires}: **{what}**, {starts}"
SAVED = "-# {note}"
MORE = "- …and {count} more"
MANY_LINES = 8

CHOOSE_COURSES = "Courses to be reminded of"
CHOOSE_LEADS = "How long before"
CHOOSE_MUTE = "Mute a course for a while"
CHOOSE_OWN = "Edit or delete one of my own"
ADD = "Add my own"
CLOCK = "Time zone and quiet hours"
OVERVIEW = "Weekly overview"
MESSAGES_OFF = "Switch messages off"
MESSAGES_ON = "Switch messages on"
TEST = "Test message"
STOP = "Stop all"

STOP_QUESTION = (
    "**Stop all reminders?** You would be reminded of no course any more, and get no weekly overview. Your own "
    "deadlines and study times would stay in the list, without reminders."
)
STOP_ALL = "Yes, stop all"
MUTE_QUESTION = (
    "**Mute {course}?** For as long as you choose, I send you nothing of it: no reminder, and no word when a date "
    "changes. Then it goes on by itself."
)
IS_MUTED = "**{course} is muted until <t:{until}:f>.** Choose anew for how long, counted from now, or end it."
MUTES = {1: "1 day", 3: "3 days", 7: "1 week", 14: "2 weeks"}
END_MUTE = "End it"
BACK = "Back"
EDIT = "Edit"
DELETE = "Delete"
IS_THAT_RIGHT = "{item}\n**Is that right?**"
READ_IN = "-# I read the time as one in the zone {zone}. *Time zone and quiet hours* under `/reminders` changes that."
CONFIRM = "Yes, save it"
CHANGE = "Change it"
FILE = "file"


def panel(
    overview: Overview, base: KnowledgeBase, offered: Sequence[CourseChoice], now: datetime, note: str = ""
) -> ui.LayoutView:
    """Lay out what a person has set. `offered` are the courses to choose from, `note` is what has just happened."""
    person = overview.person
    items = sorted(person.items, key=lambda item: is_over(item, int(now.timestamp())))
    followed = [one.course for one in person.follows if one.course in base.courses]
    texts = [
        "\n".join(filter(None, [TITLE, SAVED.format(note=note) if note else ""])),
        "\n".join(
            [
                COURSES.format(courses=", ".join(followed) or NO_COURSES),
                *_muted(person, followed, now),
                LEADS.format(leads=_leads_in_words(overview)),
                WHERE[overview.route],
                _times(overview, base),
                _digest(overview),
            ]
        ),
        "\n".join(_own(items, now)),
        "\n".join(_next(overview.upcoming)),
    ]
    of_followed = [_leads(overview), _mute_menu(followed)] if followed else []
    menus = [_courses(offered, followed), *of_followed, *_own_menu(items)]
    on = not person.direct_messages
    choices = [
        _button(ADD, custom_ids.ADD, discord.ButtonStyle.primary),
        _button(OVERVIEW, custom_ids.DIGEST),
        _button(CLOCK, custom_ids.TIMES),
    ]
    switches = [
        _button(MESSAGES_ON if on else MESSAGES_OFF, custom_ids.messages(on=on)),
        _button(TEST, custom_ids.TEST),
        _button(STOP, custom_ids.STOP, discord.ButtonStyle.danger),
    ]
    limits = (300, 1_300, 1_300, 700)
    texts = [clip(text, limit) for text, limit in zip(texts, limits, strict=True)]
    return layout(texts, rows=[*([menu] for menu in menus), choices, switches])


def stop_question() -> ui.LayoutView:
    """Ask before everything is stopped."""
    stop = _button(STOP_ALL, custom_ids.STOP_ALL, discord.ButtonStyle.danger)
    return layout([STOP_QUESTION], rows=[[stop, _button(BACK, custom_ids.PANEL)]])


def mute_card(course: str, until: int) -> ui.LayoutView:
    """Ask for how long to send nothing of a course; it is muted `until` an instant already, or 0."""
    spans = [_button(label, custom_ids.mute(course, days)) for days, label in MUTES.items()]
    end = [_button(END_MUTE, custom_ids.mute(course, 0), discord.ButtonStyle.primary)] if until else []
    text = (IS_MUTED if until else MUTE_QUESTION).format(course=course, until=until)
    return layout([text], rows=[spans, [*end, _button(BACK, custom_ids.PANEL)]])


def muted_until(person: Person, course: str, now: datetime) -> int:
    """The instant until which a person has muted a course; 0 if it is not muted now."""
    until = person.muted_until(course)
    return until if until > now.timestamp() else 0


def own_card(item: PersonalItem, now: datetime) -> ui.LayoutView:
    """One own deadline or study time, to be edited or deleted."""
    buttons = [
        _button(EDIT, custom_ids.edit(item.id), discord.ButtonStyle.primary),
        _button(DELETE, custom_ids.delete(item.id), discord.ButtonStyle.danger),
        _button(BACK, custom_ids.PANEL),
    ]
    return layout([in_words(item, now)], rows=[buttons])


def understood(draft: ItemDraft, clash: str, now: datetime) -> ui.LayoutView:
    """Say how something was understood, and what it clashes with, before it is stored."""
    buttons = [
        _button(CONFIRM, custom_ids.CONFIRM, discord.ButtonStyle.success),
        _button(CHANGE, custom_ids.AGAIN),
        _button(BACK, custom_ids.PANEL),
    ]
    item = "\n".join(filter(None, [in_words(draft, now), clash]))
    zone = "" if isinstance(draft.when, Weekly) else READ_IN.format(zone=zone_in_words(draft.zone))
    return layout(["\n".join(filter(None, [IS_THAT_RIGHT.format(item=item), zone]))], rows=[buttons])


def refused(why: str, again: str) -> ui.LayoutView:
    """Say why something cannot be taken; `again` is the button's custom_id that opens the form once more."""
    return layout([why], rows=[[_button(CHANGE, again, discord.ButtonStyle.primary), _button(BACK, custom_ids.PANEL)]])


def _leads_in_words(overview: Overview) -> str:
    follows = overview.person.follows
    if all(one.offsets is None for one in follows):
        return FROM_FILE
    wished = common_leads(overview.person)
    return VARIOUS if wished is None else leads(wished)


def _times(overview: Overview, base: KnowledgeBase) -> str:
    person = overview.person
    schools = SCHOOLS_ZONE.format(zone=zone_in_words(base.school.timezone))
    quiet = person.quiet
    return TIMES.format(
        zone=zone_in_words(person.zone) if person.zone else schools,
        quiet=QUIET.format(starts=f"{quiet.starts:%H:%M}", ends=f"{quiet.ends:%H:%M}") if quiet else NO_QUIET,
    )


def _digest(overview: Overview) -> str:
    wish = overview.person.digest
    if wish is None:
        return NO_DIGEST
    said = {"weekday": day_name[wish.weekday], "at": f"{wish.at:%H:%M}", "moment": f"<t:{overview.digest_at}:F>"}
    return (DIGEST if overview.digest_at else DIGEST_HELD_UP).format(**said)


def _muted(person: Person, followed: Iterable[str], now: datetime) -> list[str]:
    muted = [
        MUTED_COURSE.format(course=course, until=until)
        for course in followed
        if (until := muted_until(person, course, now))
    ]
    return [MUTED.format(courses=", ".join(muted))] if muted else []


def _own(items: Sequence[PersonalItem], now: datetime) -> list[str]:
    if not items:
        return [NO_OWN]
    lines = [f"- {in_words(item, now)}" for item in items[:MANY_LINES]]
    return [OWN, *lines, *([MORE.format(count=len(items) - MANY_LINES)] if len(items) > MANY_LINES else [])]


def _next(upcoming: Iterable[Upcoming]) -> list[str]:
    lines = [
        NEXT_LINE.format(
            fires=f"<t:{one.reminder.fire_at}:R>",
            what=_what(one),
            starts=f"<t:{one.dated.starts_at}:f>",
        )
        for one in upcoming
    ]
    return [NEXT, *lines] if lines else [NOTHING_NEXT]


def _what(one: Upcoming) -> str:
    about = one.dated.of
    if isinstance(about, Occurrence):
        return f"{about.course}: {about.title or UNTITLED}"
    return escape(about.title)


def _courses(offered: Sequence[CourseChoice], followed: Sequence[str]) -> Menu:
    named = course_names(offered[:MANY_CHOICES])
    options = [
        discord.SelectOption(label=name, value=custom_ids.key(code), default=code in followed) for name, code in named
    ]
    return ui.Select(
        custom_id=custom_ids.FOLLOWED,
        placeholder=CHOOSE_COURSES,
        min_values=0,
        max_values=len(options),
        options=options,
    )


def _leads(overview: Overview) -> Menu:
    wished = common_leads(overview.person)
    from_file = all(one.offsets is None for one in overview.person.follows)
    minutes = sorted({*CHOICES, *(wished or ())})
    options = [discord.SelectOption(label=FROM_FILE.capitalize(), value=FILE, default=from_file)]
    options += [
        discord.SelectOption(label=f"{lead(one)} before", value=str(one), default=one in (wished or ()))
        for one in minutes
    ]
    return ui.Select(
        custom_id=custom_ids.LEADS, placeholder=CHOOSE_LEADS, min_values=1, max_values=MOST_OFFSETS, options=options
    )


def _mute_menu(followed: Sequence[str]) -> Menu:
    options = [discord.SelectOption(label=cut(code, MAX_CHOICE), value=custom_ids.key(code)) for code in followed]
    return ui.Select(custom_id=custom_ids.MUTE, placeholder=CHOOSE_MUTE, options=options[:MANY_CHOICES])


def _own_menu(items: Sequence[PersonalItem]) -> list[Menu]:
    if not items:
        return []
    options = [discord.SelectOption(label=cut(item.title, MAX_CHOICE), value=str(item.id)) for item in items]
    return [ui.Select(custom_id=custom_ids.OWN, placeholder=CHOOSE_OWN, options=options[:MANY_CHOICES])]


def _button(label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    return ui.Button(label=label, custom_id=custom_id, style=style)
