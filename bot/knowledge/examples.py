"""Asks the real bot what staff wrote down as their own tests."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.answering.conversation import reply
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer, DidYouMean, Elsewhere, Outcome, Unknown, WhichCourse
from bot.content.model import Example
from bot.knowledge.findings import Findings

ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""Which entry answers does not depend on the moment."""

FAILED = 'expect: "{ask}" is expected to give {expected}, but the bot {does}'
NO_ENTRY = "no question above"
ASKS_BACK = "the question which course is meant"
ANSWERS = "answers with {entry}"
ASKS_WHICH = "asks which course is meant, for {entry}"
SHOWS_COURSE = "shows a course"
OFFERS = 'is not sure and asks "Did you mean", with {entries}'
SENDS = "names the office for {topic}"
DECLINES = "has no answer"


def judge_examples(base: KnowledgeBase, findings: Findings) -> None:
    """Tell each example that the bot does not answer as expected."""
    for index, example in enumerate(base.faq.examples):
        outcome = reply(example.ask, base, ANY_MOMENT).outcome
        if not _is_met(example, outcome):
            expected = {"none": NO_ENTRY, "course": ASKS_BACK}.get(example.expect, example.expect)
            sentence = FAILED.format(ask=example.ask, expected=expected, does=in_words(outcome))
            findings.error(("examples", index, "expect"), sentence)


def _is_met(example: Example, outcome: Outcome) -> bool:
    """An entry is met by its answer and by asking back for its course; none by anything that is not an answer."""
    match outcome:
        case Answer(entry=entry):
            return entry is not None and example.expect == entry
        case WhichCourse(entry=entry):
            return example.expect in ("course", entry)
        case _:
            return example.expect == "none"


def in_words(outcome: Outcome) -> str:
    """Say what the bot does with a question, to go on after "the bot"."""
    match outcome:
        case Answer(entry=None):
            return SHOWS_COURSE
        case Answer(entry=entry):
            return ANSWERS.format(entry=entry)
        case WhichCourse(entry=entry):
            return ASKS_WHICH.format(entry=entry)
        case DidYouMean(suggestions=suggestions):
            return OFFERS.format(entries=", ".join(one.entry for one in suggestions))
        case Elsewhere(topic=topic):
            return SENDS.format(topic=topic)
        case Unknown():
            return DECLINES
