"""One of the two files: as it is, as it last was without errors, and the copy of that which outlives a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from bot.content.problems import Level, Problem, Reading
from bot.knowledge.watch import Watch, stamp

MISSING = "There is no file {name} in {folder}. Put it there, or name the right folder with --content."
UNREADABLE = "{name} cannot be read: {why}. Close other programs that use it, and check who may read it."

T = TypeVar("T")


def contents(path: Path) -> bytes | Problem:
    """Read a file's bytes, or say why that cannot be done."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = MISSING.format(name=path.name, folder=path.parent.absolute())
    except OSError as error:
        message = UNREADABLE.format(name=path.name, why=error.strerror)
    return Problem(file=path.name, line=1, column=1, level=Level.ERROR, message=message)


class Shelf(Generic[T]):
    """`reading` is of the file as it is now, `good` of its last version without errors; its value is None if none is.

    Files are compared by what they contain, so that touching one, or saving it unchanged, is no change.
    """

    def __init__(self, path: Path, kept: Path, read: Callable[[bytes | Problem], Reading[T]]) -> None:
        self.reading: Reading[T] = Reading(value=None)
        self.good: Reading[T] = self.reading
        self.not_kept: str | None = None
        """Why the last good version has no copy, if it has none."""
        self._path, self._kept, self._read = path, kept, read
        self._watch = Watch()
        self._contents: bytes | Problem | None = None

    def open(self) -> None:
        """Read the file, and the kept version if it is broken."""
        before = stamp(self._path)
        self._watch.is_due(before)  # so that the next look is the second
        data = contents(self._path)
        self._watch.has_read(before if isinstance(data, bytes) else None)
        self._take(data)
        if self.good.value is None:
            self.good = self._read(contents(self._kept))

    def is_due(self) -> bool:
        """Look at the file; tell if it has changed since it was read, and lies still."""
        return self._watch.is_due(stamp(self._path))

    def refresh(self) -> bool:
        """Read the file again; tell if it says something else now."""
        before = stamp(self._path)
        data = contents(self._path)
        if stamp(self._path) != before:
            return False  # somebody is writing at this moment
        self._watch.has_read(before if isinstance(data, bytes) else None)
        return self._take(data)

    def _take(self, data: bytes | Problem) -> bool:
        if data == self._contents:
            return False
        self._contents = data
        self.reading = self._read(data)
        if self.reading.value is not None and isinstance(data, bytes):
            self.good = self.reading
            self._keep(data)
        return True

    def _keep(self, data: bytes) -> None:
        """Copy a good version in one step, so that no crash leaves half of it."""
        self.not_kept = None
        if contents(self._kept) == data:
            return
        unfinished = self._kept.with_suffix(".new")
        try:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(data)
            unfinished.replace(self._kept)
        except OSError as error:
            self.not_kept = error.strerror
