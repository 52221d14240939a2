"""A small FAQ as staff would write it, and questions that it could not answer."""

from __future__ import annotations

from bot.answering.knowledge_base import KnowledgeBase
from bot.store.questions import Question, Why
from tests.answering.bases import base_of

FAQ = """\
questions:
  - question: Do I have to log in at a set time?
    id: login
    also_asked:
      - are there fixed class hours
      - can i study at night
    answer: It depends.
  - question: Are the sessions recorded?
    id: recordings
    also_asked:
      - can i watch the lecture later
      - where are the videos
    answer: Most are.
  - question: How do I hand in homework?
    id: homework
    also_asked:
      - where do i upload my essay
      - submit an assignment
    answer: On the course page.
  - question: When is my next session?
    id: next-session
    needs: course
    also_asked:
      - do we meet this week
    answer: It is in the schedule.
elsewhere:
  - topic: Tuition
    also_asked:
      - how much does it cost
      - can i pay in instalments
examples:
  - ask: where are the videos of last week
    expect: recordings
  - ask: who won the world cup
    expect: none
"""
COURSES = ("code: PM-101\ntitle: Project Management\nformat: asynchronous",)


def base(faq: str = FAQ) -> KnowledgeBase:
    return base_of(*COURSES, faq=faq)


def asked(*texts: str, course: str | None = None, first_id: int = 1) -> list[Question]:
    """Make an open question of each text, one minute apart, the last one the newest."""
    return [
        Question(id=number, text=text, why=Why.UNANSWERED, asked_at=60 * number, course=course)
        for number, text in enumerate(texts, start=first_id)
    ]
