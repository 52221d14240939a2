"""Problems: what is wrong in a file, where, and what to write instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Level(StrEnum):
    """An error keeps the file from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A spot in a file, counted from 1 as editors do."""

    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake, told once. `fix` is the mended line, and it has been read successfully."""

    file: str
    line: int
    column: int
    level: Level
    message: str
    fix: str | None = None

    def __str__(self) -> str:
        sentence = f"{self.file}:{self.line}:{self.column}: {self.level}: {self.message}"
        return sentence if self.fix is None else f"{sentence}\n    Try:  {self.fix.strip()}"


def as_json(problem: Problem) -> dict[str, object]:
    """Give a problem to a tool: every field of it by its name."""
    return {**asdict(problem), "level": problem.level.value}


def for_github(problem: Problem, folder: Path) -> str:
    """Write a workflow command, which GitHub shows on the line; its own separators must be escaped in values."""
    file = (folder / problem.file).as_posix()
    message = problem.message if problem.fix is None else f"{problem.message}\nTry:  {problem.fix.strip()}"
    properties = {"file": file, "line": problem.line, "col": problem.column}
    escaped = ",".join(f"{name}={_github(str(value), ',:')}" for name, value in properties.items())
    return f"::{problem.level} {escaped}::{_github(message)}"


def _github(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[T]):
    """What came of reading one file.

    `value` is None as soon as there is one error. `places` tells where the value of a path of keys and indices stands,
    such as ("courses", 2, "deadlines", 0, "due"); the keys are the documented names, whatever synonym was written.
    `lines` are the file's own.
    """

    value: T | None
    problems: tuple[Problem, ...] = ()
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)
    lines: Sequence[str] = ()


def new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Return what is told after an edit and was not told before it, wherever the lines are now."""
    known = Counter(map(_without_lines, before))
    found: list[Problem] = []
    for problem in after:
        if known[_without_lines(problem)]:
            known[_without_lines(problem)] -= 1
        else:
            found.append(problem)
    return found


def _without_lines(problem: Problem) -> str:
    return re.sub(r"\bline \d+", "line", problem.message)
