"""A file's lines with every byte of theirs, into which something is put at places that the reader named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.content.refusal import Refusal

NOT_UTF8 = (
    "{file} is not saved as UTF-8, so I cannot write into it. Save it as UTF-8 once (in VS Code: at the bottom right)."
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"\r\n|\r|\n")
_UNSEEN = frozenset("\u200b\u2060\ufeff")  # the reader leaves them out, so they count for no column


@dataclass(frozen=True, kw_only=True)
class Put:
    """Put `text` into a line before a column, in place of the `instead` characters there. Columns count from 0."""

    line: int
    column: int
    text: str
    instead: int = 0


@dataclass(frozen=True, kw_only=True)
class Below:
    """Put whole lines below a line."""

    line: int
    lines: tuple[str, ...]


Change: TypeAlias = Put | Below


class Source:
    """The file as it is on the disk. Lines count from 1, as those of the reader do."""

    def __init__(self, data: bytes, name: str) -> None:
        """Take a file apart; raises Refusal if it is not UTF-8."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refusal(NOT_UTF8.format(file=name)) from None
        if "\0" in text:
            raise Refusal(NOT_UTF8.format(file=name))
        self._lines = _LINE.findall(text)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends, as an editor shows them."""
        return [_END.sub("", line) for line in self._lines]

    def with_changes(self, changes: Iterable[Change]) -> bytes:
        """Make the changes, of which no two may be at the same spot. New lines end as those around them do."""
        by_line: defaultdict[int, list[Change]] = defaultdict(list)
        for change in changes:
            by_line[change.line].append(change)
        written = [self._changed(number, line, by_line[number]) for number, line in enumerate(self._lines, start=1)]
        return "".join(written).encode("utf-8")

    def _changed(self, number: int, line: str, changes: list[Change]) -> str:
        end = self._end(number)
        puts = [change for change in changes if isinstance(change, Put)]
        for put in sorted(puts, key=lambda one: -one.column):
            start, stop = _index(line, put.column), _index(line, put.column + put.instead)
            line = line[:start] + put.text.replace("\n", end) + line[stop:]
        for change in changes:
            if isinstance(change, Below):
                block = end.join(change.lines)
                line = f"{line}{block}{end}" if line.endswith(("\n", "\r")) else f"{line}{end}{block}"
        return line

    def _end(self, number: int) -> str:
        """How a line ends; where nothing follows the last one, how the one before does."""
        for line in (self._lines[number - 1], *self._lines[:number][-2:-1]):
            if ending := _END.search(line):
                return ending[0]
        return "\n"


def _index(line: str, column: int) -> int:
    seen = 0
    for index, letter in enumerate(line):
        if letter in _UNSEEN:
            continue
        if seen == column:
            return index
        seen += 1
    return len(line)
