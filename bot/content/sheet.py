"""One file while it is being read: its lines, where each value stands, and the problems found so far."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bot.content.nodes import Items, Node, Pairs, Style, Text
from bot.content.problems import Level, Place, Problem
from bot.content.refusal import Refusal
from bot.content.words import Words

T = TypeVar("T")
Path: TypeAlias = tuple[str | int, ...]


MOST_PROBLEMS = 100
"""Nobody mends more at a time. What comes after so many is read when these are mended."""
AND_MORE = "there may be more below; these {count} are told first"


class Enough(Exception):  # noqa: N818 - it ends the reading, and nothing is wrong with the program
    """There are so many problems on a sheet that it is no use to read on."""


class Sheet:
    """Collects what is found. A path is made of documented names and of indices: ("courses", 2, "title")."""

    def __init__(self, name: str, text: str, words: Words, *, is_passage: bool = False) -> None:
        """`words` are those of the file. `is_passage`: only judged, never told."""
        self.is_passage = is_passage
        self.name = name
        self.words = words
        self.lines = text.split("\n")
        self._problems: dict[Problem, None] = {}  # in the order in which they were found, each once
        self.places: dict[Path, Place] = {}
        self._nodes: dict[Path, Node] = {}
        self.suspects: list[int] = []
        self._settled: set[int] = set()
        self.silenced: set[int] = set()  # settled lines that have a problem again
        self._lost = False
        self._errors = 0

    @property
    def problems(self) -> list[Problem]:
        """Give what was found so far, in that order."""
        return list(self._problems)

    @property
    def is_broken(self) -> bool:
        """Tell whether the file's shape is wrong somewhere, so that an id that seems to be missing may well be there.

        Never true of a passage that is judged: its problems must count alike with a mistake mended and without.
        """
        return not self.is_passage and bool(self._settled or self.suspects)

    @property
    def has_lost(self) -> bool:
        """Tell whether lines had to be left out, so that what is missing may well be there."""
        return self._lost

    def settle(self, lines: Set[int], *, lost: bool = False) -> None:
        """Say no more about these lines: their mistake is told. With `lost`, nothing either about what is missing."""
        self._settled |= lines
        self._lost = self._lost or lost

    def suspect(self, at: Path | Node | Place) -> None:
        """Remember a place where the file's shape seems wrong: a name where it does not belong, twice or missing."""
        self.suspects.append(self.place(at).line)

    def missing(self, at: Path | Node | Place, message: str) -> None:
        """Note that something required is not there."""
        self.suspect(at)
        if self._lost:
            self._errors += 1
            self.silenced.add(self.place(at).line)
        else:
            self.error(at, message)

    def note(self, path: Path, node: Node) -> None:
        """Remember where the value of a path stands."""
        self.places[path] = node.place
        self._nodes[path] = node

    def node(self, path: Path) -> Node | None:
        return self._nodes.get(path)

    def error(self, at: Path | Node | Place, message: str, *, fix: str | None = None) -> None:
        self._add(Level.ERROR, at, message, fix)

    def warning(self, at: Path | Node | Place, message: str, *, fix: str | None = None) -> None:
        self._add(Level.WARNING, at, message, fix)

    def errors(self) -> int:
        """Count the errors so far, told or not."""
        return self._errors

    def understand(
        self, path: Path, text: str | None, reader: Callable[[str], T], *, forgive_year: bool = False
    ) -> T | None:
        """Let `reader` make a value of a text; None, and a problem at the path, when it refuses.

        With `forgive_year` a missing year is no problem: the term that would tell it is broken, which is told already.
        """
        if text is None:
            return None
        try:
            return reader(text)
        except Refusal as refusal:
            if forgive_year and refusal.lacks_year:
                return None
            node, fix = self.node(path), None
            if refusal.suggestion and isinstance(node, Text):
                fix = self.replaced(node, refusal.suggestion)
            self.error(path, f"{self.label(path)}{refusal}", fix=fix)
            return None

    def label(self, path: Path) -> str:
        """Name the field of a path, to begin a sentence with."""
        names = [part for part in path if isinstance(part, str) and part != "to"]
        return f"{names[-1]}: " if names else ""

    def replaced(self, node: Text, new: str) -> str | None:
        """Write the line of a one-line value again, with `new` in its place."""
        if node.place.line != node.end.line or node.style is Style.BLOCK:
            return None
        line = self.line(node.place.line)
        return line[: node.place.column - 1] + new + line[node.end.column - 1 :]

    def with_word(self, path: Path, word: str, new: str | None) -> str | None:
        """Write the line of a value again, with `new` instead of one word of it."""
        place = self.within(path, word)
        line = self.line(place.line)
        start = place.column - 1
        return f"{line[:start]}{new}{line[start + len(word) :]}" if new and line.startswith(word, start) else None

    def within(self, path: Path, snippet: str) -> Place:
        """Find a piece of text inside the value of a path, which may be many lines long."""
        node = self.node(path)
        if isinstance(node, Text):
            for number in range(node.place.line, node.end.line + 1):
                column = self.line(number).find(snippet, node.place.column - 1 if number == node.place.line else 0)
                if column >= 0:
                    return Place(line=number, column=column + 1)
        return self.place(path)

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def _add(self, level: Level, at: Path | Node | Place, message: str, fix: str | None) -> None:
        place = self.place(at)
        if level is Level.ERROR:
            self._errors += 1
        if place.line in self._settled:
            self.silenced.add(place.line)
            return
        problem = Problem(file=self.name, line=place.line, column=place.column, level=level, message=message, fix=fix)
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.setdefault(problem)
            return
        message = AND_MORE.format(count=MOST_PROBLEMS)
        self._problems.setdefault(replace(problem, message=message, fix=None))
        raise Enough

    def place(self, at: Path | Node | Place) -> Place:
        """Find the place of a path, or of the nearest thing around it that was written."""
        if isinstance(at, Place):
            return at
        if isinstance(at, Text | Pairs | Items):
            return at.place
        while at and at not in self.places:
            at = at[:-1]
        return self.places.get(at, Place(line=1, column=1))
