"""All that the bot can do, without Discord: the one door that chat and the command line use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answering.outcomes import Answer, CourseChoice, Outcome, Reply, Suggestion, Unknown, WhichCourse
from bot.answering.suits import Preferences
from bot.answering.knowledge_base import KnowledgeBase
from bot.content.model import Format


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks and where: what Discord knows that the words do not say.

    `person` is any stable number for the person (their last question is remembered for ten minutes); `course` a code
    or name that was given beside the question; `channel` and `roles` are names, without # and @.
    """

    person: int | None = None
    course: str | None = None
    channel: str | None = None
    roles: tuple[str, ...] = ()


NOBODY = Asker()


class Assistant:
    """Answers from one knowledge base, which may be replaced at any time by assigning `knowledge`."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge

    def ask(self, question: str, asker: Asker = NOBODY, *, now: datetime, unasked: bool = False) -> Reply:
        """Answer a question in free text. `unasked`: nobody addressed the bot, so only a high score is an answer."""
        raise NotImplementedError

    def answer(self, entry: str, asker: Asker = NOBODY, *, now: datetime) -> Outcome:
        """Answer the entry with this id (a pressed button); Unknown with a kind sentence if it has gone since."""
        raise NotImplementedError

    def none_of_these(self) -> Unknown:
        """What to say when none of the offered entries was meant: whom to ask."""
        raise NotImplementedError

    def course(
        self, name: str | None, other: str | None = None, asker: Asker = NOBODY, *, now: datetime
    ) -> Answer | WhichCourse:
        """Show a course's card, or two courses side by side. Names in any spelling; unknown or None asks which one."""
        raise NotImplementedError

    def schedule(
        self, name: str | None, days: int | None, asker: Asker = NOBODY, *, now: datetime
    ) -> Answer | WhichCourse:
        """List sessions and deadlines of a course (or of the asker's) by date, for so many days; None = the whole term."""
        raise NotImplementedError

    def calendar(self, codes: Sequence[str], *, now: datetime) -> bytes:
        """Make an .ics file of all sessions and deadlines of these courses; unknown codes are left out."""
        raise NotImplementedError

    def formats(self, which: Format | None = None) -> Answer:
        """Explain one delivery format, or compare all three."""
        raise NotImplementedError

    def suits(self, preferences: Preferences) -> Answer:
        """Say what speaks for each format, given three preferences; never a verdict."""
        raise NotImplementedError

    def suggest_questions(self, typed: str, limit: int = 25) -> list[Suggestion]:
        """Complete a question that is being typed, best first; all of them, in file order, when nothing is typed."""
        raise NotImplementedError

    def suggest_courses(self, typed: str, asker: Asker = NOBODY, limit: int = 25) -> list[CourseChoice]:
        """Complete a course by code, title or other name; the asker's own first when nothing is typed."""
        raise NotImplementedError
