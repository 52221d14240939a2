"""All that the bot can do, without Discord: the one door that chat and the command line use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.answering.answers import ENTRY_GONE, About, compose, decline, suggestion
from bot.answering.conversation import Context, card, choices, reply
from bot.answering.courses import choice, schedule
from bot.answering.facts import contact_in_words
from bot.answering.formats import formats_card
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer, CourseChoice, Outcome, Reply, Suggestion, Unknown, WhichCourse
from bot.answering.suits import Preferences, suiting_formats
from bot.content.model import Course, Format
from bot.timetable.editions import Editions

REMEMBERED_FOR = timedelta(minutes=10)

WHICH_COURSE = "Which course?"
COURSE_UNKNOWN = "I don't know a course by that name. Please pick one of these."
ASK_COURSE = "Please pick one of these."


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks and where: what Discord knows that the words do not say.

    `person` is any stable number for the person (their last question is remembered for ten minutes); `course` a code
    or name that was given beside the question; `channel` and `roles` are names, without # and @; `following` are the
    codes of the courses of which they want to be reminded.
    """

    person: int | None = None
    course: str | None = None
    channel: str | None = None
    roles: tuple[str, ...] = ()
    following: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Remembered:
    entry: str | None
    course: str | None
    awaits_course: bool
    at: datetime


NOBODY = Asker()


