"""No card and no list goes beyond what Discord accepts: for the shipped files, and for what staff might write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
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
from bot.answering.suits import Preferences
from bot.assistant import Asker, Assistant
from bot.chat import custom_ids
from bot.chat.buttons import SuitsForm, is_known
from bot.chat.cards import MAX_CHOICE, card, clip, course_buttons, course_names, schedule_buttons, suits_button
from bot.chat.reminders.digest_form import DigestForm, digest_of
from bot.chat.reminders.item_form import ItemForm
from bot.chat.reminders.own_items import Typed
from bot.chat.reminders.panel import mute_card, own_card, panel, refused, stop_question, understood
from bot.chat.reminders.times_form import TimesForm, times_of
from bot.content.model import Format, Weekly
from bot.reminders.desk import Overview, Route, Upcoming
from bot.reminders.schedule import Dated
from bot.store.records import Digest, Follow, ItemKind, Person, PersonalItem, QuietHours, Reminder, To
from tests.chat.conftest import Clock

ANN = 2**64 - 1
"""The longest id that a person can have."""
LONG = "Organisational behaviour " * 40


def parts_of(view: ui.LayoutView) -> list[dict[str, Any]]:
    """All components of a card as they are sent, with the nested ones."""

    def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for component in components:
            yield component
            yield from walk(component.get("components", []))

    return list(walk([item.to_component_dict() for item in view.children]))


def assert_within_limits(view: ui.LayoutView) -> None:
    parts = parts_of(view)
    texts = [part["content"] for part in parts if part["type"] == 10]
    buttons = [part for part in parts if part["type"] == 2]
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    assert len(parts) <= 40
    assert sum(map(len, texts)) <= 4000
    assert all(texts)
    assert all(1 <= len(row["components"]) <= 5 for row in parts if row["type"] == 1)
    assert all(1 <= len(button["label"]) <= 80 for button in buttons)
    assert all(len(custom_id) <= 100 and is_known(custom_id) for custom_id in ids)
    assert len(set(ids)) == len(ids)
    for menu in (part for part in parts if part["type"] == 3):
        assert is_known(menu["custom_id"])
        assert_menu_within_limits(menu)
    assert all(button["url"].startswith("http") and len(button["url"]) <= 512 for button in buttons if "url" in button)


def assert_menu_within_limits(menu: dict[str, Any]) -> None:
    options = menu.get("options")
    if options is None:
        return
    values = [option["value"] for option in options]
    assert 1 <= len(options) <= 25
    assert all(1 <= len(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100 for option in options)
    assert len(set(values)) == len(values)
    assert len(menu.get("placeholder") or "") <= 150
    assert menu.get("max_values", 1) <= len(options)
    assert sum(bool(option.get("default")) for option in options) <= menu.get("max_values", 1)


def assert_cards_within_limits(outcome: Outcome, base: KnowledgeBase) -> None:
    """A card at its fullest: public or shareable, with every button that it may get."""
    for buttons in (course_buttons(outcome, base), schedule_buttons(outcome)):
        actions = [*buttons, *suits_button()]
        assert_within_limits(card(outcome, asker=ANN, actions=actions, question=LONG))
        assert_within_limits(card(outcome, shareable=True, actions=actions, question=LONG))
    assert_within_limits(card(outcome, pick=lambda code: custom_ids.schedule(ANN, code, 30)))


def test_every_answer_for_every_course(shipped: KnowledgeBase, assistant: Assistant, clock: Clock) -> None:
    for entry in shipped.entries:
        for course in (None, *shipped.courses):
            assert_cards_within_limits(assistant.answer(entry, Asker(course=course), now=clock()), shipped)


def test_every_course_card_comparison_and_schedule(shipped: KnowledgeBase, assistant: Assistant, clock: Clock) -> None:
    codes = list(shipped.courses)
    roles = tuple(course.role for course in shipped.courses.values() if course.role)
    for code in codes:
        for other in (None, *codes):
            assert_cards_within_limits(assistant.course(code, other, now=clock()), shipped)
        for days in (7, 30, None):
            assert_cards_within_limits(assistant.schedule(code, days, now=clock()), shipped)
    assert_cards_within_limits(assistant.course(None, now=clock()), shipped)
    assert_cards_within_limits(assistant.schedule(None, None, Asker(roles=roles), now=clock()), shipped)


def test_every_format(shipped: KnowledgeBase, assistant: Assistant) -> None:
    for which in (None, *Format):
        assert_cards_within_limits(assistant.formats(which), shipped)
    for answer in (True, False, None):
        preferences = Preferences(week_changes=answer, likes_live=answer, wants_routine=answer)
        assert_cards_within_limits(assistant.suits(preferences), shipped)


def test_completions(shipped: KnowledgeBase, assistant: Assistant) -> None:
    typed = ["", " ", "a", "when is", "pm", "\u202e", "[a](" * 1500]
    for text in typed:
        assert len(assistant.suggest_questions(text)) <= 25
        assert len(assistant.suggest_courses(text)) <= 25
    assert all(1 <= len(entry.question) <= MAX_CHOICE for entry in shipped.entries.values())
    long = [CourseChoice(code="LAB-1", title=LONG)]
    assert [(len(name), code) for name, code in course_names(long)] == [(MAX_CHOICE, "LAB-1")]


MANY_COURSES = tuple(CourseChoice(code=f"{number} {LONG}", title=LONG) for number in range(40))
SUGGESTIONS = tuple(Suggestion(entry=f"{number} {LONG}", question=LONG) for number in range(12))
LINKS = tuple(Link(label=LONG, url=f"https://sps.example.edu/{number}") for number in range(20))
LONG_TEXT = "A line of an answer that goes on.\n" * 300


@pytest.mark.parametrize(
    "outcome",
    [
        Answer(
            entry="x",
            title=LONG,
            text=LONG_TEXT,
            courses=(LONG,),
            format=Format.HYBRID,
            links=LINKS,
            related=SUGGESTIONS[:2] * 2,
        ),
        Answer(entry=None, title=LONG, text=LONG_TEXT, courses=(LONG,), links=LINKS),
        Answer(entry=None, title=LONG, text=LONG * 20, courses=tuple(one.code for one in MANY_COURSES)),
        WhichCourse(entry=LONG, title=LONG, text=LONG_TEXT, choices=MANY_COURSES),
        WhichCourse(entry=None, title=LONG, text=LONG_TEXT, choices=MANY_COURSES[:9]),
        DidYouMean(text=LONG_TEXT, suggestions=SUGGESTIONS[:3]),
        Elsewhere(topic=LONG, text=LONG_TEXT),
        Unknown(text=LONG_TEXT),
    ],
    ids=lambda outcome: type(outcome).__name__,
)
def test_whatever_staff_write(shipped: KnowledgeBase, outcome: Outcome) -> None:
    base = replace(shipped, courses={LONG: replace(shipped.school.courses[0], code=LONG)})
    assert_cards_within_limits(outcome, base)


def test_a_card_has_the_colour_of_its_format(assistant: Assistant, clock: Clock) -> None:
    courses = ("PM-101", "PMP-200", "DA-120")
    colours = {parts_of(card(assistant.course(code, now=clock())))[0]["accent_color"] for code in courses}

    assert len(colours) == len(Format)


def test_more_courses_than_buttons_are_said_to_be_more() -> None:
    outcome = WhichCourse(entry="x", title="Which?", text="Which course?", choices=MANY_COURSES)
    texts = [part["content"] for part in parts_of(card(outcome)) if part["type"] == 10]

    assert "first 25 of 40" in texts[-1]


@pytest.mark.parametrize(("count", "way_out"), [(1, "No, something else"), (3, "None of these")])
def test_one_thing_that_may_be_meant_has_a_way_out_that_speaks_of_one(count: int, way_out: str) -> None:
    view = card(DidYouMean(text="Did you mean this?", suggestions=SUGGESTIONS[:count]))
    assert [part["label"] for part in parts_of(view) if part["type"] == 2][count:] == [way_out]


def test_only_web_addresses_become_link_buttons() -> None:
    addresses = ["javascript:alert(1)", "mailto:a@b.edu", "HTTPS://sps.example.edu", "https://x.edu/" + "a" * 600]
    links = tuple(Link(label=address[:20], url=address) for address in addresses)
    view = card(Answer(entry="x", title="Links", text="Here.", links=links))

    assert [part["url"] for part in parts_of(view) if part["type"] == 2] == ["HTTPS://sps.example.edu"]


@pytest.mark.parametrize(
    ("text", "starts_and_ends"),
    [
        ("short", ("short", "short")),
        ("line one\nline two\n" * 50, ("line one\nline two", "line one")),
        ("word " * 200, ("word word", "word")),
        ("x" * 900, ("xxx", "xxx")),
    ],
)
def test_long_texts_are_cut_between_lines_or_words(text: str, starts_and_ends: tuple[str, str]) -> None:
    cut = clip(text, 300)
    kept = cut.split("\n-# This is only the beginning")[0]

    assert len(cut) <= 300
    assert kept.startswith(starts_and_ends[0])
    assert kept.endswith(starts_and_ends[1])
    assert (kept == text) == (len(text) <= 300)


OWN_ZONE = ZoneInfo("America/Argentina/ComodRivadavia")
ITEMS = tuple(
    PersonalItem(
        id=2**63 - number,
        since=0,
        kind=ItemKind.SLOT,
        title="*" * 80,
        when=Weekly(weekdays=(0, 1, 2, 3, 5, 6), at=time(19), minutes=60, interval=2),
        zone=OWN_ZONE,
        course=LONG[:100],
        first=date(2026, 9, 1),
        until=date(2026, 12, 1),
        offsets=(5, 10, 15, 20, 25),
    )
    for number in range(25)
)
OWN_TIMES = Person(
    id=ANN,
    zone=OWN_ZONE,
    quiet=QuietHours(starts=time(22), ends=time(7)),
    digest=Digest(weekday=2, at=time(18), since=0),
    follows=tuple(
        Follow(course=one.code, since=0, offsets=dict.fromkeys((5, 10, 20, 25, 35), 0), muted_until=2**40)
        for one in MANY_COURSES
    ),
    items=ITEMS,
)


@pytest.mark.parametrize("person", [Person(id=ANN), OWN_TIMES], ids=["new", "full"])
@pytest.mark.parametrize("route", Route)
def test_the_panel(shipped: KnowledgeBase, clock: Clock, person: Person, route: Route) -> None:
    courses = {one.code: replace(shipped.school.courses[0], code=one.code) for one in MANY_COURSES}
    base = replace(shipped, courses=courses)
    reminder = Reminder(
        to=To.PERSON, recipient=ANN, course=None, occurrence="x", starts_at=2, rule="5", fire_at=1, expires_at=2
    )
    dated = Dated(key="x", course=None, starts_at=2, remind_before=(5,), of=ITEMS[0])
    overview = Overview(
        person=person, route=route, upcoming=(Upcoming(reminder=reminder, dated=dated),) * 3, digest_at=1
    )

    assert_within_limits(panel(overview, base, MANY_COURSES, clock(), LONG))
    for view in (
        stop_question(),
        mute_card(LONG, 0),
        mute_card(LONG, 2**40),
        own_card(ITEMS[0], clock()),
        understood(ITEMS[0], "", clock()),
        refused(LONG, "reminders:again"),
    ):
        assert_within_limits(view)


async def test_the_forms() -> None:
    typed = Typed(title="x" * 80, when="every " * 16, course=MANY_COURSES[3].code, leads=(5, 10, 20, 25, 35))
    for form in (
        SuitsForm(),
        ItemForm(typed, MANY_COURSES),
        TimesForm(times_of(OWN_TIMES, OWN_ZONE)),
        DigestForm(digest_of(OWN_TIMES), OWN_ZONE),
    ):
        said = form.to_dict()
        assert len(said["title"]) <= 45
        assert 1 <= len(said["components"]) <= 5
        assert all(len(label["label"]) <= 45 for label in said["components"])
        assert all(len(label.get("description") or "") <= 100 for label in said["components"])
        for field in (label["component"] for label in said["components"]):
            assert len(field.get("value") or "") <= field.get("max_length", 4000)
            assert_menu_within_limits(field)
