"""What the checks find in a file that was read without error, told at the place where it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from bot.content.problems import Level, Place, Problem
from bot.content.when import with_date

Path: TypeAlias = tuple[str | int, ...]


class Findings:
    """Collects problems of one file. A path is as in `Reading.places`: ("courses", 2, "deadlines", 0, "due")."""

    def __init__(self, file: str, places: Mapping[Path, Place], lines: Sequence[str] = ()) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._places = places
        self._lines = lines

    def error(self, path: Path, message: str, *, day: date | None = None) -> None:
        """Tell an error. `day` is the date that is meant, as it seems, instead of the one at the path."""
        self._add(Level.ERROR, path, message, day)

    def warning(self, path: Path, message: str, *, day: date | None = None) -> None:
        """Tell a warning. `day` is the date that is meant, as it seems, instead of the one at the path."""
        self._add(Level.WARNING, path, message, day)

    def says(self, path: Path) -> bool:
        """Tell whether a path was written at all."""
        return path in self._places

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

    def _add(self, level: Level, path: Path, message: str, day: date | None) -> None:
        place = self.place(path)
        fix = self._redated(place, day) if day is not None else None
        self.problems.append(
            Problem(file=self._file, line=place.line, column=place.column, level=level, message=message, fix=fix)
        )

    def _redated(self, place: Place, day: date) -> str | None:
        """Write a line again with another date at this place."""
        line = self._lines[place.line - 1] if place.line <= len(self._lines) else ""
        start = place.column - 1 + line.startswith(("'", '"'), place.column - 1)
        dated = with_date(line[start:], day)
        return None if dated is None else line[:start] + dated
