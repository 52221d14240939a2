"""faq.yaml as a whole: wordings that the bot cannot tell apart, and staff's own tests; the real matcher is asked."""

from __future__ import annotations

import pytest

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.knowledge.collisions import judge_wordings
from bot.knowledge.examples import judge_examples
from bot.knowledge.findings import Findings
from tests.knowledge.files import courses_file, told

FAQ = """\
questions:
  - question: Do I have to log in at a specific time?
    id: login-time
    also_asked:
      - do i need to be online at a set time
      - are there set class times
      - can i study at night when the kids sleep
    answer: No.
  - question: What happens if I miss a live session?
    id: missed
    also_asked:
      - i was ill on tuesday and could not come
      - can i watch the recordings later
      - must i tell you before i miss a session
      - is it allowed to miss a session
      - i will miss a session next week
      - who do i tell when i miss a session
    answer: It depends on the course.
    needs: course
  - question: Are the courses self-paced?
    id: self-paced
    also_asked:
      - can i work ahead
      - is it at my own speed
    answer: Within the week.
elsewhere:
  - topic: Tuition
    also_asked:
      - how much does it cost
      - can i pay in instalments
    contact: bursar@school.edu
examples:
"""
COURSES = courses_file("code: PM-101\nformat: async").encode()


def base_and_findings(faq: str) -> tuple[KnowledgeBase, Findings]:
    reading, courses = read_faq(faq.encode()), read_courses(COURSES)
    assert reading.value is not None, "\n".join(map(str, reading.problems))
    assert courses.value is not None
    return KnowledgeBase.build(reading.value, courses.value), Findings("faq.yaml", reading.places)


def collisions(faq: str) -> list[str]:
    base, findings = base_and_findings(faq)
    judge_wordings(base, findings)
    return told(findings.problems, faq=faq)


def added(entry: str, wording: str) -> str:
    """Write FAQ with one more wording, the last of this entry."""
    head, rest = FAQ.split(f"id: {entry}\n", 1) if entry != "Tuition" else FAQ.split("topic: Tuition\n", 1)
    name = "id: " if entry != "Tuition" else "topic: "
    listed, tail = rest.split("also_asked:\n", 1)
    return f"{head}{name}{entry}\n{listed}also_asked:\n      - {wording}\n{tail}"


@pytest.mark.parametrize(
    ("entry", "wording", "expected"),
    [
        (
            "self-paced",
            "what happens if i missed a live session",
            '"what happens if i missed a live session" (self-paced) is nearly the same as '
            '"What happens if I miss a live session?" (missed, line: '
            "- question: What happens if I miss a live session?), "
            "so the bot cannot tell which of the two is meant. Keep one of them",
        ),
        (
            "Tuition",
            "do i have to be online at set times",
            '"do i have to be online at set times" (elsewhere: Tuition) is nearly the same as '
            '"do i need to be online at a set time" (login-time, line: - do i need to be online at a set time), '
            "so the bot cannot tell which of the two is meant. Keep one of them",
        ),
        (
            "self-paced",
            "do i tell you when i miss a session",
            '"do i tell you when i miss a session" (self-paced) is taken for missed (line: - who do i tell when i miss '
            'a session), because of "who do i tell when i miss a session" there. '
            "Move it there, or put one of them in other words",
        ),
    ],
)
def test_a_wording_that_belongs_to_another_entry(entry: str, wording: str, expected: str) -> None:
    assert collisions(added(entry, wording)) == [f"- {wording} -> warning: {expected}"]


def test_the_later_one_of_two_equal_wordings_is_told_once() -> None:
    found = collisions(added("missed", "how much does it cost?"))
    assert len(found) == 1
    assert found[0].startswith('- how much does it cost -> warning: "how much does it cost" (elsewhere: Tuition)')
    assert "(missed, line: - how much does it cost?)" in found[0]


def test_a_wording_among_many_that_is_much_more_like_another_entry() -> None:
    last = "      - can i study at night when the kids sleep\n"
    more = "      - must i be there at six in the evening\n      - which days and hours do i have to be free\n"
    faq = FAQ.replace(last, f"{last}{more}      - who do i tell when i will miss a session next week\n")
    (found,) = collisions(faq)
    assert "(login-time) is taken for missed (line: - i will miss a session next week)" in found


def test_wordings_that_only_sound_alike_do_not_collide() -> None:
    assert collisions(FAQ) == []
    assert collisions(added("missed", "what happens in a week without a session")) == []


def test_equal_wordings_of_two_questions_are_left_to_the_reader_of_the_file() -> None:
    assert collisions(added("self-paced", "Do I need to be online at a set time?")) == []


def test_a_keyword_points_to_one_entry_only() -> None:
    faq = FAQ.replace("    id: login-time\n", "    id: login-time\n    keywords: [attendance, hours]\n")
    assert collisions(faq) == []
    found = collisions(faq.replace("    id: missed\n", "    id: missed\n    keywords: attendance\n"))
    assert len(found) == 1
    assert found[0].startswith('keywords: attendance -> warning: "attendance" (missed) is nearly the same as')


def test_a_draft_collides_with_nothing() -> None:
    faq = added("self-paced", "what happens if i missed a live session")
    assert (
        collisions(faq.replace("    answer: Within the week.\n", "    answer: Within the week.\n    draft: yes\n"))
        == []
    )


def failed(ask: str, expect: str) -> list[str]:
    faq = f"{FAQ}  - ask: {ask}\n    expect: {expect}\n"
    base, findings = base_and_findings(faq)
    judge_examples(base, findings)
    return told(findings.problems, faq=faq)


@pytest.mark.parametrize(
    ("ask", "expect"),
    [
        ("do i have to log in at a certain time", "login-time"),
        ("what if i miss a live session", "course"),
        ("what if i miss a live session", "missed"),
        ("what if i miss a live session of pm101", "missed"),
        ("how much does it cost", "none"),
        ("do penguins fly", "none"),
        ("hello", "none"),
    ],
)
def test_an_example_that_is_met_is_not_told(ask: str, expect: str) -> None:
    assert failed(ask, expect) == []


@pytest.mark.parametrize(
    ("ask", "expect", "sentence"),
    [
        (
            "do i have to log in at a certain time",
            "self-paced",
            "is expected to give self-paced, but the bot answers with login-time",
        ),
        ("do i have to log in at a specific time", "none", "to give no question above, but the bot answers with login"),
        ("do i have to log in at a specific time", "course", "to give the question which course is meant, but the bot"),
        ("what if i miss a live session", "login-time", "but the bot asks which course is meant, for missed"),
        ("how much does it cost", "missed", "but the bot names the office for Tuition"),
        ("do penguins fly", "missed", "but the bot has no answer"),
        ("pm101", "missed", "but the bot shows a course"),
    ],
)
def test_an_example_that_fails_says_what_the_bot_does(ask: str, expect: str, sentence: str) -> None:
    found = failed(ask, expect)
    assert len(found) == 1
    assert found[0].startswith(f'expect: {expect} -> error: expect: "{ask}" is expected')
    assert sentence in found[0]
