"""From a question to an answer, with a FAQ of a few lines: how sure the bot must be, and what it says first."""

from __future__ import annotations

import pytest

from bot.answering.answers import About, compose, did_you_mean
from bot.answering.conversation import reply
from bot.answering.matcher import Match
from bot.answering.outcomes import Answer, Elsewhere
from tests.answering.bases import MONDAY, base_of

GUESTS = """
questions:
  - question: Can I bring a guest to a live session?
    id: guests
    answer: Please ask your instructor.
  - question: Where is the parking lot?
    answer: Behind the library.
"""
FAR_FETCHED = ["because", "yesterday", "seven", "friendly", "elephants", "quietly", "juggled", "frozen", "umbrellas"]


def test_an_unasked_bot_must_be_surer_than_one_that_was_asked() -> None:
    base = base_of(faq=GUESTS)
    surer_to_vaguer = [" ".join(["guest to a live session", *FAR_FETCHED[:more]]) for more in range(len(FAR_FETCHED))]
    asked, unasked = (
        [one for one in surer_to_vaguer if isinstance(reply(one, base, MONDAY, unasked=silent).outcome, Answer)]
        for silent in (False, True)
    )
    assert surer_to_vaguer[0] in unasked
    assert set(unasked) < set(asked), "some questions are answered only if the bot was asked"


@pytest.mark.parametrize(
    ("scores", "asks"),
    [((0.4, 0.3), "Did you mean one of these?"), ((0.4, 0.1), "Did you mean this?")],
)
def test_one_thing_that_may_be_meant_is_not_spoken_of_as_several(scores: tuple[float, ...], asks: str) -> None:
    base = base_of(faq=GUESTS)
    likely = [Match(entry=entry, score=score, wording="") for entry, score in zip(base.entries, scores, strict=True)]
    assert did_you_mean(likely, base).text == f"I'm not sure what you mean. {asks}"


HOMEWORK = """
questions:
  - question: How do I upload my homework?
    id: how
    answer: As a PDF.
  - question: By when do I upload my homework?
    id: when
    answer: That depends.
    needs: course
"""


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("do I upload my homework?", "how"),
        ("do I upload my homework for C-1?", "when"),
        ("how do I upload my homework for C-1?", "how"),
        ("when do I upload my homework for C-1?", "when"),
    ],
)
def test_naming_a_course_decides_a_near_tie_and_nothing_else(question: str, entry: str) -> None:
    outcome = reply(question, base_of(faq=HOMEWORK), MONDAY).outcome
    assert isinstance(outcome, Answer)
    assert outcome.entry == entry


@pytest.mark.parametrize(
    ("more", "facts_first"),
    [
        ("needs: course", True),
        ("needs: course\n    by_format: {asynchronous: Words for this format.}", False),
        ("needs: course\n    by_format: {synchronous: Words for another.}", True),
        ("", False),
    ],
)
def test_facts_come_first_where_only_the_course_can_tell(more: str, facts_first: bool) -> None:
    faq = f"""
questions:
  - question: What is due?
    id: due
    answer: Words in general.
    show: [deadlines]
    {more}
"""
    base = base_of("format: asynchronous\ndeadlines:\n  - name: Essay\n    due: Fri 9 Oct 2026", faq=faq)
    answer = compose(base.entries["due"], About(courses=[base.courses["C-1"]]), base, MONDAY)
    assert isinstance(answer, Answer)
    assert (answer.text.index("Essay") < answer.text.index("Words")) == facts_first


@pytest.mark.parametrize(
    ("contact", "text"),
    [
        ("contact: bursar@school.edu", "is handled by another office: bursar@school.edu"),
        ("", "isn't something I can answer. Ask help@school.edu"),
    ],
)
def test_a_topic_of_another_office_names_its_contact_or_the_schools(contact: str, text: str) -> None:
    faq = f"""
questions:
  - question: Is there a library?
    answer: Yes.
elsewhere:
  - topic: Tuition
    also_asked: how much does it cost
    {contact}
"""
    outcome = reply("how much does it cost?", base_of(faq=faq), MONDAY).outcome
    assert isinstance(outcome, Elsewhere)
    assert outcome.text == f"**Tuition** {text}"


def test_a_related_question_that_is_a_draft_is_not_offered() -> None:
    faq = """
questions:
  - question: Where can I study?
    id: where
    answer: Anywhere.
    related: [unfinished, finished]
  - question: What about trains?
    id: unfinished
    answer: To be agreed.
    draft: yes
  - question: Is there a library?
    id: finished
    answer: Yes.
"""
    base = base_of(faq=faq)
    answer = compose(base.entries["where"], About(), base, MONDAY)
    assert isinstance(answer, Answer)
    assert [other.entry for other in answer.related] == ["finished"]
