"""The immutable snapshot that every answer is composed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.matcher import Indexed, Matcher
from bot.answering.mentions import CourseNames
from bot.answering.titles import Titles
from bot.content.model import Contact, Course, Courses, Elsewhere, Entry, Faq
from bot.timetable.occurrences import Timetable


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """Both files with what is derived from them once: the match index, the timetable and the course names.

    `entries` leaves out drafts. `elsewhere` is keyed by the id under which the matcher knows the topic.
    """

    faq: Faq
    school: Courses
    entries: Mapping[str, Entry]
    elsewhere: Mapping[str, Elsewhere]
    courses: Mapping[str, Course]
    matcher: Matcher
    names: CourseNames
    titles: Titles
    timetable: Timetable

    @classmethod
    def build(cls, faq: Faq, school: Courses) -> KnowledgeBase:
        """Derive the index, the timetable and the names; both files must already be free of errors."""
        entries = {entry.id: entry for entry in faq.entries if not entry.draft}
        elsewhere = {f"elsewhere: {topic.topic}": topic for topic in faq.elsewhere}
        indexed = [
            Indexed(id=entry.id, wordings=(entry.question, *entry.also_asked), keywords=entry.keywords)
            for entry in entries.values()
        ]
        indexed += [Indexed(id=key, wordings=(topic.topic, *topic.also_asked)) for key, topic in elsewhere.items()]
        return cls(
            faq=faq,
            school=school,
            entries=entries,
            elsewhere=elsewhere,
            courses={course.code: course for course in school.courses},
            matcher=Matcher(indexed),
            names=CourseNames(school.courses, school.formats),
            titles=Titles(
                school.courses, (text for one in entries.values() for text in (one.question, *one.also_asked))
            ),
            timetable=Timetable.of(school.courses),
        )

    def contact(self, course: Course | None = None) -> Contact:
        """Whom to ask about this course: its own contact, or the school's."""
        return (course and course.contact) or self.school.school.contact
