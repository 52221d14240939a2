"""Tells when a file has changed and lies still again.

Editors write in many ways: in place, to a second file that takes the first one's name, or by way of an empty one. A
watcher of events loses a file that is replaced, and reads one that is half written; looking at the file does neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a change of a file changes without fail: at least one of these."""

    mtime_ns: int
    size: int
    inode: int


def stamp(path: Path) -> Stamp | None:
    """Look at a file, through links; None while there is none to be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(mtime_ns=found.st_mtime_ns, size=found.st_size, inode=found.st_ino)


class Watch:
    """Knows the last stamp that was seen of one file, and the one under which it was read."""

    def __init__(self) -> None:
        self._seen: Stamp | None = None
        self._read: Stamp | None = None

    def is_due(self, now: Stamp | None) -> bool:
        """Tell if the file is to be read: it looks as it did the last time, and not as it did when it was read."""
        still, self._seen = now == self._seen, now
        return still and now != self._read

    def has_read(self, under: Stamp | None) -> None:
        """Note under which stamp the file was read; None if it could not be, so that it is tried again."""
        self._read = under
