"""Finds the live sessions and deadlines that a text calls by their titles: "lab 3", "the risk register"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.mentions import Names
from bot.answering.text import FUNCTION_WORDS, LONGEST, stems
from bot.content.model import Course
from bot.timetable.occurrences import Kind

EVERYDAY = {Kind.SESSION: "live session", Kind.DEADLINE: "assignment"}
"""What each is called in questions that hold for all of them."""

_COMMON = frozenset(stems(f"{' '.join(EVERYDAY.values())} class course day week month term part"))
"""Words that say too little to be a title by themselves: "Week 3" is one, and "week" is not."""
_ASIDE = re.compile(r"\([^)]*\)|:.*")


@dataclass(frozen=True, kw_only=True)
class Item:
    """A live session or deadline of a course, by its title in the file."""

    course: str
    kind: Kind
    title: str


@dataclass(frozen=True, kw_only=True)
class Called:
    """What a text calls by its title. `rest` is the text with the everyday word in the place of each title.

    `courses` are those that alone have something of that title, if it is of several words and in no question of the
    FAQ: "exam" and "office hours" may be anybody's.
    """

    items: tuple[Item, ...] = ()
    courses: tuple[str, ...] = ()
    rest: str


class Titles:
    """The titles of all sessions and deadlines, ready to be found, in singular or plural.

    `questions` are the wordings of the FAQ.
    """

    def __init__(self, courses: Iterable[Course], questions: Iterable[str]) -> None:
        self._asked = "|".join(_spaced(question) for question in questions)
        self._names = Names(
            stems, ((name, item) for course in courses for item in _items(course) for name in _names(item)), misspelt=()
        )

    def find(self, text: str) -> Called:
        """Find every title in free text, of which the first 2,000 characters are read."""
        rest = text = text[:LONGEST]
        items: list[Item] = []
        courses: list[str] = []
        for place in reversed(self._names.found_in(text)):
            written = text[place.start : place.end]
            rest = f"{rest[: place.start]}{EVERYDAY[place.named[0].kind]}{rest[place.end :]}"
            items = [*place.named, *items]
            theirs = {item.course for item in place.named}
            if len(theirs) == 1 and " " in written and _spaced(written) not in self._asked:
                courses = [*theirs, *courses]
        return Called(items=tuple(dict.fromkeys(items)), courses=tuple(dict.fromkeys(courses)), rest=rest)


def _spaced(text: str) -> str:
    return f" {' '.join(stems(text))} "


def _items(course: Course) -> Iterator[Item]:
    titles = (title for one in course.live_sessions for title in (one.title, *(more.title for more in one.added)))
    for title in filter(None, dict.fromkeys(titles)):
        yield Item(course=course.code, kind=Kind.SESSION, title=title)
    for deadline in course.deadlines:
        yield Item(course=course.code, kind=Kind.DEADLINE, title=deadline.name)


def _names(item: Item) -> Iterator[str]:
    """How students may call it: by its title without what explains it, without its number, or by the last two words."""
    written = _ASIDE.sub("", item.title).split()
    shorter = [written[:-1]] if written and written[-1].strip("#.").isdigit() else []
    if len(written) > 2 and not FUNCTION_WORDS.intersection(word.lower() for word in written[-2:]):
        shorter.append(written[-2:])
    for name in map(" ".join, (written, *shorter)):
        if not _COMMON.issuperset(stems(name)):
            yield name
