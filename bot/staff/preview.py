"""What students would see of an entry or a course: drafts too, for any course and at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.answering.answers import About, compose
from bot.answering.courses import course_card
from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer, WhichCourse
from bot.content.model import Course, Entry


class Kind(StrEnum):
    ENTRY = "e"
    COURSE = "c"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry, by its id, or a course, by its code, as it is offered; `draft` if students do not see it yet."""

    kind: Kind
    id: str
    title: str
    draft: bool = False


def items(base: KnowledgeBase, typed: str = "") -> list[Item]:
    """List what can be previewed: all that has every typed word in its title or id; drafts first, then courses."""
    words = typed.casefold().split()
    entries = [Item(kind=Kind.ENTRY, id=one.id, title=one.question, draft=one.draft) for one in base.faq.entries]
    courses = [Item(kind=Kind.COURSE, id=one.code, title=f"{one.code} · {one.title}") for one in base.courses.values()]
    found = [one for one in [*entries, *courses] if all(word in f"{one.title} {one.id}".casefold() for word in words)]
    return sorted(found, key=lambda one: (not one.draft, one.kind is Kind.ENTRY))


def previewed(item: Item, course: str | None, base: KnowledgeBase, now: datetime) -> Answer | WhichCourse:
    """Compose what a student of this course (None: it is not known which) gets at a moment."""
    if item.kind is Kind.COURSE:
        return course_card(base.courses[item.id], base, now)
    about = About(courses=[base.courses[course]] if course else (), choices=tuple(base.courses.values()))
    return compose(entry(item, base), about, base, now)


def entry(item: Item, base: KnowledgeBase) -> Entry:
    """Find the entry of an item."""
    return next(one for one in base.faq.entries if one.id == item.id)


def one_of_each_format_first(base: KnowledgeBase) -> Sequence[Course]:
    """All courses: first one of each format, then the others."""
    courses = list(base.courses.values())
    first = {course.format: course for course in reversed(courses)}
    firsts = [course for course in courses if first[course.format] is course]
    return [*firsts, *(course for course in courses if course not in firsts)]
