"""A teacher reads why a question was matched as it was, and what to add so that it is matched better."""

from __future__ import annotations

import pytest

from bot.answering.answers import ANSWER_FROM
from bot.answering.conversation import reply
from bot.answering.outcomes import Answer
from bot.content.edit import add_wording
from bot.knowledge.examples import ANY_MOMENT
from bot.staff.why import Band, Heard, why
from tests.staff.desk import FAQ, base

SAID = [
    # what the student wrote, and what the explanation says
    ("thanks a lot!", ["The bot has no answer.", "small talk", "nothing to add"]),
    ("pm101", ["The bot shows a course.", "Course named: PM-101", "nothing to add"]),
    ("zebra crossing", ["Nothing in the file", "“zebra crossing”", "no wording has zebra, crossing in it"]),
    ("where do i upload the essay", ["answers with homework", "“where do i upload my essay” in homework"]),
    ("can i pay in installments", ["names the office for Tuition", "“can i pay in instalments” in elsewhere: Tuition"]),
    ("is the lecture on tape tonight", ["(recordings), nearest by", "first: lecture.", "wording: tape, tonight"]),
    ("recrded sesions", ["answers with recordings", "recrded as recorded, sesions as sessions"]),
    ("our lecture today was so much fun, we all laughed", ["reads like a remark", "only a score of 0.70"]),
    ("when is XY-999", ["XY-999 is no course in courses.yaml"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "told"), SAID)
def test_the_explanation_says(question: str, told: list[str]) -> None:
    text = str(why(question, base()))
    for sentence in told:
        assert sentence in text


def test_a_course_in_the_words_is_named_and_left_out_of_the_wording_to_add() -> None:
    found = why("is the lecture of PM-101 on tape?", base())
    assert found.courses == ("PM-101",)
    assert found.wording == "is the lecture of on tape?"
    assert "“is the lecture of on tape?”" in str(found)


def test_each_word_is_told_by_what_it_does() -> None:
    heard = {word.text: word for word in why("upload my essay for the tuition in time, ok zebra?", base()).words}
    assert heard["essay"].heard is Heard.COUNTED
    assert (heard["tuition"].heard, heard["tuition"].points_to) == (Heard.ELSEWHERE, "elsewhere: Tuition")
    assert heard["zebra"].heard is Heard.UNKNOWN
    assert heard["the"].heard is Heard.LITTLE


@pytest.mark.parametrize(
    "question", ["can i see the class on tape", "is there any homework tonight", "fixed night videos"]
)
def test_what_is_advised_to_add_does_what_is_promised(question: str) -> None:
    found = why(question, base())
    assert not isinstance(found.outcome, Answer)
    nearest = next(one for one in found.candidates if one.entry in base().entries)
    assert "then the bot answers with it" in str(found).replace("Then", "then")

    taught = base(add_wording(FAQ.encode(), nearest.entry, found.wording).after.decode())
    said = reply(question, taught, ANY_MOMENT)
    assert getattr(said.outcome, "entry", None) == nearest.entry
    assert f"({said.matches[0].score:.2f})" in str(found)


def test_the_bands_are_those_by_which_the_bot_answers() -> None:
    candidates = why("are the sessions recorded", base()).candidates
    assert candidates[0].band is Band.ANSWERS
    assert [one.score >= ANSWER_FROM for one in candidates] == [one.band is Band.ANSWERS for one in candidates]


@pytest.mark.parametrize("question", ["", "   ", "?!", "a" * 5000, "🙃", "\u202eabc", "@everyone #1 **x**"])
def test_anything_can_be_asked(question: str) -> None:
    assert str(why(question, base()))
