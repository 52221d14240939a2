"""Says in a few words what is different between two knowledge bases: "1 question added, 2 changed"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.model import Course, Term
from bot.timetable.occurrences import Kind, Occurrence

ADDED, REMOVED, MOVED, CANCELLED, RESTORED, CHANGED = (
    "added",
    "removed",
    "moved",
    "cancelled",
    "brought back",
    "changed",
)
_ORDER = (ADDED, REMOVED, MOVED, CANCELLED, RESTORED, CHANGED)

T = TypeVar("T")


def changes(before: KnowledgeBase, now: KnowledgeBase) -> str:
    """Summarise what staff changed; empty when both say the same.

    Questions are told apart by id, courses by code, sessions and deadlines by their keys, which a new date keeps.
    """
    return ", ".join([*_in_faq(before, now), *_in_courses(before, now)])


def _in_faq(before: KnowledgeBase, now: KnowledgeBase) -> Iterator[str]:
    old, new = before.faq, now.faq
    yield from _told("question", _verbs({one.id: one for one in old.entries}, {one.id: one for one in new.entries}))
    yield from _told("tip", _verbs({one.title: one for one in old.tips}, {one.title: one for one in new.tips}))
    yield from _told(
        "elsewhere topic",
        _verbs({one.topic: one for one in old.elsewhere}, {one.topic: one for one in new.elsewhere}),
    )
    yield from _told("example", _verbs({one.ask: one for one in old.examples}, {one.ask: one for one in new.examples}))
    if old.if_no_match != new.if_no_match:
        yield f"if_no_match {CHANGED}"


def _in_courses(before: KnowledgeBase, now: KnowledgeBase) -> Iterator[str]:
    old, new = before.school, now.school
    both = before.courses.keys() & now.courses.keys()
    yield from _told("course", _verbs(_without_dates(before.courses), _without_dates(now.courses)))
    for kind in Kind:
        verbs = (verb for code in sorted(both) for verb in _dates(before, now, code, kind))
        yield from _told(kind.value, verbs)
    yield from _told("term", _verbs(old.terms, new.terms))
    yield from _told("format", _verbs(old.formats, new.formats))
    if old.comparison != new.comparison:
        yield f"comparison {CHANGED}"
    if old.school != new.school:
        yield f"school {CHANGED}"


def _without_dates(courses: Mapping[str, Course]) -> Mapping[str, Course]:
    """Leave out of the courses what is told date by date, or as a term."""
    return {
        code: replace(
            course,
            live_sessions=(),
            deadlines=(),
            term=Term(name=course.term.name, starts=date.min, ends=date.max),
            starts=date.min if course.starts == course.term.starts else course.starts,
            ends=date.max if course.ends == course.term.ends else course.ends,
        )
        for code, course in courses.items()
    }


def _dates(before: KnowledgeBase, now: KnowledgeBase, code: str, kind: Kind) -> Iterator[str]:
    old, new = ({one.key: one for one in base.timetable.of_course(code) if one.kind is kind} for base in (before, now))
    for key in {**old, **new}:
        if verb := _date(old.get(key), new.get(key)):
            yield verb


def _date(old: Occurrence | None, new: Occurrence | None) -> str | None:
    if old is None or new is None:
        return REMOVED if new is None else ADDED
    if old.cancelled != new.cancelled:
        return CANCELLED if new.cancelled else RESTORED
    if (old.starts, old.ends) != (new.starts, new.ends):
        return MOVED
    return CHANGED if old != new else None


def _verbs(old: Mapping[T, object], new: Mapping[T, object]) -> Iterator[str]:
    for key in {**old, **new}:
        if key not in old or key not in new:
            yield ADDED if key in new else REMOVED
        elif old[key] != new[key]:
            yield CHANGED


def _told(noun: str, verbs: Iterable[str]) -> Iterator[str]:
    """Write `1 question added, 2 changed`, or nothing."""
    counts = Counter(verbs)
    for verb in _ORDER:
        if count := counts[verb]:
            plural = "" if count == 1 else "s"
            yield f"{count} {noun}{plural} {verb}" if noun else f"{count} {verb}"
            noun = ""
