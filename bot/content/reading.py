"""The way of every file from bytes to a value: decode, parse, look for what YAML hides, read the fields, build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from typing import Generic, TypeVar

from bot.content import nodes, quiet, syntax
from bot.content.blocks import Block
from bot.content.decoding import decode
from bot.content.nodes import Finding, Node
from bot.content.problems import Level, Place, Problem, Reading
from bot.content.record import Record
from bot.content.search import Search
from bot.content.sheet import Enough, Sheet
from bot.content.syntax import Mended
from bot.content.vocabulary import vocabulary

T = TypeVar("T")
U = TypeVar("U")

MOST_EXPLAINED = 8  # mistakes in the file's shape that are looked for behind its problems
MOST_READ_AGAIN = 600_000  # letters, in all the times that the file is read again for them


class Reader(Generic[T]):
    """Reads one of the two files: `top` says what fields it has, `build` makes the value of them."""

    def __init__(self, top: Block, build: Callable[[Sheet, Record], T | None]) -> None:
        self._top = top
        self._build = build
        self._words = vocabulary(top)

    def read(self, data: bytes, name: str) -> Reading[T]:
        """Read one file. Never raises: whatever the bytes are, they give a value, or problems that say why not."""
        text, faults = decode(data)
        faulty = Sheet(name, text, self._words)
        for place, message in faults:
            faulty.error(place, message)
        if faults and not text:
            return Reading(value=None, problems=tuple(faulty.problems))
        reading = self._read(name, text)
        if not faults:
            return reading
        return replace(reading, value=None, problems=(*faulty.problems, *reading.problems))

    def _read(self, name: str, text: str) -> Reading[T]:
        told = Sheet(name, text, self._words)
        search = Search(self._words, self._count, len(text))
        mended = syntax.parse(told, search)
        if mended.root is None:
            if not told.problems:
                told.error(Place(line=1, column=1), "the file is empty: it has nothing but notes in it")
            return Reading(value=None, problems=_sorted(told.problems))
        sheet, value = self._read_tree(name, mended)
        for _ in range(min(MOST_EXPLAINED, MOST_READ_AGAIN // (len(text) + 1))):
            mistake = search.explanation(mended.lines, sheet.suspects, mended.touched)
            better = syntax.further(mended, mistake) if mistake is not None else None
            if mistake is None or better is None:
                break
            syntax.tell(told, mistake)
            mended = better
            sheet, value = self._read_tree(name, mended)
        tried = self._tried(search, mended, [*told.problems, *sheet.problems], sheet.silenced)
        broken = told.errors() + sheet.errors() > 0
        return Reading(value=None if broken else value, problems=_sorted(tried), places=sheet.places, lines=told.lines)

    def _read_tree(self, name: str, mended: Mended) -> tuple[Sheet, T | None]:
        sheet = Sheet(name, "\n".join(mended.lines), self._words)
        sheet.settle(mended.touched, lost=mended.lost)
        return sheet, None if mended.root is None else self._fill(sheet, mended.root, mended.findings)

    def _fill(self, sheet: Sheet, root: Node, findings: list[Finding]) -> T | None:
        try:
            if not quiet.look(sheet, root, findings):
                return None
            sheet.settle({problem.line for problem in sheet.problems})
            record = self._top.read(sheet, root, ())
            return None if record is None else self._build(sheet, record)
        except Enough:
            return None

    def _count(self, lines: list[str]) -> int:
        """Count the problems of a passage; what stands elsewhere is missing in each of its versions alike."""
        return len(self._problems(lines))

    def _problems(self, lines: list[str]) -> list[Problem]:
        text = "\n".join(lines)
        sheet = Sheet("", text, self._words, is_passage=True)
        root, findings = nodes.parse(text)
        if root is not None:
            self._fill(sheet, root, findings)
        return sheet.problems

    def _tried(self, search: Search, mended: Mended, problems: list[Problem], again: Set[int]) -> list[Problem]:
        """Keep a mended line only if the file, read with it, has this problem no longer and no new one.

        `again` are the lines which, mended, have some problem still.
        """
        tried = []
        for problem in problems:
            fix, number = problem.fix, problem.line
            if fix is not None and number in mended.touched:
                fix = fix if fix == mended.lines[number - 1] and number not in again else None
            elif fix is not None:
                fix = fix if search.helps(mended.lines, number, fix) else None
            tried.append(replace(problem, fix=fix))
        return tried


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.level is Level.WARNING, problem.line, problem.column)))


def kept(values: Iterable[U | None]) -> tuple[U, ...]:
    """Give what could be built; what could not has left its problem on the sheet."""
    return tuple(value for value in values if value is not None)
