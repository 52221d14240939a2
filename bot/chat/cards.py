"""Outcomes laid out for Discord: words, colours and buttons, within its limits.

A card's buttons are plain ones: what pressing them does is found by their custom_id (`bot.chat.buttons`). So a card
has nothing to listen for and is stopped at once; discord.py would otherwise keep a timer for each private one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import discord
from discord import ui

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import (
    Answer,
    CourseChoice,
    DidYouMean,
    Elsewhere,
    Link,
    Outcome,
    Suggestion,
    Unknown,
    WhichCourse,
)
from bot.chat import custom_ids
from bot.chat.escape import escape
from bot.content.model import Format

Button: TypeAlias = "ui.Button[ui.LayoutView]"
Menu: TypeAlias = "ui.Select[ui.LayoutView]"
Pick: TypeAlias = Callable[[str], str]
"""Makes the custom_id of a course's button from the course's code."""

MAX_TEXT = 3_550
"""Discord allows 4,000 characters over a whole card; the rest is kept for the title and the small lines."""
MAX_TITLE = 250
MAX_ASKED = 300
MAX_LABEL = 80
MAX_CHOICE = 100
MAX_URL = 512
MANY_LINKS = 10
MANY_RELATED = 5
MANY_CHOICES = 25
MANY_LONG_LABELS = 10
IN_A_ROW = 5

FROM_FAQ = "-# From the FAQ"
ELSEWHERE = "elsewhere: {topic}"
"""The id under which the knowledge base has a topic of another office."""
FROM_COURSES = "-# From the course list"
ASKED = "-# You asked: "
CUT_OFF = "\n-# This is only the beginning: the rest does not fit into one message."
FIRST_CHOICES = "-# These are the first {count} of {all}. If yours is not among them, name it in your question."
NONE_OF_THESE = "None of these"
NOT_THIS = "No, something else"
SHOW_EVERYONE = "Show everyone"
THAT_HELPED = "That helped"
NOT_QUITE = "Not quite"
REMOVE = "Remove"
SCHEDULE = "Schedule"
ADD_TO_CALENDAR = "Add to calendar"
REMIND_ME = "Remind me"
STUDY_PARTNERS = "Study partners"
WHICH_SUITS_ME = "Which suits me?"

COLOURS = {
    Format.ASYNCHRONOUS: discord.Colour(0x2A9D8F),
    Format.SYNCHRONOUS: discord.Colour(0xE07A3F),
    Format.HYBRID: discord.Colour(0x7B61C9),
}
NO_FORMAT = discord.Colour(0x4F7CAC)


def card(
    outcome: Outcome,
    *,
    asker: int = custom_ids.NOBODY,
    shareable: bool = False,
    pick: Pick | None = None,
    actions: Sequence[Button] = (),
    question: str = "",
) -> ui.LayoutView:
    """Lay an outcome out.

    `asker`: the card is public and belongs to this person, who may remove it; without, it is private. `shareable`: a
    private answer may be shown to everyone. `pick`: what the buttons of "which course?" do, if not the obvious.
    `actions`: more buttons for an answer. `question`: what was typed to get a private card, which says it again; under
    an answer to it the person may say whether it helped.
    """
    last: list[Button] = [ui.Button(label=REMOVE, custom_id=custom_ids.remove(asker))] if asker else []
    match outcome:
        case Answer():
            if shareable:
                last = [ui.Button(label=SHOW_EVERYONE, custom_id=custom_ids.SHOW), *last]
            if question:
                last = [*_feedback(outcome.entry, outcome.courses), *last]
            return _answer(outcome, [*actions, *last], _you_asked(question, outcome.title))
        case WhichCourse():
            return _which_course(
                outcome, pick or _obvious_pick(outcome, asker), last, _you_asked(question, outcome.title)
            )
        case DidYouMean():
            offers = [_offer(one, custom_ids.answer(asker, one.entry)) for one in outcome.suggestions]
            no = NONE_OF_THESE if len(offers) > 1 else NOT_THIS
            none = ui.Button[ui.LayoutView](label=no, custom_id=custom_ids.none_of_these(asker))
            return layout([_you_asked(question), clip(outcome.text)], rows=[offers, [none, *last]])
        case Elsewhere():
            asked = _you_asked(question)
            feedback = _feedback(ELSEWHERE.format(topic=outcome.topic), ()) if question else []
            return layout([clip(outcome.text, MAX_TEXT - len(asked)), asked, FROM_FAQ], rows=[[*feedback, *last]])
        case Unknown():
            return layout([_you_asked("" if outcome.chatter else question), clip(outcome.text)], rows=[last])


def layout(
    texts: Iterable[str],
    *,
    colour: discord.Colour = NO_FORMAT,
    links: Sequence[Button] = (),
    rows: Iterable[Sequence[Button | Menu]] = (),
) -> ui.LayoutView:
    """Put texts and links into a coloured box, the last of several texts under the links, and buttons below the box."""
    *upper, lowest = filter(None, texts)
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=colour)
    for text in upper:
        box.add_item(ui.TextDisplay(text))
    for row in _in_rows(links):
        box.add_item(row)
    box.add_item(ui.TextDisplay(lowest))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    for buttons in rows:
        for row in _in_rows(buttons):
            view.add_item(row)
    view.stop()
    return view


def with_buttons(buttons: Iterable[Button]) -> ui.View:
    """Put buttons under plain content; none take away those that were there."""
    view = ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    view.stop()
    return view


def course_buttons(outcome: Outcome, base: KnowledgeBase) -> list[Button]:
    """The buttons that go with an answer about a course: its schedule under its card, or those of two; reminders.

    Under the card of a course that has a channel there are its study partners, too, as that is where they meet.
    """
    if not isinstance(outcome, Answer):
        return []
    several = len(outcome.courses) > 1
    schedules: list[Button] = [
        ui.Button(label=cut(f"{SCHEDULE} {code}" if several else SCHEDULE), custom_id=custom_ids.dates(code))
        for code in outcome.courses[:2]
        if outcome.entry is None
    ]
    return [*schedules, *_remind_me(outcome), *_study_partners(outcome, base)]


def schedule_buttons(outcome: Outcome) -> list[Button]:
    """The buttons that go with a schedule: the calendar file of the courses in it, and reminders of the only one."""
    if not isinstance(outcome, Answer):
        return []
    calendar: Button = ui.Button(label=ADD_TO_CALENDAR, custom_id=custom_ids.calendar(outcome.courses))
    return [calendar, *_remind_me(outcome)]


def _remind_me(answer: Answer) -> list[Button]:
    if len(answer.courses) != 1:
        return []
    return [ui.Button(label=REMIND_ME, custom_id=custom_ids.follow(answer.courses[0]))]


def _study_partners(answer: Answer, base: KnowledgeBase) -> list[Button]:
    course = base.courses.get(answer.courses[0]) if len(answer.courses) == 1 else None
    if answer.entry is not None or course is None or not course.channel:
        return []
    return [ui.Button(label=STUDY_PARTNERS, custom_id=custom_ids.partners("show", course.code))]


def suits_button() -> list[Button]:
    """The button that goes with the delivery formats: three questions about oneself."""
    return [ui.Button(label=WHICH_SUITS_ME, custom_id=custom_ids.SUITS)]


def course_names(choices: Iterable[CourseChoice]) -> list[tuple[str, str]]:
    """Courses as autocomplete shows them, with the code that stands for each."""
    return [(cut(f"{one.code} · {one.title}", MAX_CHOICE), one.code) for one in choices]


def clip(text: str, limit: int = MAX_TEXT) -> str:
    """Cut `text` at the end of a line (or else of a word) so that it stays within `limit`, and say that it was cut."""
    if len(text) <= limit:
        return text
    room = text[: limit - len(CUT_OFF)]
    end = max(room.rfind("\n", len(room) // 2), 0) or max(room.rfind(" "), 0) or len(room)
    return room[:end].rstrip() + CUT_OFF


def cut(label: str, limit: int = MAX_LABEL) -> str:
    """Cut `label` to the length that Discord allows."""
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def _feedback(entry: str | None, courses: Sequence[str]) -> list[Button]:
    if entry is None:
        return []
    course = courses[0] if len(courses) == 1 else None
    return [
        ui.Button(label=THAT_HELPED, custom_id=custom_ids.helped(entry, course)),
        ui.Button(label=NOT_QUITE, custom_id=custom_ids.not_quite(entry, course)),
    ]


def _answer(answer: Answer, last: Sequence[Button], asked: str) -> ui.LayoutView:
    course = answer.courses[0] if len(answer.courses) == 1 else None
    related = list(dict.fromkeys(answer.related))
    return layout(
        [
            _titled(answer.title, answer.text, MAX_TEXT - len(asked)),
            asked,
            FROM_FAQ if answer.entry is not None else FROM_COURSES,
        ],
        colour=COLOURS[answer.format] if answer.format else NO_FORMAT,
        links=_links(answer.links),
        rows=[
            [_offer(one, custom_ids.related(one.entry, course)) for one in related[:MANY_RELATED]],
            last,
        ],
    )


def _which_course(which: WhichCourse, pick: Pick, last: Sequence[Button], asked: str) -> ui.LayoutView:
    offered = which.choices[:MANY_CHOICES]
    few = len(offered) <= MANY_LONG_LABELS
    buttons: list[Button] = [
        ui.Button(label=cut(f"{one.code} · {one.title}" if few else one.code), custom_id=pick(one.code))
        for one in offered
    ]
    more = FIRST_CHOICES.format(count=len(offered), all=len(which.choices)) if len(which.choices) > len(offered) else ""
    room = MAX_TEXT - len(asked)
    return layout([_titled(which.title, which.text, room), more, asked], rows=[buttons, last])


def _obvious_pick(which: WhichCourse, asker: int) -> Pick:
    entry = which.entry
    if entry is None:
        return lambda code: custom_ids.course(asker, code)
    return lambda code: custom_ids.answer(asker, entry, code)


def _in_rows(buttons: Sequence[Button | Menu]) -> list[ui.ActionRow[ui.LayoutView]]:
    return [ui.ActionRow(*buttons[first : first + IN_A_ROW]) for first in range(0, len(buttons), IN_A_ROW)]


def _links(links: Sequence[Link]) -> list[Button]:
    """Link buttons for web addresses; Discord refuses a message with any other kind."""
    usable = [one for one in links if one.url.lower().startswith(("http://", "https://")) and len(one.url) <= MAX_URL]
    return [ui.Button(label=cut(link.label), url=link.url) for link in usable[:MANY_LINKS]]


def _offer(suggestion: Suggestion, custom_id: str) -> Button:
    return ui.Button(label=cut(suggestion.question), custom_id=custom_id)


def _titled(title: str, text: str, room: int = MAX_TEXT) -> str:
    return f"### {cut(title, MAX_TITLE)}\n{clip(text, room)}"


def _you_asked(question: str, title: str = "") -> str:
    """Say the question again, unless it is the title of the answer."""
    if not question.strip() or question.strip() == title:
        return ""
    return f"{ASKED}{escape(question, MAX_ASKED)}"
