"""Nothing of the staff desk goes beyond what Discord accepts, whatever students and staff write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from simcord.actors import MemberActor

from bot.answering.knowledge_base import KnowledgeBase
from bot.chat.forms import Form
from bot.chat.staff.new_answer import AnswerForm, Typed
from bot.chat.staff.preview import MomentForm, Shown, laid_out
from bot.chat.staff.replying import ReplyForm
from bot.chat.staff.self_test import Gap
from bot.chat.staff.status import of_reminders, of_server
from bot.chat.staff.wording import WordingForm, likeliest
from bot.chat.staff.written import proposed
from bot.content.edit import Edited
from bot.staff.effect import Effect, Turn
from bot.staff.preview import items
from bot.store.database import Database
from bot.store.health import Coming, Health, Undelivered
from bot.store.questions import Asked, Why, keep
from tests.chat.conftest import Clock, School
from tests.chat.reading import seen
from tests.chat.test_limits import assert_menu_within_limits, assert_within_limits

LONG = "*Organisational* behaviour " * 40
MANY = 2**63


@pytest.fixture
def full(shipped: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with texts as long as they may be, of which one is a draft, and many courses with long names."""
    draft = replace(shipped.faq.entries[0], draft=True, answer=LONG * 4, by_format={}, needs_course=True)
    entries = (draft, *(replace(one, answer=LONG * 4, by_format={}) for one in shipped.faq.entries[1:]))
    courses = [replace(one, code=f"{one.code}-{n}", title=LONG) for n in range(6) for one in shipped.school.courses]
    return KnowledgeBase.build(replace(shipped.faq, entries=entries), replace(shipped.school, courses=tuple(courses)))


def test_every_preview(full: KnowledgeBase, clock: Clock) -> None:
    for item in items(full):
        for course in (None, next(iter(full.courses))):
            for moment in (None, int(clock().timestamp())):
                assert_within_limits(laid_out(Shown(item=item, course=course, moment=moment), full, clock()))


def test_the_parts_of_the_status_are_short_enough_together() -> None:
    coming = tuple(Coming(fire_at=MANY, occurrence=LONG, people=MANY, channels=MANY) for _ in range(5))
    undelivered = tuple(Undelivered(course=LONG, refused=MANY, too_late=MANY) for _ in range(9))
    health = Health(coming=coming, overdue=MANY, overdue_since=MANY, undelivered=undelivered)
    room = 3_800 - 2_150 - len(of_reminders(health, None))
    assert room >= 800
    assert len(of_server([Gap(what=LONG, mend=LONG)] * 9, room)) <= room


def test_an_edit_before_it_is_written(full: KnowledgeBase) -> None:
    edited = Edited(
        file="faq.yaml",
        before=b"",
        after=b"",
        line=9,
        old=("x" * 3_000,),
        new=("```" * 1_000,),
        entry="x",
        wordings=(LONG,),
        faq=full.faq,
        places={},
    )
    turns = tuple(Turn(wording=LONG, before=LONG, after=LONG) for _ in range(5))
    effect = Effect(turns=turns, taken=(), warnings=(LONG,) * 9)
    assert_within_limits(proposed(["### " + "x" * 900], edited, effect, [], MANY))


async def test_an_inbox_full_of_long_questions(
    school: School, lee: MemberActor, database: Database, clock: Clock
) -> None:
    now = int(clock().timestamp())
    for number in range(9):
        asked = Asked(text=f"{'qwzxkjvbp'[number] * 7} " + "*" * 990, why=Why.UNANSWERED, person=number + 1)
        await database.run(keep, asked, now - number)
    for number in range(12):
        same = Asked(text=f"yodel yodel {'*' * number}", why=Why.NOT_QUITE, person=number + 50, entry="login-time")
        await database.run(keep, same, now)
    inbox = seen(await lee.slash(school.general, "staff inbox"))
    assert_within_limits(_layout(inbox))
    [menu] = [one for one in _layout(inbox).walk_children() if hasattr(one, "options")]
    for option in menu.options[:2]:
        await lee.select(inbox, [option.value])
        assert_within_limits(_layout(inbox))
        await lee.click(inbox, label="Back to the inbox")


async def test_the_forms(full: KnowledgeBase) -> None:
    topics = [f"{number} {LONG}" for number in range(40)]
    typed = Typed(question="x" * 200, also_asked="x\n" * 500, answer="x" * 3_500, topic=topics[3])
    shown = Shown(item=items(full)[0])
    entries = [replace(one, id=f"{one.id}-{n}") for n in range(3) for one in likeliest("when", full)]
    for form in (
        AnswerForm(MANY, typed, topics),
        AnswerForm(MANY, Typed(question=""), []),
        WordingForm(MANY, "x" * 900, entries),
        ReplyForm(MANY),
        MomentForm(shown),
    ):
        assert_form_within_limits(form)


def assert_form_within_limits(form: Form) -> None:
    said = form.to_dict()
    assert len(said["title"]) <= 45
    assert 1 <= len(said["components"]) <= 5
    assert all(len(label["label"]) <= 45 for label in said["components"])
    assert all(len(label.get("description") or "") <= 100 for label in said["components"])
    for field in (label["component"] for label in said["components"]):
        assert len(field.get("value") or "") <= field.get("max_length", 4_000) <= 4_000
        assert_menu_within_limits(field)


def _layout(message: Any) -> Any:
    return ui.LayoutView.from_message(message.message)