class Assistant:
    """Answers from one knowledge base, which may be replaced at any time by assigning `knowledge`.

    `held` are the keys of the sessions and deadlines whose change staff have yet to confirm; answers say so.
    `editions` are how calendars know what was in their files. The last question of each person is kept for ten
    minutes, in memory only.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.held: frozenset[str] = frozenset()
        self.editions = Editions()
        self._last: dict[int, _Remembered] = {}

    def ask(self, question: str, asker: Asker = NOBODY, *, now: datetime, unasked: bool = False) -> Reply:
        """Answer a question in free text. `unasked`: nobody addressed the bot, so only a high score is an answer."""
        said = reply(question, self._present(), now, self._context(asker, now), unasked=unasked)
        self._remember(asker, said.outcome, now)
        return said

    def answer(self, entry: str, asker: Asker = NOBODY, *, now: datetime) -> Outcome:
        """Answer the entry with this id (a pressed button); Unknown with a kind sentence if it has gone since."""
        base = self._present()
        if entry not in base.entries:
            return Unknown(text=ENTRY_GONE)
        context = self._context(asker, now)
        courses = (context.course,) if context.course else ()
        outcome = compose(base.entries[entry], About(courses=courses, choices=choices(base, context.mine)), base, now)
        self._remember(asker, outcome, now)
        return outcome

    def forget(self, person: int) -> None:
        """Forget what a person asked last."""
        self._last.pop(person, None)

    def others(self, question: str, entry: str, limit: int) -> list[Suggestion]:
        """Offer what else the question may mean, if this entry was not it: the likeliest, then the entry's related."""
        base = self.knowledge
        likely = [match.entry for match in base.matcher.rank(base.names.find(question).rest, limit + 3)]
        related = base.entries[entry].related if entry in base.entries else ()
        found = dict.fromkeys(one for one in (*likely, *related) if one in base.entries and one != entry)
        return [suggestion(base.entries[one]) for one in found][:limit]

    def none_of_these(self) -> Unknown:
        """What to say when none of the offered entries was meant: whom to ask."""
        return decline(self.knowledge)

    def contact(self) -> str:
        """Name whom to ask at the school, in one line of Markdown."""
        return contact_in_words(self.knowledge.contact())

    def course(
        self, name: str | None, other: str | None = None, asker: Asker = NOBODY, *, now: datetime
    ) -> Answer | WhichCourse:
        """Show a course's card, or two courses side by side. Names in any spelling; unknown or None asks which one."""
        found = [self._find(given, asker, now) for given in ((name, other) if other else (name,))]
        wanted = [courses[0] for courses in found if len(courses) == 1]
        if len(wanted) < len(found):
            unclear = next(courses for courses in found if len(courses) != 1)
            return self._which(unclear, asker, now, known=name is None)
        return self._looked_at(card(_distinct(wanted), self._present(), now), asker, now)

    def schedule(
        self, name: str | None, days: int | None, asker: Asker = NOBODY, *, now: datetime
    ) -> Answer | WhichCourse:
        """List sessions and deadlines of a course by date, for so many days; None = the whole term.

        Without a name it is all that the asker follows, or else the course of their channel or their roles.
        """
        context = self._context(asker, now)
        found = self._find(name, asker, now)
        if name is None:
            found = self._followed(asker) or found or context.mine
        elif len(found) != 1:
            found = ()
        if not found:
            return self._which((), asker, now, known=name is None)
        return self._looked_at(schedule(found, days, self._present(), now), asker, now)

    def calendar(self, codes: Sequence[str], *, now: datetime) -> bytes:
        """Make an .ics file of all sessions and deadlines of these courses; unknown codes are left out."""
        from bot.timetable.ics import calendar  # icalendar takes a tenth of a second to import: only when needed

        base = self._present()
        known = [code for code in dict.fromkeys(codes) if code in base.courses]
        occurrences = [occurrence for code in known for occurrence in base.timetable.of_course(code)]
        occurrences += [gone for gone in self.editions.gone if gone.course in known]
        titles = {code: base.courses[code].title for code in known}
        return calendar(occurrences, name=", ".join(known), stamp=now, titles=titles, editions=self.editions)

    def formats(self, which: Format | None = None) -> Answer:
        """Explain one delivery format, or compare all three."""
        return formats_card(self.knowledge, which)

    def suits(self, preferences: Preferences) -> Answer:
        """Say what speaks for each format, given three preferences; never a verdict."""
        return suiting_formats(preferences, self.knowledge, self.contact())

    def suggest_questions(self, typed: str, limit: int = 25) -> list[Suggestion]:
        """Complete a question that is being typed, best first; all of them, in file order, when nothing is typed."""
        entries = self.knowledge.entries
        if not typed.strip():
            return [suggestion(entry) for entry in entries.values()][:limit]
        completed = self.knowledge.matcher.complete(typed, limit + len(self.knowledge.elsewhere))
        return [suggestion(entries[found]) for found in completed if found in entries][:limit]

    def suggest_courses(self, typed: str, asker: Asker = NOBODY, limit: int = 25) -> list[CourseChoice]:
        """Complete a course by code, title or other name; the asker's own first when nothing is typed."""
        base = self.knowledge
        if typed.strip():
            found = [base.courses[code] for code in base.names.resolve(typed)]
        else:
            found = _distinct([*self._own(asker), *base.courses.values()])
        return [choice(course) for course in found[:limit]]

    def _present(self) -> KnowledgeBase:
        base = self.knowledge
        return replace(base, timetable=base.timetable.holding(self.held)) if self.held else base

    def _find(self, name: str | None, asker: Asker, now: datetime) -> tuple[Course, ...]:
        """The courses that a given name may mean; without one, the course that the context tells."""
        if name is None:
            course = self._context(asker, now).course
            return (course,) if course else ()
        base = self.knowledge
        named = base.names.find(name).courses or base.names.resolve(name)
        return tuple(base.courses[code] for code in named)

    def _which(self, unclear: Sequence[Course], asker: Asker, now: datetime, *, known: bool) -> WhichCourse:
        offered = unclear or choices(self.knowledge, self._context(asker, now).mine)
        return WhichCourse(
            entry=None,
            title=WHICH_COURSE,
            text=ASK_COURSE if known or unclear else COURSE_UNKNOWN,
            choices=tuple(choice(course) for course in offered),
        )

    def _own(self, asker: Asker) -> tuple[Course, ...]:
        """The courses that the asker's channel names, that they follow, and that their roles name, in this order."""
        roles = {role.casefold() for role in asker.roles}
        courses = self.knowledge.courses.values()
        by_role = [one for one in courses if (one.role or "").casefold() in roles]
        return tuple(_distinct([*self._here(asker), *self._followed(asker), *by_role]))

    def _here(self, asker: Asker) -> list[Course]:
        """The courses of the asker's channel."""
        channel = (asker.channel or "").casefold()
        courses = self.knowledge.courses.values()
        return [course for course in courses if channel and (course.channel or "").casefold() == channel]

    def _followed(self, asker: Asker) -> tuple[Course, ...]:
        courses = self.knowledge.courses
        return tuple(courses[code] for code in asker.following if code in courses)

    def _context(self, asker: Asker, now: datetime) -> Context:
        """What is known beside the words, best first: a given course, the channel's, the last one, their only one."""
        last = self._last.get(asker.person) if asker.person is not None else None
        if last and now - last.at > REMEMBERED_FOR:
            last = None
        own = self._own(asker)
        recent = self.knowledge.courses.get(last.course) if last and last.course else None
        certain = [
            *(self._find(asker.course, asker, now)[:1] if asker.course else ()),
            *self._here(asker),
            *([recent] if recent else ()),
            *(own if len(own) == 1 else ()),
        ]
        return Context(
            course=certain[0] if certain else None,
            mine=own,
            last_entry=last.entry if last else None,
            awaits_course=bool(last and last.awaits_course),
        )

    def _looked_at(self, shown: Answer, asker: Asker, now: datetime) -> Answer:
        """Remember a course that was looked at alone: what is asked next is about it."""
        if len(shown.courses) == 1:
            self._remember(asker, shown, now)
        return shown

    def _remember(self, asker: Asker, outcome: Outcome, now: datetime) -> None:
        if asker.person is None or not isinstance(outcome, Answer | WhichCourse):
            return
        self._last = {who: last for who, last in self._last.items() if now - last.at <= REMEMBERED_FOR}
        course = outcome.courses[0] if isinstance(outcome, Answer) and len(outcome.courses) == 1 else None
        self._last[asker.person] = _Remembered(
            entry=outcome.entry, course=course, awaits_course=isinstance(outcome, WhichCourse), at=now
        )


def _distinct(courses: Sequence[Course]) -> list[Course]:
    """The courses in their order, each once."""
    return list({course.code: course for course in courses}.values())
