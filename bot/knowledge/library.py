"""Reads the folder with the two files and builds the knowledge base, or says what to mend."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.model import Courses, Faq
from bot.content.problems import Level, Problem, Reading
from bot.knowledge.changes import changes
from bot.knowledge.checks import judge_courses
from bot.knowledge.collisions import judge_wordings
from bot.knowledge.examples import judge_examples
from bot.knowledge.findings import Findings
from bot.knowledge.shelf import Shelf, contents

log = logging.getLogger(__name__)

NOT_KEPT = (
    "The last good version of the two files cannot be kept in {folder} ({why}), so that none is left if one of them is "
    "broken when I am started again. Let me write there, or name another folder in STATE_DIR."
)
FAQ = "faq.yaml"
COURSES = "courses.yaml"
MOST_TRIED = 8  # mended lines, each of which takes reading the file once more
LONGEST_TRIED = 3_000  # lines of a file


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What came of reading both files. Problems come in the order faq, courses.

    Failed examples keep nothing from being used: they are to be seen before an edit goes live.
    """

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]
    failed_examples: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reloaded:
    """What came of a change. `knowledge` is made from the last good version of each file.

    `problems` and `failed_examples` are those of the files as they are now; `summary` says what has changed in
    `knowledge`, such as "1 question added, 2 changed", and is empty when nothing has.
    """

    knowledge: KnowledgeBase
    problems: tuple[Problem, ...]
    failed_examples: tuple[Problem, ...]
    summary: str


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from searching all objects for cycles meanwhile: that stops every thread, for half a second at worst.

    What is read holds no cycles. It is left out of later searches too.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def load(folder: Path) -> Loaded:
    """Read faq.yaml and courses.yaml from this folder; `knowledge` is None as soon as one of them has an error.

    What is wrong comes back as problems; nothing raises. Whether wordings collide and examples are met is not asked.
    """
    return _loaded(_faq(contents(folder / FAQ)), _courses(contents(folder / COURSES)))


@_uncollected()
def check(folder: Path) -> Loaded:
    """Read both files as `load` does, and ask the matcher about faq.yaml too, which takes longer."""
    faq, courses = _faq(contents(folder / FAQ)), _courses(contents(folder / COURSES))
    loaded = _loaded(faq, courses)
    return loaded if loaded.knowledge is None else _judged(loaded.knowledge, faq, courses)


def _loaded(faq: Reading[Faq], courses: Reading[Courses]) -> Loaded:
    problems = (*faq.problems, *courses.problems)
    if faq.value is None or courses.value is None:
        return Loaded(knowledge=None, problems=problems)
    return Loaded(knowledge=KnowledgeBase.build(faq.value, courses.value), problems=problems)


class Library:
    """The two files of a folder while the bot runs, and the last good version of each.

    Good versions are copied into the folder `state`, so that a restart on a broken file still has something to say.
    Let one thread at a time call it: reading takes up to some tenths of a second. `loaded` is what came of the last.
    """

    def __init__(self, folder: Path, state: Path) -> None:
        kept = state / "last-good" / sha256(os.fsencode(folder.absolute())).hexdigest()[:8]  # other folders have others
        self.folder = folder
        self._state = state
        self._not_kept: str | None = None
        self._faq = Shelf(folder / FAQ, kept / FAQ, _faq)
        self._courses = Shelf(folder / COURSES, kept / COURSES, _courses)
        self._knowledge: KnowledgeBase | None = None
        self.loaded = Loaded(knowledge=None, problems=())

    def open(self) -> Loaded:
        """Read both files, or the kept version of a broken one; `knowledge` is None where there is none either."""
        self._faq.open()
        self._courses.open()
        self._warn_if_not_kept()
        self.loaded = self._built()
        return self.loaded

    def poll(self) -> Reloaded | None:
        """Look at both files, every few seconds; None as long as there is nothing new, or never was a good version."""
        due = [shelf for shelf in (self._faq, self._courses) if shelf.is_due()]
        if not due:
            return None
        if not any([shelf.refresh() for shelf in due]):  # noqa: C419 # each of them, not up to the first
            return None
        self._warn_if_not_kept()
        before, now = self._knowledge, self._built()
        self.loaded = now
        if now.knowledge is None:
            return None
        return Reloaded(
            knowledge=now.knowledge,
            problems=now.problems,
            failed_examples=now.failed_examples,
            summary=changes(before, now.knowledge) if before else "",
        )

    def _warn_if_not_kept(self) -> None:
        """Say it once, not of each file and at each edit."""
        before, self._not_kept = self._not_kept, self._faq.not_kept or self._courses.not_kept
        if self._not_kept and not before:
            log.warning(NOT_KEPT.format(folder=self._state, why=self._not_kept))

    @_uncollected()
    def _built(self) -> Loaded:
        faq, courses = self._faq.good.value, self._courses.good.value
        if faq is None or courses is None:
            return Loaded(knowledge=None, problems=(*self._faq.reading.problems, *self._courses.reading.problems))
        base = self._knowledge
        if base is None or base.faq is not faq or base.school is not courses:
            base = self._knowledge = KnowledgeBase.build(faq, courses)
        return _judged(base, self._faq.reading, self._courses.reading)


@_uncollected()
def _faq(data: bytes | Problem) -> Reading[Faq]:
    return read_faq(data, FAQ) if isinstance(data, bytes) else Reading(value=None, problems=(data,))


@_uncollected()
def _courses(data: bytes | Problem) -> Reading[Courses]:
    """Read courses.yaml and judge it as a whole, which may find errors too."""
    if not isinstance(data, bytes):
        return Reading(value=None, problems=(data,))
    reading = read_courses(data, COURSES)
    if reading.value is None:
        return reading
    findings = _findings(reading.value, reading)
    found = sorted(findings, key=lambda one: (one.level is Level.WARNING, one.line, one.column))
    found = [replace(problem, fix=_tried(problem, reading, len(findings))) for problem in found]
    broken = any(problem.level is Level.ERROR for problem in found)
    return replace(reading, value=None if broken else reading.value, problems=(*reading.problems, *found))


def _findings(courses: Courses, reading: Reading[Courses]) -> list[Problem]:
    findings = Findings(COURSES, reading.places, reading.lines)
    judge_courses(courses, findings)
    return findings.problems


def _tried(problem: Problem, reading: Reading[Courses], before: int) -> str | None:
    """Keep a mended line only if the file, read and judged with it, has a problem less."""
    if problem.fix is None or before > MOST_TRIED or len(reading.lines) > LONGEST_TRIED:
        return None
    lines = [*reading.lines]
    lines[problem.line - 1] = problem.fix
    again = read_courses("\n".join(lines).encode(), COURSES)
    if again.value is None or len(again.problems) > len(reading.problems):
        return None
    return problem.fix if len(_findings(again.value, again)) < before else None


def _judged(base: KnowledgeBase, faq: Reading[Faq], courses: Reading[Courses]) -> Loaded:
    """Ask the matcher about faq.yaml, if that is what the knowledge base was made from."""
    collisions, examples = Findings(FAQ, faq.places), Findings(FAQ, faq.places)
    if base.faq is faq.value:
        judge_wordings(base, collisions)
        judge_examples(base, examples)
    return Loaded(
        knowledge=base,
        problems=(*faq.problems, *collisions.problems, *courses.problems),
        failed_examples=tuple(examples.problems),
    )
