"""What the checks find in a file that was read without error, told at the place where it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from bot.content.problems import Level, Place, Problem

Path: TypeAlias = tuple[str | int, ...]


class Findings:
    """Collects problems of one file. A path is as in `Reading.places`: ("courses", 2, "deadlines", 0, "due")."""

    def __init__(self, file: str, places: Mapping[Path, Place]) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._places = places

    def error(self, path: Path, message: str) -> None:
        self._add(Level.ERROR, path, message)

    def warning(self, path: Path, message: str) -> None:
        self._add(Level.WARNING, path, message)

    def line(self, path: Path) -> int:
        return self.place(path).line

    def item(self, path: Path, index: int, of: int) -> Path:
        """Name one of `of` items under a path; all of it where several stand in one text (`13 Oct, 20 Oct`)."""
        return (*path, index) if (*path, of - 1) in self._places else path

    def field(self, path: Path) -> str:
        """Name the field of a path, to begin a sentence with."""
        return next(part for part in reversed(path) if isinstance(part, str) and part != "to")

    def place(self, path: Path) -> Place:
        """Find the place of a path, or of the nearest thing around it that was written."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, Place(line=1, column=1))

    def _add(self, level: Level, path: Path, message: str) -> None:
        place = self.place(path)
        self.problems.append(
            Problem(file=self._file, line=place.line, column=place.column, level=level, message=message)
        )
