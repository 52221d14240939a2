"""Which format suits me: each preference speaks for its formats and for no other."""

from __future__ import annotations

import re
from typing import Literal

import pytest

from bot.answering.suits import Preferences, suiting_formats
from bot.content.model import Format
from tests.answering.bases import base_of

ASYNCHRONOUS, SYNCHRONOUS, HYBRID = Format
NOTHING = "nothing of what you said"
Question = Literal["week_changes", "likes_live", "wants_routine"]


def reasons(**answers: bool) -> dict[Format, list[str]]:
    """The reasons given for each format when only these questions were answered."""
    preferences = Preferences(**dict.fromkeys(("week_changes", "likes_live", "wants_routine"), None) | answers)
    text = suiting_formats(preferences, base_of(), "help@school.edu").text
    _, *sections = re.split(r"^\*\*(?:Asynchronous|Synchronous|Hybrid)\*\*$", text, flags=re.MULTILINE)
    return {
        which: [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")]
        for which, section in zip(Format, sections, strict=True)
    }


@pytest.mark.parametrize(
    ("question", "answer", "reason", "speaks_for"),
    [
        ("week_changes", True, "your week changes", {ASYNCHRONOUS, HYBRID}),
        ("week_changes", False, "your week is regular", {SYNCHRONOUS, HYBRID}),
        ("likes_live", True, "you like live discussion", {SYNCHRONOUS, HYBRID}),
        ("likes_live", False, "you can do without live discussion", {ASYNCHRONOUS}),
        ("wants_routine", True, "you want a fixed routine", {SYNCHRONOUS}),
        ("wants_routine", False, "you don't need a fixed routine", {ASYNCHRONOUS, HYBRID}),
    ],
)
def test_one_answer_speaks_for_its_formats_alone(
    question: Question, answer: bool, reason: str, speaks_for: set[Format]
) -> None:
    for which, (only,) in reasons(**{question: answer}).items():
        assert only.startswith(reason if which in speaks_for else NOTHING), which


def test_no_preference_speaks_for_nothing() -> None:
    assert all(only.startswith(NOTHING) for (only,) in reasons().values())


def test_three_answers_are_weighed_together() -> None:
    given = reasons(week_changes=True, likes_live=False, wants_routine=True)
    assert [len(given[which]) for which in (ASYNCHRONOUS, SYNCHRONOUS, HYBRID)] == [2, 1, 1]
    assert given[SYNCHRONOUS][0].startswith("you want a fixed routine")
