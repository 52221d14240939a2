"""Reads the folder with the two files and builds the knowledge base, or says what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.answering.knowledge_base import KnowledgeBase
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.problems import Level, Problem

FAQ = "faq.yaml"
COURSES = "courses.yaml"

MISSING = "There is no file {name} in {folder}. Put it there, or name the right folder with --content."
UNREADABLE = "{name} cannot be read: {why}. Close other programs that use it, and check who may read it."


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """`knowledge` is None as soon as one of the files has an error. Problems come in the order faq, courses."""

    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]


def load(folder: Path) -> Loaded:
    """Read faq.yaml and courses.yaml from this folder. What is wrong comes back as problems; nothing raises."""
    faq_bytes, faq_missing = _bytes(folder, FAQ)
    courses_bytes, courses_missing = _bytes(folder, COURSES)
    problems = [*faq_missing, *courses_missing]
    faq = read_faq(faq_bytes, FAQ) if faq_bytes is not None else None
    courses = read_courses(courses_bytes, COURSES) if courses_bytes is not None else None
    problems += [problem for reading in (faq, courses) if reading for problem in reading.problems]
    if faq is None or courses is None or faq.value is None or courses.value is None:
        return Loaded(knowledge=None, problems=tuple(problems))
    return Loaded(knowledge=KnowledgeBase.build(faq.value, courses.value), problems=tuple(problems))


def _bytes(folder: Path, name: str) -> tuple[bytes | None, list[Problem]]:
    try:
        return (folder / name).read_bytes(), []
    except FileNotFoundError:
        message = MISSING.format(name=name, folder=folder.absolute())
    except OSError as error:
        message = UNREADABLE.format(name=name, why=error.strerror)
    return None, [Problem(file=name, line=1, column=1, level=Level.ERROR, message=message)]
