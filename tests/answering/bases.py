"""Small knowledge bases, written as the YAML that staff would write. Their term is autumn 2026, in New York."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from tests.knowledge.files import courses_file

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 10, 5, 12, 0, tzinfo=NEW_YORK)
QUESTION = """\
questions:
  - question: Is anybody there?
    answer: Yes.
"""


def base_of(*courses: str, faq: str = QUESTION, more: str = "") -> KnowledgeBase:
    """Build a base of these courses (C-1, C-2, … unless a code is given); `more` stands at the end of courses.yaml."""
    school = read_courses((courses_file(*courses or ["format: asynchronous"]) + more).encode())
    questions = read_faq(faq.encode())
    assert school.value, school.problems
    assert questions.value, questions.problems
    return KnowledgeBase.build(questions.value, school.value)
