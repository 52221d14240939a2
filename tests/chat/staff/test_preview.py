"""/staff preview shows what students see, and what they do not see yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simcord.actors import MemberActor

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from tests.chat.conftest import School
from tests.chat.reading import labels, seen, words

MISSED = "What happens if I miss a live session?"


@pytest.fixture
def draft(assistant: Assistant) -> str:
    """The entry about missed sessions is a draft."""
    base = assistant.knowledge
    entries = tuple(replace(one, draft=one.id == "missed-session") for one in base.faq.entries)
    assistant.knowledge = KnowledgeBase.build(replace(base.faq, entries=entries), base.school)
    return MISSED


async def test_an_answer_is_shown_for_each_format(school: School, lee: MemberActor) -> None:
    offered = await lee.autocomplete(school.general, "staff preview", "item", "log in at")
    result = await lee.slash(school.general, "staff preview", item=offered[0]["value"])
    menu = next(one for one in seen(result).message.components[-2].children)  # type: ignore[union-attr]

    assert result.ephemeral
    assert offered[0]["name"] == "Do I have to log in at a specific time?"
    assert words(result.response).startswith("-# Preview: what a student whose course is not known sees now.")
    assert [option.label.partition(" · ")[2] for option in menu.options[1:4]] == [  # type: ignore[union-attr]
        "asynchronous",
        "synchronous",
        "hybrid",
    ]
    await lee.select(seen(result), [menu.options[2].value])  # type: ignore[union-attr]
    assert "what a student of PMP-200 sees now" in words(result.response)
    assert "Next live session of PMP-200" in words(result.response)


async def test_a_draft_is_shown_to_staff_and_said_to_be_one(school: School, lee: MemberActor, draft: str) -> None:
    offered = await lee.autocomplete(school.general, "staff preview", "item", "")
    result = await lee.slash(school.general, "staff preview", item=offered[0]["value"])

    assert offered[0]["name"] == f"{draft} (draft)"
    assert "It is a draft" in words(result.response)
    assert MISSED in words(result.response)
    await lee.click(seen(result), label="PMP-200 · PMP Exam Preparation (live)")
    assert "Watch the recording before the next class" in words(result.response)
    assert "It is a draft" in words(result.response)


@pytest.mark.parametrize(
    ("typed", "shows"),
    [("12 Nov 2026 17:00", "Application to sit the exam"), ("1 Dec 2026", "Mock exam sign-up")],
)
async def test_a_course_at_another_moment(school: School, lee: MemberActor, typed: str, shows: str) -> None:
    result = await lee.slash(school.general, "staff preview", item="PMP-200")
    form = await lee.click(seen(result), label="At another time")
    assert form.modal is not None
    await lee.submit_modal(form, {form.modal["components"][0]["component"]["custom_id"]: typed})

    assert "Preview: what anybody sees on <t:" in words(result.response)
    assert f"**Next deadline:** **{shows}**" in words(result.response)


@pytest.mark.parametrize(
    ("typed", "said"), [("1 sep 2026 9am", None), ("every sunday", "is more than one moment"), ("soonish", "soonish")]
)
async def test_moments_that_are_past_or_none(school: School, lee: MemberActor, typed: str, said: str | None) -> None:
    result = await lee.slash(school.general, "staff preview", item="PMP-200")
    form = await lee.click(seen(result), label="At another time")
    assert form.modal is not None
    sent = await lee.submit_modal(form, {form.modal["components"][0]["component"]["custom_id"]: typed})

    if said is None:
        assert "sees on <t:1788267600:F>" in words(result.response)
    else:
        assert said in words(sent.response)


async def test_what_is_not_there(school: School, lee: MemberActor) -> None:
    result = await lee.slash(school.general, "staff preview", item="parking in atlantis")
    assert words(result.response).startswith("I know no question and no course by that name")
    assert "Remove" not in labels(result.response)
